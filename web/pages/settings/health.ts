import * as v from 'valibot';

/** Whether the parts of the server work, as text keys. */
export interface Health {
  readonly broker: 'up' | 'down' | 'unknown';
  readonly store: 'up' | 'down' | 'unknown';
}

const part = v.union([v.boolean(), v.string()]);
const healthSchema = v.object({ broker: part, store: part });
const word = (state: boolean | string): Health['broker'] =>
  state === true || state === 'up' || state === 'ok' ? 'up' : 'down';

/** Asks the server. It answers 503 with the same body when a part is down, so the status does not count. */
export async function readHealth(ask: (path: string) => Promise<Response>): Promise<Health> {
  try {
    const response = await ask('/api/health');
    const parsed = v.safeParse(healthSchema, await response.json());
    if (parsed.success) return { broker: word(parsed.output.broker), store: word(parsed.output.store) };
  } catch {
    // No answer at all.
  }
  return { broker: 'unknown', store: 'unknown' };
}
