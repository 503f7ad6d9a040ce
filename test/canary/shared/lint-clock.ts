// canary: no-restricted-properties as shared/result.ts
export const nowMs = Date.now();
