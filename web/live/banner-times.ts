/** DESIGN 10: the banner comes when the link has been lost for this long and leaves this long after it is back. */
export const bannerAfterMs = 3_000;
export const bannerStaysMs = 1_000;
