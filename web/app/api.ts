import { problems, type ProblemCode } from '../../shared/api/problem.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { unreachable, type Failure, type FailureCode } from './failure.ts';

export type Query = Readonly<Record<string, string | number | readonly string[] | undefined>>;

/** The HTTP interface, typed by the caller from `shared/api/contract.ts`. Never throws: failures are values. */
export interface Api {
  get<T>(path: string, query?: Query): Promise<Result<T, Failure>>;
  post<T>(path: string, body?: unknown): Promise<Result<T, Failure>>;
  put<T>(path: string, body?: unknown): Promise<Result<T, Failure>>;
  patch<T>(path: string, body?: unknown): Promise<Result<T, Failure>>;
  delete<T>(path: string): Promise<Result<T, Failure>>;
}

/** A reply that does not come within this time counts as unreachable. */
const requestTimeoutMs = 10_000;

const isProblemCode = (code: string): code is ProblemCode => code in problems;

/** What tells a page that was in that it is in no more. */
export const endsLogin = (code: FailureCode): boolean =>
  code === 'login-required' || code === 'account-ended' || code === 'not-at-home';

/** What of `params` a text can carry. */
const readParams = (value: unknown): Readonly<Record<string, string | number>> | undefined => {
  if (typeof value !== 'object' || value === null) return undefined;
  const entries = Object.entries(value).filter(([, one]) => typeof one === 'string' || typeof one === 'number');
  return Object.fromEntries(entries);
};

/** Reads the body of a failed reply; anything else than our problem is told as `internal`. */
export function readProblem(body: unknown, status: number): Failure {
  const { code, message, path, params }: Readonly<Record<string, unknown>> =
    typeof body === 'object' && body !== null ? { ...body } : {};
  if (typeof code !== 'string' || !isProblemCode(code) || typeof message !== 'string') {
    return { code: status === 503 ? 'broker-down' : 'internal', message: `The server answered ${status}.` };
  }
  const read = readParams(params);
  return { code, message, ...(typeof path === 'string' ? { path } : {}), ...(read ? { params: read } : {}) };
}

/** `/api/values?topic=a&topic=b` */
export function withQuery(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value]) search.append(name, String(one));
  }
  const text = search.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** Turns a reply into a value; shared with the first snapshot, which index.html asks for before any module runs. */
export async function readReply<T>(reply: Promise<Response>): Promise<Result<T, Failure>> {
  try {
    const response = await reply;
    const text = await response.text();
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    // The page trusts the shapes of its own server.
    return response.ok ? ok(body as T) : fail(readProblem(body, response.status));
  } catch {
    return fail(unreachable);
  }
}

export interface ApiOptions {
  readonly fetch: typeof fetch;
  /** Called whenever a request finds that the login ended. */
  readonly onLoginEnded: () => void;
}

export function createApi({ fetch, onLoginEnded }: ApiOptions): Api {
  const call = async <T>(method: string, path: string, body?: unknown): Promise<Result<T, Failure>> => {
    const result = await readReply<T>(
      fetch(path, {
        method,
        credentials: 'same-origin',
        signal: AbortSignal.timeout(requestTimeoutMs),
        ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      }),
    );
    if (!result.ok && endsLogin(result.error.code)) onLoginEnded();
    return result;
  };
  return {
    get: (path, query) => call('GET', withQuery(path, query)),
    post: (path, body) => call('POST', path, body),
    put: (path, body) => call('PUT', path, body),
    patch: (path, body) => call('PATCH', path, body),
    delete: (path) => call('DELETE', path),
  };
}
