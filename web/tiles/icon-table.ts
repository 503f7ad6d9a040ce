import type { IconTable } from '../../shared/tile/kind-icons.ts';
import { planOf } from './plans.ts';
import { tileKinds } from './registry.ts';

/** For the server, which sends these icons with the house. */
export const iconTable = (): IconTable => Object.fromEntries(tileKinds.map(({ kind }) => [kind, planOf(kind).icons]));
