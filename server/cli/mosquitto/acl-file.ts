import { accesses, type Access, type TopicRule } from '../../../shared/api/people.ts';
import { isTopicFilter } from '../../../shared/mqtt/topic.ts';
import { firstWord, linesOf, type LeftOut, type Line, type Mistake } from './lines.ts';

export interface AclFile {
  readonly users: ReadonlyMap<string, readonly TopicRule[]>;
  /** For every user, with `%u` and `%c`. */
  readonly patterns: readonly TopicRule[];
  readonly leftOut: readonly LeftOut[];
  readonly mistakes: readonly Mistake[];
}

const isAccess = (word: string): word is Access => accesses.some((one) => one === word);

/** `[read|write|readwrite|deny] FILTER`; behind an access the filter may hold blanks, alone it may not. */
function readRule(rest: string): TopicRule | 'bad-access' | 'bad-filter' {
  const { word, rest: after } = firstWord(rest);
  if (after !== '' && !isAccess(word)) return 'bad-access';
  const rule: TopicRule =
    after !== '' && isAccess(word) ? { access: word, filter: after } : { access: 'readwrite', filter: word };
  return isTopicFilter(rule.filter) ? rule : 'bad-filter';
}

/** Reads an ACL file. Rules before the first `user` are for strangers, whom Kachel never lets in. */
export function readAclFile(file: string, content: string): AclFile {
  const users = new Map<string, TopicRule[]>();
  const patterns: TopicRule[] = [];
  const leftOut: LeftOut[] = [];
  const mistakes: Mistake[] = [];
  let username: string | undefined;

  const takeRule = ({ line, text }: Line, word: string, rest: string): void => {
    const rule = readRule(rest);
    if (typeof rule === 'string') mistakes.push({ file, line, code: rule, text });
    else if (word === 'pattern') patterns.push(rule);
    // Only patterns know these places in Mosquitto; in Kachel all rules do.
    else if (/%[uc]/.test(rule.filter)) leftOut.push({ file, line, code: 'literal-percent', text });
    else if (username === undefined) leftOut.push({ file, line, code: 'anonymous-rules', text });
    else users.set(username, [...(users.get(username) ?? []), rule]);
  };
  for (const one of linesOf(file, content)) {
    const { word, rest } = firstWord(one.text);
    if (word === 'user' && rest === '') mistakes.push({ file, line: one.line, code: 'no-name', text: one.text });
    else if (word === 'user') {
      username = rest;
      users.set(username, users.get(username) ?? []);
    } else if (word === 'topic' || word === 'pattern') takeRule(one, word, rest);
    else mistakes.push({ file, line: one.line, code: 'unknown-line', text: one.text });
  }
  return { users, patterns, leftOut, mistakes };
}

/** The other way round: rules of users, then patterns for everybody. */
export function writeAclFile(
  users: readonly { readonly username: string; readonly rules: readonly TopicRule[] }[],
  patterns: readonly TopicRule[],
): string {
  const ruleLines = (word: 'topic' | 'pattern', rules: readonly TopicRule[]): string =>
    rules.map(({ access, filter }) => `${word} ${access} ${filter}\n`).join('');
  const parts = users.map(({ username, rules }) => `user ${username}\n${ruleLines('topic', rules)}`);
  return [...(patterns.length === 0 ? [] : [ruleLines('pattern', patterns)]), ...parts].join('\n');
}
