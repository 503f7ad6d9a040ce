import type { TopicRule } from '../../../shared/api/people.ts';
import { readAclFile, type AclFile } from './acl-file.ts';
import { readConf, type Files, type Listener } from './conf.ts';
import type { LeftOut, Mistake, Place } from './lines.ts';
import { readPasswordFile } from './password-file.ts';

/** A login as it moves over: its password stays. */
export interface MovedAccount {
  readonly username: string;
  readonly hash: string;
  readonly rules: readonly TopicRule[];
}

/** Everything a Mosquitto home brings along. With a mistake nothing is to be changed. */
export interface Move {
  readonly accounts: readonly MovedAccount[];
  /** Rules for every account, with `%u` and `%c`. */
  readonly patterns: readonly TopicRule[];
  readonly listeners: readonly Listener[];
  readonly leftOut: readonly LeftOut[];
  readonly mistakes: readonly Mistake[];
}

/** Without an ACL file every user of Mosquitto may do everything. */
const everything: readonly TopicRule[] = [{ access: 'readwrite', filter: '#' }];

/** Reads one of the named files each; a file that cannot be read is a mistake at the place that names it. */
function readEach<T>(
  named: readonly (Place & { readonly path: string })[],
  files: Files,
  read: (path: string, content: string) => T & { readonly mistakes: readonly Mistake[] },
): { readonly read: readonly T[]; readonly mistakes: readonly Mistake[] } {
  const all = named.map(({ path, file, line }) => {
    const content = files.read(path);
    return content === undefined
      ? { mistakes: [{ file, line, code: 'file-missing', text: path } as const] }
      : { value: read(path, content) };
  });
  return {
    read: all.flatMap(({ value }) => (value ? [value] : [])),
    mistakes: all.flatMap(({ value, mistakes }) => value?.mistakes ?? mistakes ?? []),
  };
}

const rulesOf = (acls: readonly AclFile[], username: string): readonly TopicRule[] =>
  acls.length === 0 ? everything : acls.flatMap(({ users }) => users.get(username) ?? []);

/** Works out what moves over from a mosquitto.conf and the files it names. Changes nothing. */
export function planMove(file: string, files: Files): Move {
  const conf = readConf(file, files);
  const passwords = readEach(conf.passwordFiles, files, (path, content) => ({
    ...readPasswordFile(path, content),
    path,
  }));
  const acls = readEach(conf.aclFiles, files, readAclFile);
  const entries = passwords.read.flatMap(({ entries: some, path }) => some.map((one) => ({ ...one, file: path })));
  const twice = entries.filter(({ username }, index) => entries.findIndex((one) => one.username === username) < index);
  const known = new Set(entries.map(({ username }) => username));
  const strangers = acls.read.flatMap(({ users }) => [...users.keys()]).filter((name) => !known.has(name));
  const place = { file, line: conf.aclFiles[0]?.line ?? 0 };
  return {
    accounts: entries.map(({ username, hash }) => ({ username, hash, rules: rulesOf(acls.read, username) })),
    patterns: acls.read.flatMap(({ patterns }) => patterns),
    listeners: conf.listeners,
    leftOut: [
      ...conf.leftOut,
      ...acls.read.flatMap(({ leftOut }) => leftOut),
      ...strangers.map((text) => ({ ...place, code: 'user-without-password' as const, text })),
    ],
    mistakes: [
      ...conf.mistakes,
      ...passwords.mistakes,
      ...acls.mistakes,
      ...twice.map(({ file: path, line, username }) => ({
        file: path,
        line,
        code: 'name-twice' as const,
        text: username,
      })),
    ],
  };
}
