// canary: TS2322
export const portNumber: number = 'eighty';
