import { mdiAlertOctagon, mdiLightbulbOn, mdiWindowOpenVariant } from '@mdi/js';
import type { Domain } from '../../shared/house/house.ts';
import type { Translate } from '../text/define.ts';
import type { SummaryChip } from './summary.ts';

/** Words that both Home and a room have for their chips. */
type ChipKey = 'openOne' | 'openMany' | 'alertMany';

/** How a chip looks. */
export const chipStyles = {
  lights: { icon: mdiLightbulbOn, domain: 'honey' },
  openings: { icon: mdiWindowOpenVariant, domain: 'mangan' },
  alerts: { icon: mdiAlertOctagon, domain: 'alarm' },
} as const satisfies Record<SummaryChip['topic'], { readonly icon: string; readonly domain: Domain | 'alarm' }>;

/** What a chip says: a single thing by its name, several by their number. */
export function chipText(chip: SummaryChip, t: Translate<ChipKey>, lights: (n: number) => string): string {
  const n = chip.tiles.length;
  const [only] = chip.tiles;
  if (chip.topic === 'lights') return lights(n);
  if (n === 1 && only) return chip.topic === 'openings' ? t('openOne', { name: only.title }) : only.title;
  return t(chip.topic === 'openings' ? 'openMany' : 'alertMany', { n });
}
