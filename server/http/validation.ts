import type { FastifyTypeProvider } from 'fastify';
import * as v from 'valibot';

/** Routes say `schema: { body: someValibotSchema }` and get its output type. */
export interface ValibotTypes extends FastifyTypeProvider {
  readonly validator: this['schema'] extends v.GenericSchema ? v.InferOutput<this['schema']> : unknown;
}

const describe = (issue: v.BaseIssue<unknown>): string => `${v.getDotPath(issue) ?? 'The request'}: ${issue.message}`;

/** Fastify's validator compiler for valibot schemas. */
export function compileValidator({ schema }: { schema: unknown }) {
  return (data: unknown): { value: unknown } | { error: Error } => {
    const result = v.safeParse(schema as v.GenericSchema, data); // every schema of ours is a valibot one
    return result.success ? { value: result.output } : { error: new Error(describe(result.issues[0])) };
  };
}
