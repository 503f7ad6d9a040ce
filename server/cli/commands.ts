import { rmSync, readFileSync } from 'node:fs';
import * as v from 'valibot';
import { allTopics } from '../../shared/acl/own-topics.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { TopicRule } from '../../shared/api/people.ts';
import type { OperationName } from '../control/protocol.ts';
import { may, who } from './answers.ts';
import { readJson, writeWhole } from './files.ts';
import { mosquittoCommands } from './mosquitto/commands.ts';
import { restoreBackup } from './restore.ts';
import type { Complaint, TerminalLanguage, TerminalParams, TerminalWord } from './words.ts';

/** What a command may use. */
export interface CommandContext {
  readonly dataDir: string;
  readonly password?: string;
  readonly withKeys: boolean;
  readonly allow?: readonly TopicRule[];
  /** Does it on the running server or, when none runs, on the data directory. A refusal is a sentence. */
  readonly perform: (operation: OperationName, input: unknown) => Promise<Result<unknown, Complaint>>;
  readonly print: (text: string) => void;
  readonly tell: (word: TerminalWord, params?: TerminalParams) => void;
  /** A sentence with a reason in it. */
  readonly say: (sentence: Complaint) => void;
}

/** How a command ended: well, with a sentence that says why not, or with an exit code of its own. */
export type CommandEnd = Complaint | { readonly exitCode: number } | undefined;

export interface Command {
  /** First words of the command line. */
  readonly name: string;
  readonly usage: string;
  readonly help: Readonly<Record<TerminalLanguage, string>>;
  /** Names of the arguments that must be there, then of those that may. */
  readonly needs: readonly string[];
  readonly takes?: readonly string[];
  readonly acceptsPassword?: boolean;
  readonly acceptsKeys?: boolean;
  readonly acceptsRules?: boolean;
  readonly run: (context: CommandContext, args: readonly string[]) => Promise<CommandEnd>;
}

const backupMode = 0o600;
const exportMode = 0o644;

const importedSchema = v.object({ revision: v.number(), rooms: v.number(), tiles: v.number() });
const personSchema = v.object({ name: v.string(), password: v.optional(v.string()) });
const deviceSchema = v.object({ name: v.string(), username: v.string(), password: v.string() });
const backupSchema = v.object({ path: v.string() });

async function exportHouse({ perform, print, tell }: CommandContext, [file = '-']: readonly string[]) {
  const reply = await perform('house-export', {});
  if (!reply.ok) return reply.error;
  const content = `${JSON.stringify(reply.value, null, 2)}\n`;
  if (file === '-') return void print(content.trimEnd());
  const written = writeWhole(file, content, exportMode);
  if (!written.ok) return written.error;
  return void tell('exported', { file });
}

async function importHouse({ perform, tell }: CommandContext, [file = '-']: readonly string[]) {
  const house = await readJson(file);
  if (!house.ok) return house.error;
  const reply = await perform('house-import', { house: house.value });
  if (!reply.ok) return reply.error;
  return void tell('imported', v.parse(importedSchema, reply.value));
}

const withPassword = (password: string | undefined) => (password === undefined ? {} : { password });

async function person(context: CommandContext, operation: 'user-add' | 'user-reset', name: string | undefined) {
  const reply = await context.perform(operation, { name, ...withPassword(context.password) });
  if (!reply.ok) return reply.error;
  const made = v.parse(personSchema, reply.value);
  context.tell(operation === 'user-add' ? 'personAdded' : 'passwordReset', { name: made.name });
  if (made.password === undefined || context.password !== undefined) return undefined;
  context.tell('newPassword', { password: made.password });
  return void context.tell('shownOnce');
}

async function addDevice({ perform, tell, password, allow }: CommandContext, [name]: readonly string[]) {
  const reply = await perform('device-add', { name, ...withPassword(password), rules: allow ?? allTopics });
  if (!reply.ok) return reply.error;
  const device = v.parse(deviceSchema, reply.value);
  tell('deviceAdded', { name: device.name, username: device.username });
  if (!allow) tell('deviceMayAll', { username: device.username });
  if (password !== undefined) return undefined;
  tell('newPassword', { password: device.password });
  return void tell('shownOnce');
}

/** The server writes beside its database, where it surely may; the user who asked copies it to where he wants it. */
async function backup({ perform, tell, withKeys }: CommandContext, [file = '']: readonly string[]) {
  const reply = await perform('backup', { withKeys });
  if (!reply.ok) return reply.error;
  const { path } = v.parse(backupSchema, reply.value);
  try {
    const content = readFileSync(path);
    const written = writeWhole(file, content, backupMode);
    if (!written.ok) return written.error;
    return void tell('backedUp', { file, size: content.length });
  } finally {
    rmSync(path, { force: true });
  }
}

