/** A page that is shown and still draws no frame (an embedded one out of sight): then nobody waits for one any longer. */
const noFrameMs = 3_000;

let drawn: Promise<void> | undefined;

/**
 * Resolves once the browser has drawn the first picture; at once for everybody who asks later. What the picture does not need is
 * asked for only then: even starting a request costs a slow phone a tenth of the time in which it could draw. A page in the
 * background draws no frames and waits for none.
 */
export const afterPicture = (): Promise<void> =>
  (drawn ??= new Promise((resolve) => {
    if (document.hidden) return resolve();
    document.addEventListener('visibilitychange', () => resolve(), { once: true });
    setTimeout(resolve, noFrameMs);
    // The frame's own drawing comes after this callback.
    requestAnimationFrame(() => setTimeout(resolve));
  }));
