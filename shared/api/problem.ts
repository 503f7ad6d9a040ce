/** Every expected failure of the HTTP interface, with its status. The page has one text per code, in every language. */
export const problems = {
  'login-required': 401,
  'setup-required': 401,
  'wrong-login': 401,
  'wrong-setup-code': 403,
  'setup-done': 409,
  'wrong-password': 403,
  'too-many-tries': 429,
  'foreign-origin': 403,
  'foreign-host': 421,
  'https-only': 403,
  'not-allowed': 403,
  'only-looking': 403,
  'last-owner': 409,
  'no-pin': 409,
  'wrong-pin': 403,
  'pin-locked': 429,
  'wrong-invite': 403,
  'account-ended': 403,
  'not-at-home': 403,
  'not-found': 404,
  'bad-request': 400,
  'weak-password': 422,
  'bad-name': 422,
  'name-taken': 409,
  'invalid-house': 422,
  'stale-revision': 409,
  'too-large': 413,
  'limit-reached': 409,
  'store-failed': 507,
  'broker-down': 503,
  internal: 500,
} as const satisfies Record<string, number>;

export type ProblemCode = keyof typeof problems;

/** Body of every failed reply. `path` points into the sent document; `params` fill the text. */
export interface Problem {
  readonly code: ProblemCode;
  /** One plain English sentence for people who read JSON. */
  readonly message: string;
  readonly path?: string;
  readonly params?: Readonly<Record<string, string | number>>;
}
