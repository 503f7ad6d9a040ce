import type { Deed, LogEntry } from '../../shared/api/logbook.ts';

const columns = [
  'time',
  'kind',
  'who',
  'from',
  'address',
  'room',
  'tile',
  'value',
  'unit',
  'topic',
  'payload',
  'outcome',
  'answered_after_ms',
  'count',
  'change',
  'about',
  'parts',
] as const;

/** A spreadsheet takes a cell that begins like this for a formula, and payloads come from strangers. */
const formulaStart = /^[=+\-@\t\r]/;
const isPlainNumber = /^-?\d+(\.\d+)?$/;

function cell(value: unknown): string {
  if (value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const safe = formulaStart.test(text) && !isPlainNumber.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** What was done, to whom and with what, and what of it: `device-changed`, `Lena: Kitchen`, `name rules`. */
const deedCells = (deed: Deed | undefined): readonly unknown[] => {
  if (!deed) return ['', '', ''];
  const { what, name, target, parts, role, level } = deed;
  return [what, [name, target].filter((text) => text !== undefined).join(': '), parts?.join(' ') ?? role ?? level];
};

const row = (entry: LogEntry): string =>
  [
    new Date(entry.atMs).toISOString(),
    entry.kind,
    entry.actor?.name,
    entry.actor?.via,
    entry.actor?.address,
    entry.tile?.room ?? entry.arranged?.rooms.join(', '),
    entry.tile?.title,
    entry.value,
    entry.unit,
    entry.topic,
    entry.payload,
    entry.outcome,
    entry.answeredAfterMs,
    entry.count ?? entry.deed?.count,
    ...deedCells(entry.deed),
  ]
    .map(cell)
    .join(',');

/** The log as RFC 4180 text, times in UTC. The byte order mark tells spreadsheets that it is UTF-8. */
export const toCsv = (entries: readonly LogEntry[]): string =>
  `\ufeff${[columns.join(','), ...entries.map(row)].join('\r\n')}\r\n`;
