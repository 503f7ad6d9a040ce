/** A page in the background draws no frames; then nobody waits for one. */
const hiddenFrameMs = 250;

let drawn: Promise<void> | undefined;

/**
 * Resolves once the browser has drawn the first picture; at once for everybody who asks later. What the picture does not need is
 * asked for only then: even starting a request costs a slow phone a tenth of the time in which it could draw.
 */
export const afterPicture = (): Promise<void> =>
  (drawn ??= new Promise((resolve) => {
    setTimeout(resolve, hiddenFrameMs);
    // The frame's own drawing comes after this callback.
    requestAnimationFrame(() => setTimeout(resolve));
  }));
