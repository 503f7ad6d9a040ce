import { readFileSync, writeFileSync } from 'node:fs';

const file = 'README.md';
const [begin, end] = ['<!-- bench:broker -->', '<!-- /bench:broker -->'];
/** Goals and verdicts stay in the terminal. */
const shownColumns = 4;

/** Puts what was measured into the README, between its two marks. */
export function renewReadme(heading: string, rows: readonly (readonly string[])[]): void {
  const text = readFileSync(file, 'utf8');
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${file} has no place for the table: ${begin} … ${end}`);
  const table = rows.map((cells) => `| ${cells.slice(0, shownColumns).join(' | ')} |`);
  writeFileSync(file, text.slice(0, from) + [begin, heading, '', ...table, '', ''].join('\n') + text.slice(to));
}
