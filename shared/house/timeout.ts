/** Default of `Tile.timeoutMs`. Apart from the schemas, which the page's first load does without. */
export const defaultTimeoutMs = 5_000;
