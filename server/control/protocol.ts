import * as v from 'valibot';

/** One line of JSON each way, then the connection ends. */

export const operationNames = [
  'house-export',
  'house-import',
  'user-add',
  'user-reset',
  'device-add',
  'accounts-import',
  'accounts-export',
  'may',
  'who',
  'backup',
] as const;
export type OperationName = (typeof operationNames)[number];

export const requestSchema = v.object({ operation: v.picklist(operationNames), input: v.unknown() });
export type ControlRequest = v.InferOutput<typeof requestSchema>;

export const replySchema = v.variant('ok', [
  v.object({ ok: v.literal(true), value: v.unknown() }),
  v.object({
    ok: v.literal(false),
    error: v.object({
      /** A problem's code or `ControlProblem`: the terminal has a sentence for it in its language. */
      code: v.string(),
      /** One plain English sentence, for a code that the terminal does not know. */
      message: v.string(),
      /** Place in an imported document. */
      path: v.optional(v.string()),
      params: v.optional(v.record(v.string(), v.union([v.string(), v.number()]))),
    }),
  }),
]);
export type ControlReply = v.InferOutput<typeof replySchema>;
export type Refusal = Extract<ControlReply, { ok: false }>['error'];

/** Failures of the conversation itself. */
export type ControlProblem = 'other-version' | 'too-large' | 'no-reply' | 'server-failed';
export const refuse = (code: ControlProblem, message: string): ControlReply => ({
  ok: false,
  error: { code, message },
});

/** A whole house with 2,000 tiles is about 2 MB. */
export const maxRequestBytes = 16_777_216;

/** What the server can be told, by name. Never throws for expected failures. */
export type Operations = Readonly<Record<OperationName, (input: unknown) => Promise<ControlReply>>>;
