import type { FastifyInstance } from 'fastify';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Deed } from '../../shared/api/logbook.ts';
import { topicRuleSchema } from '../../shared/api/people.ts';
import type { Problem } from '../../shared/api/problem.ts';
import type { Result } from '../../shared/result.ts';
import { keysFolder } from '../config.ts';
import { bringIn } from '../devices/bring-in.ts';
import { packKeys } from '../store/backup-keys.ts';
import { answerAll, answerOne } from './answers.ts';
import { refuse, type ControlReply, type Operations } from './protocol.ts';

const named = v.object({ name: v.string(), password: v.optional(v.string()) });
const imported = v.object({ house: v.unknown() });
const newDevice = v.object({ ...named.entries, rules: v.optional(v.array(topicRuleSchema)) });
const luggage = v.object({
  accounts: v.array(v.object({ username: v.string(), hash: v.string(), rules: v.array(topicRuleSchema) })),
  sharedRules: v.array(topicRuleSchema),
  groupName: v.string(),
});
const asked = v.object({ action: v.picklist(['send', 'read']), topic: v.string() });
const askedOne = v.object({ ...asked.entries, who: v.string() });
const nothing = v.unknown();
const backedUp = v.object({ withKeys: v.optional(v.boolean(), false) });

const badInput = refuse('other-version', 'This server does not understand that; it may be another version.');

function replyOf<T>(result: Result<T, Problem>, show: (value: T) => unknown = (value) => value): ControlReply {
  if (result.ok) return { ok: true, value: show(result.value) };
  const { code, message, path, params } = result.error;
  return { ok: false, error: { code, message, ...(path !== undefined && { path }), ...(params && { params }) } };
}

/** Reads the input by a schema, then does it. */
const operation =
  <T>(schema: v.GenericSchema<unknown, T>, act: (input: T) => Promise<ControlReply>) =>
  async (input: unknown): Promise<ControlReply> => {
    const read = v.safeParse(schema, input);
    return read.success ? act(read.output) : badInput;
  };

/** What sub-commands can do to a house, on the running server or alone. */
export function operationsOf(app: FastifyInstance, dataDir: string): Operations {
  /** The answer; what worked stands in the log as well. */
  const noted = <T>(result: Result<T, Problem>, deed: Deed, show?: (value: T) => unknown): ControlReply => {
    if (result.ok) app.deeds.note(deed, 'terminal');
    return replyOf(result, show);
  };
  return {
    'house-export': operation(nothing, async () => ({ ok: true, value: app.house.current().house })),
    'house-import': operation(imported, async ({ house }) =>
      noted(app.house.save({ document: house }), { what: 'house-imported' }, (saved) => ({
        revision: saved.revision,
        rooms: saved.house.rooms.length,
        tiles: saved.house.tiles.length,
      })),
    ),
    'user-add': operation(named, async ({ name, password }) =>
      noted(await app.auth.addUser(name, password), { what: 'person-added', name }),
    ),
    'user-reset': operation(named, async ({ name, password }) =>
      noted(await app.auth.resetUser(name, password), { what: 'password-reset', name }),
    ),
    'device-add': operation(newDevice, async ({ name, ...options }) =>
      noted(await app.devices.add(name, options), { what: 'device-added', name }),
    ),
    'accounts-import': operation(luggage, async (input) =>
      noted(bringIn({ ...app, newId: randomUUID, nowMs: () => app.auth.nowMs() }, input), {
        what: 'logins-imported',
        count: input.accounts.length,
      }),
    ),
    'accounts-export': operation(nothing, async () => {
      const groups = app.rightsStore.groups();
      const rulesOf = (id: string) =>
        groups.filter(({ devices }) => devices.includes(id)).flatMap(({ rules }) => rules);
      const accounts = app.auth.devices.all().map(({ id, username, secret, rules, isBlocked }) => ({
        username,
        hash: secret,
        rules,
        sharedRules: rulesOf(id),
        isBlocked,
      }));
      return { ok: true, value: { accounts } };
    }),
    may: operation(askedOne, async ({ who, ...question }) => replyOf(answerOne(app, who, question))),
    who: operation(asked, async (question) => replyOf(answerAll(app, question))),
    backup: operation(backedUp, async ({ withKeys }) => {
      const path = join(dataDir, `backup-${process.pid}-${Date.now()}.db`);
      await app.backups.make(path);
      if (withKeys) packKeys(join(dataDir, keysFolder), path);
      return { ok: true, value: { path } };
    }),
  };
}
