/** OpenSSL's own word for what went wrong (`unsupported protocol`), without where in its source. */
export const reasonOf = (error: Error): string =>
  'reason' in error && typeof error.reason === 'string' ? error.reason : error.message;
