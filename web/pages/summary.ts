import type { Tile } from '../../shared/house/house.ts';
import type { TileSummary } from '../tiles/define.ts';

/** One tile with what it adds to the summary of its room. */
export interface SummaryEntry {
  readonly tile: Tile;
  readonly summary: TileSummary | undefined;
}

/** What a room (or the whole house) says about itself in one line. */
export interface Summary {
  /** The first reading of each quantity, in this order. */
  readonly temperature?: string;
  readonly humidity?: string;
  readonly lights: readonly Tile[];
  readonly lightsOn: readonly Tile[];
  readonly openings: readonly Tile[];
  readonly alerts: readonly Tile[];
  readonly batteries: readonly Tile[];
}

/** Counts what the tiles of a room report. */
export function summarize(entries: readonly SummaryEntry[]): Summary {
  const counted = (counts: TileSummary['counts']): Tile[] =>
    entries.filter(({ summary }) => summary?.counts === counts && summary?.isCounted === true).map(({ tile }) => tile);
  const temperature = firstReading(entries, 'temperature');
  const humidity = firstReading(entries, 'humidity');
  return {
    ...(temperature === undefined ? {} : { temperature }),
    ...(humidity === undefined ? {} : { humidity }),
    lights: entries.filter(({ summary }) => summary?.counts === 'light').map(({ tile }) => tile),
    lightsOn: counted('light'),
    openings: counted('opening'),
    alerts: counted('alert'),
    batteries: counted('battery'),
  };
}

function firstReading(entries: readonly SummaryEntry[], quantity: 'temperature' | 'humidity'): string | undefined {
  return entries.find(({ summary }) => summary?.reading?.quantity === quantity)?.summary?.reading?.text;
}

/** A chip of the summary line: what it is about and which tiles it opens. */
export interface SummaryChip {
  readonly topic: 'lights' | 'openings' | 'alerts';
  readonly tiles: readonly Tile[];
}

/** Chips in their fixed order: lights, openings, alerts. Nothing to say, no chip. */
export function chipsOf(summary: Summary): SummaryChip[] {
  const all: SummaryChip[] = [
    { topic: 'lights', tiles: summary.lightsOn },
    { topic: 'openings', tiles: summary.openings },
    { topic: 'alerts', tiles: [...summary.alerts, ...summary.batteries] },
  ];
  return all.filter((chip) => chip.tiles.length > 0);
}

/** A temperature without its letter, for the small room cards: `21.5 °C` → `21.5°`. */
export const shortReading = (text: string): string => text.replace(/[\s\u00a0\u202f]*°C$/u, '°');
