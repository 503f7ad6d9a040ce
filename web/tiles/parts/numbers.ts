import type { Tile } from '../../../shared/house/house.ts';
import type { Language } from '../../text/define.ts';
import { formatNumber, formatQuantity, speakQuantity, type NumberFormat } from '../../text/format.ts';
import { numberBinding } from './read.ts';

/** How the numbers of one role are written. */
export const formatOf = (tile: Tile, role: string, language: Language): NumberFormat => {
  const binding = numberBinding(tile, role);
  return { language, unit: binding?.unit, decimals: binding?.decimals };
};

/** The big number and its unit, apart. */
export function bigNumber(value: number, format: NumberFormat): { readonly text: string; readonly unit?: string } {
  const text = formatNumber(value, format);
  if (format.unit === undefined || format.unit === '') return { text };
  return format.unit === '°' ? { text: `${text}°` } : { text, unit: format.unit };
}

const percentFormat = (language: Language): NumberFormat => ({ language, unit: '%' });

export const percentText = (value: number, language: Language): string =>
  formatQuantity(value, percentFormat(language));
export const percentSpoken = (value: number, language: Language): string =>
  speakQuantity(value, percentFormat(language));
