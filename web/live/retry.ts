/** Every second for the first two minutes while somebody looks, then every five. */
const eagerForMs = 120_000;
const eagerMs = 1_000;
const patientMs = 5_000;

/** How long to wait before the next attempt. */
export const retryDelayMs = (lostForMs: number, isVisible: boolean): number =>
  isVisible && lostForMs < eagerForMs ? eagerMs : patientMs;
