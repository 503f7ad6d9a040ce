import { commands } from './commands.ts';
import type { Option } from './option.ts';
import { limitHelp } from './limit-words.ts';
import { namedDefaults } from './options-limits.ts';
import { options } from './options.ts';
import { tell, type TerminalLanguage } from './words.ts';

const columnWidth = 30;

const row = (left: string, right: string): string =>
  left.length < columnWidth - 2
    ? `  ${left.padEnd(columnWidth)}${right}`
    : `  ${left}\n  ${''.padEnd(columnWidth)}${right}`;

function describe(option: Option, language: TerminalLanguage): string {
  const facts = [
    option.shownDefault && `${tell(language, 'default')}: ${option.shownDefault}`,
    option.isRepeatable && tell(language, 'repeatable'),
  ].filter((fact) => fact !== undefined && fact !== false);
  const help = option.help[language] + (facts.length > 0 ? ` (${facts.join(', ')})` : '');
  const left = [option.flag || option.variable, option.placeholder].filter(Boolean).join(option.flag ? ' ' : '=');
  const variable = option.flag ? `\n  ${''.padEnd(columnWidth)}${option.variable}` : '';
  return row(left, help) + variable;
}

/** The whole of `--help`, made from the list of options and the list of commands. */
export function helpText(language: TerminalLanguage): string {
  return [
    `${tell(language, 'usage')}: npm start -- [OPTION …] [COMMAND …]`,
    '           node dist/server/main.js [OPTION …] [COMMAND …]',
    '',
    `${tell(language, 'options')}:`,
    ...options.map((option) => describe(option, language)),
    '',
    `${tell(language, 'limits')}:`,
    ...namedDefaults.map(([name, value]) => row(`${name}=${value}`, limitHelp[language][name] ?? '')),
    '',
    `${tell(language, 'commands')}:`,
    ...commands.map(({ usage, help }) => row(usage, help[language])),
    '',
  ].join('\n');
}
