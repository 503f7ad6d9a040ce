import * as v from 'valibot';

/** One line of JSON each way, then the connection ends. */

export const operationNames = [
  'house-export',
  'house-import',
  'user-add',
  'user-reset',
  'device-add',
  'backup',
] as const;
export type OperationName = (typeof operationNames)[number];

export const requestSchema = v.object({ operation: v.picklist(operationNames), input: v.unknown() });
export type ControlRequest = v.InferOutput<typeof requestSchema>;

export const replySchema = v.variant('ok', [
  v.object({ ok: v.literal(true), value: v.unknown() }),
  /** One plain sentence; for an imported document it names the place. */
  v.object({ ok: v.literal(false), error: v.object({ message: v.string() }) }),
]);
export type ControlReply = v.InferOutput<typeof replySchema>;

/** A whole house with 2,000 tiles is about 2 MB. */
export const maxRequestBytes = 16_777_216;

/** What the server can be told, by name. Never throws for expected failures. */
export type Operations = Readonly<Record<OperationName, (input: unknown) => Promise<ControlReply>>>;
