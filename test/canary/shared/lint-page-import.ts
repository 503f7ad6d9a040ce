// canary: no-restricted-imports as shared/result.ts
import { words } from '../web/text/tile.ts';
export const all = words;