async function restore({ dataDir, tell }: CommandContext, [file = '']: readonly string[]) {
  const restored = restoreBackup(file, dataDir);
  if (!restored.ok) return restored.error;
  return void tell('restored', { file, former: restored.value.former });
}

/** THE LIST of sub-commands. */
export const commands: readonly Command[] = [
  {
    name: 'house export',
    usage: 'house export [FILE]',
    help: { en: 'write the whole arrangement as JSON', de: 'die ganze Einrichtung als JSON schreiben' },
    needs: [],
    takes: ['FILE'],
    run: exportHouse,
  },
  {
    name: 'house import',
    usage: 'house import FILE',
    help: { en: 'replace the arrangement; checked first', de: 'die Einrichtung ersetzen; vorher geprüft' },
    needs: ['FILE'],
    run: importHouse,
  },
  {
    name: 'user add',
    usage: 'user add NAME [--password P]',
    help: { en: 'add a person', de: 'eine Person anlegen' },
    needs: ['NAME'],
    acceptsPassword: true,
    run: (context, [name]) => person(context, 'user-add', name),
  },
  {
    name: 'user reset',
    usage: 'user reset NAME [--password P]',
    help: { en: 'give a person a new password', de: 'einer Person ein neues Passwort geben' },
    needs: ['NAME'],
    acceptsPassword: true,
    run: (context, [name]) => person(context, 'user-reset', name),
  },
  {
    name: 'device add',
    usage: 'device add NAME [--password P] [--allow RULE …]',
    help: {
      en: 'add an MQTT device; a rule is "readwrite FILTER", also read, write, deny; without one it may everything',
      de: 'ein MQTT-Gerät anlegen; eine Regel ist "readwrite FILTER", auch read, write, deny; ohne darf es alles',
    },
    needs: ['NAME'],
    acceptsPassword: true,
    acceptsRules: true,
    run: addDevice,
  },
  ...mosquittoCommands,
  {
    name: 'may',
    usage: 'may WHO publish|read TOPIC',
    help: {
      en: 'ask whether a person or device may, and why; ends with 1 for no',
      de: 'fragen, ob jemand oder ein Gerät darf, und warum; endet mit 1 für nein',
    },
    needs: ['WHO', 'publish|read', 'TOPIC'],
    run: may,
  },
  {
    name: 'who',
    usage: 'who publish|read TOPIC',
    help: { en: 'ask who may', de: 'fragen, wer darf' },
    needs: ['publish|read', 'TOPIC'],
    run: who,
  },
  {
    name: 'backup',
    usage: 'backup FILE [--with-keys]',
    help: {
      en: 'write a consistent copy of everything; private keys only when asked',
      de: 'eine stimmige Kopie von allem schreiben; private Schlüssel nur auf Wunsch',
    },
    needs: ['FILE'],
    acceptsKeys: true,
    run: backup,
  },
  {
    name: 'restore',
    usage: 'restore FILE',
    help: {
      en: 'put a backup back; the server must be stopped',
      de: 'eine Sicherung einspielen; der Server muss stehen',
    },
    needs: ['FILE'],
    run: restore,
  },
];

/** Flags that only some commands take. */
interface CommandFlags {
  readonly password?: string | undefined;
  readonly withKeys?: boolean;
  readonly allow?: readonly TopicRule[] | undefined;
}

function strangeFlag(command: Command, { password, withKeys = false, allow }: CommandFlags): string | undefined {
  if (password !== undefined && !command.acceptsPassword) return '--password';
  if (allow !== undefined && !command.acceptsRules) return '--allow';
  return withKeys && !command.acceptsKeys ? '--with-keys' : undefined;
}

/** The command that the words name, with its arguments. `undefined`: no words, so the server is meant. */
export function findCommand(
  words: readonly string[],
  flags: CommandFlags = {},
): Result<{ command: Command; args: readonly string[] } | undefined, Complaint> {
  if (words.length === 0) return ok(undefined);
  const command = commands.find(({ name }) => `${words.join(' ')} `.startsWith(`${name} `));
  if (!command) return fail({ word: 'unknownCommand', params: { command: words.join(' ') } });
  const args = words.slice(command.name.split(' ').length);
  const most = command.needs.length + (command.takes?.length ?? 0);
  const missing = command.needs[args.length];
  if (missing) return fail({ word: 'needsArgument', params: { command: command.name, argument: missing } });
  const extra = args[most] ?? strangeFlag(command, flags);
  if (extra !== undefined) return fail({ word: 'tooManyArguments', params: { command: command.name, value: extra } });
  return ok({ command, args });
}
