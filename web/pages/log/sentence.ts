import type { Deed, LogEntry } from '../../../shared/api/logbook.ts';
import type { Language, Translate } from '../../text/define.ts';
import { formatNumber, formatQuantity } from '../../text/format.ts';
import type { LogKey } from '../../text/log.ts';
import type { DeedKey } from '../../text/deed.ts';
import type { TileKey } from '../../text/tile.ts';
import { colourName } from '../../tiles/parts/lamp.ts';
import { lowerFirst } from '../../tiles/parts/read.ts';
import { deedFacts, deedKey } from './deed.ts';

/** A piece of a sentence; names stand out. */
export interface Part {
  readonly text: string;
  readonly isName: boolean;
}

export interface Wording {
  readonly t: Translate<LogKey>;
  /** Names of colours. */
  readonly tileText: Translate<TileKey>;
  readonly deedText: Translate<DeedKey>;
  readonly language: Language;
}

/** No text of the catalogue holds these. */
const [open, close] = ['\u0002', '\u0003'];
const named = (name: string): string => `${open}${name}${close}`;

/** Splits a filled text at its names. */
function partsOf(text: string): readonly Part[] {
  return text
    .split(new RegExp(`(${open}[^${close}]*${close})`))
    .filter((part) => part !== '')
    .map((part) => (part.startsWith(open) ? { text: part.slice(1, -1), isName: true } : { text: part, isName: false }));
}

/** What was asked for, in words; `undefined` when nobody knows. */
function valueText(
  { value, unit, decimals, payload }: LogEntry,
  { t, tileText, language }: Wording,
): string | undefined {
  if (typeof value === 'number') return formatQuantity(value, { language, unit, decimals });
  if (typeof value === 'object') return lowerFirst(tileText(colourName(value)), language);
  const text = typeof value === 'string' ? value : payload;
  return text === undefined || text === '' ? undefined : t('quoted', { text });
}

function commandKey({ value }: LogEntry, hasValue: boolean): LogKey {
  if (typeof value === 'boolean') return value ? 'turnedOn' : 'turnedOff';
  if (typeof value === 'number' || typeof value === 'object') return 'set';
  return hasValue ? 'sent' : 'operated';
}

const keyOf = (entry: LogEntry, hasValue: boolean): LogKey => {
  switch (entry.kind) {
    case 'command':
      return commandKey(entry, hasValue);
    case 'change':
      return entry.value === true ? 'changedOn' : 'changedOff';
    case 'access':
    case 'arranged':
      return entry.arranged?.rooms.length ? 'arranged' : 'arrangedHouse';
    case 'refused':
      if (entry.isWrongPin) return 'wrongPin';
      return entry.action === 'read' ? 'wantedToRead' : hasValue ? 'wantedToSend' : 'wantedToOperate';
  }
};

/** More rooms than these are counted instead of named. */
const maxNamedRooms = 2;

function roomsText({ arranged }: LogEntry, { t }: Wording): string | undefined {
  if (!arranged) return undefined;
  const { rooms } = arranged;
  return rooms.length > maxNamedRooms ? t('rooms', { n: rooms.length }) : rooms.join(', ');
}

const whoText = (actor: LogEntry['actor'], { t, deedText }: Wording): string =>
  named(actor?.kind === 'server' ? deedText('terminal') : (actor?.name ?? t('somebody')));

function deedSentence(deed: Deed, actor: LogEntry['actor'], wording: Wording): readonly Part[] {
  const { name = '', target = '' } = deed;
  const params = { who: whoText(actor, wording), what: named(name), target: named(target) };
  return partsOf(wording.deedText(deedKey(deed, actor), params));
}

/** One entry as a sentence: "**Anna** set **Ceiling light** to 62 %". */
export function sentenceOf(entry: LogEntry, wording: Wording): readonly Part[] {
  if (entry.deed) return deedSentence(entry.deed, entry.actor, wording);
  const value = valueText(entry, wording);
  const who = whoText(entry.actor, wording);
  const what = named(entry.tile?.title ?? roomsText(entry, wording) ?? entry.topic ?? '');
  return partsOf(wording.t(keyOf(entry, value !== undefined), { who, what, value: value ?? '' }));
}

/** Where it came from. */
function fromText({ actor, kind }: LogEntry, t: Translate<LogKey>): string {
  if (kind === 'change') return t('nobody');
  if (!actor?.via) return '';
  const text = t(actor.via === 'page' ? 'viaPage' : 'viaMqtt', { address: actor.address ?? '' });
  return actor.address === undefined ? text.replace(/,\s*$/, '') : text;
}

function outcomeText(entry: LogEntry, { t, language }: Wording): string {
  const { outcome, answeredAfterMs = 0, tile } = entry;
  if (outcome === 'confirmed') {
    return t('answeredAfter', { time: formatNumber(answeredAfterMs / 1_000, { language, decimals: 1 }) });
  }
  if (outcome === 'silent') return t('silent', { what: tile?.title ?? '' });
  if (outcome === 'waiting') return t('waiting');
  return outcome === 'no-feedback' ? t('noFeedback') : '';
}

export interface Footnote {
  readonly text: string;
  /** No answer is an alarm, a refusal is a matter of rights. */
  readonly tone: 'plain' | 'alarm' | 'refused';
}

/** What stands below the sentence. */
export function footnoteOf(entry: LogEntry, wording: Wording): Footnote {
  const { t } = wording;
  if (entry.isWrongPin) return { text: fromText(entry, t), tone: 'refused' };
  if (entry.kind === 'refused')
    return { text: t(entry.decidedBy === 'pin' ? 'refusedPin' : 'refusedWhy'), tone: 'refused' };
  const { count = 1 } = entry;
  const facts = [
    fromText(entry, t),
    outcomeText(entry, wording),
    count > 1 ? t('times', { n: count }) : '',
    ...(entry.deed ? deedFacts(entry.deed, wording.deedText) : []),
    entry.arranged && entry.arranged.tilesChanged > 0 ? t('tiles', { n: entry.arranged.tilesChanged }) : '',
  ];
  return {
    text: facts.filter((fact) => fact !== '').join(' · '),
    tone: entry.outcome === 'silent' ? 'alarm' : 'plain',
  };
}
