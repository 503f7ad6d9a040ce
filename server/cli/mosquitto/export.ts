import * as v from 'valibot';
import { topicRuleSchema, type TopicRule } from '../../../shared/api/people.ts';
import { isMosquittoHash } from '../../auth/old-hash.ts';
import { writeAclFile } from './acl-file.ts';
import { writePasswordFile } from './password-file.ts';

/** An account as the server hands it out. */
export const exportedAccountSchema = v.object({
  username: v.string(),
  hash: v.string(),
  rules: v.array(topicRuleSchema),
  /** Of its groups. */
  sharedRules: v.array(topicRuleSchema),
  isBlocked: v.boolean(),
});
export type ExportedAccount = v.InferOutput<typeof exportedAccountSchema>;

export interface MosquittoFiles {
  readonly passwordFile: string;
  readonly aclFile: string;
  /** Accounts that Mosquitto cannot have, with the reason. */
  readonly leftOut: readonly { readonly username: string; readonly why: 'generated' | 'blocked' | 'name' }[];
}

/** A colon ends the name in a password file, and its lines cannot begin with the sign of a comment. */
const fits = (username: string): boolean => !/[:\n]|^#|^\s|\s$/.test(username);

const whyNot = ({ username, hash, isBlocked }: ExportedAccount): 'generated' | 'blocked' | 'name' | undefined => {
  if (isBlocked) return 'blocked';
  if (!fits(username)) return 'name';
  return isMosquittoHash(hash) ? undefined : 'generated';
};

/** `%u` is filled in; rules with `%c` become patterns, which Mosquitto knows for everybody only, so they are left out. */
const rulesFor = ({ username, rules, sharedRules }: ExportedAccount): readonly TopicRule[] =>
  [...rules, ...sharedRules]
    .filter(({ filter }) => !filter.split('/').includes('%c') && !/[/+#]/.test(filter.includes('%u') ? username : ''))
    .map(({ access, filter }) => ({
      access,
      filter: filter
        .split('/')
        .map((level) => (level === '%u' ? username : level))
        .join('/'),
    }));

/** What Mosquitto needs to let the same devices in with the same rights; from 2.1 on it reads argon2id hashes. */
export function mosquittoFiles(accounts: readonly ExportedAccount[]): MosquittoFiles {
  const fitting = accounts.filter((one) => whyNot(one) === undefined);
  return {
    passwordFile: writePasswordFile(fitting),
    aclFile: writeAclFile(
      fitting.map((one) => ({ username: one.username, rules: rulesFor(one) })),
      [],
    ),
    leftOut: accounts.flatMap((one) => {
      const why = whyNot(one);
      return why === undefined ? [] : [{ username: one.username, why }];
    }),
  };
}
