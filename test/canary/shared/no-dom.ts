// canary: TS2304
export const width = window.innerWidth;
