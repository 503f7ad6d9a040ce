// canary: TS2307
import { gone } from './gone.ts';
export const still = gone;
