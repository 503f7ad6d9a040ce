import { mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as v from 'valibot';
import { readText } from '../../read-text.ts';
import type { Command, CommandContext } from '../commands.ts';
import { writeWhole } from '../files.ts';
import type { Complaint } from '../words.ts';
import type { Files } from './conf.ts';
import { doorsFor } from './doors.ts';
import { exportedAccountSchema, mosquittoFiles } from './export.ts';
import { planMove, type Move } from './plan.ts';

const groupName = 'Mosquitto';
const secretMode = 0o600;

const devicesSchema = v.object({ devices: v.number() });
const accountsSchema = v.object({ accounts: v.array(exportedAccountSchema) });

/** The disk. What cannot be read is the reader's business to name. */
const disk: Files = {
  read: (path) => {
    const read = readText(path);
    return read.ok ? read.value : undefined;
  },
  list: (path) => {
    try {
      return readdirSync(path);
    } catch {
      return undefined;
    }
  },
};

function report({ tell, print }: CommandContext, move: Move): void {
  const { settings, leftOut } = doorsFor(move.listeners);
  const left = [...move.leftOut, ...leftOut];
  if (left.length > 0) {
    tell('moveLeftOut');
    for (const { file, line, code, text } of left) tell(`moveLeft.${code}`, { file, line, text });
  }
  if (settings.length > 0) {
    tell('moveSettings');
    settings.forEach((one) => print(`  ${one}`));
  }
  if (move.listeners.some(({ isWebSocket }) => isWebSocket)) tell('moveWebSocket');
}

/** Everything is read and checked before anything is changed; then all of it comes in, or nothing. */
async function importMosquitto(
  context: CommandContext,
  [file = '']: readonly string[],
): Promise<Complaint | undefined> {
  const move = planMove(resolve(file), disk);
  const [mistake] = move.mistakes;
  if (mistake) {
    for (const { code, file: place, line, text } of move.mistakes) {
      context.tell(`moveMistake.${code}`, { file: place, line, text });
    }
    return { word: 'moveNothingChanged', params: { n: move.mistakes.length } };
  }
  const input = { accounts: move.accounts, sharedRules: move.patterns, groupName };
  const reply = await context.perform('accounts-import', input);
  if (!reply.ok) return reply.error;
  const n = v.parse(devicesSchema, reply.value).devices;
  context.tell(n === 1 ? 'movedOne' : 'moved', { n });
  return void report(context, move);
}

async function exportMosquitto({ perform, tell }: CommandContext, [directory = '']: readonly string[]) {
  const reply = await perform('accounts-export', {});
  if (!reply.ok) return reply.error;
  const { accounts } = v.parse(accountsSchema, reply.value);
  const { passwordFile, aclFile, leftOut } = mosquittoFiles(accounts);
  mkdirSync(directory, { recursive: true });
  for (const [name, content] of [
    ['passwd', passwordFile],
    ['acl', aclFile],
  ] as const) {
    const written = writeWhole(join(directory, name), content, secretMode);
    if (!written.ok) return written.error;
  }
  tell('movedOut', { n: accounts.length - leftOut.length, directory });
  for (const { username, why } of leftOut) tell(`moveOutLeft.${why}`, { name: username });
  return undefined;
}

/** Moving to and from Mosquitto. */
export const mosquittoCommands: readonly Command[] = [
  {
    name: 'broker import',
    usage: 'broker import mosquitto.conf',
    help: {
      en: 'take over logins and rules of Mosquitto; devices keep their passwords',
      de: 'Zugänge und Regeln von Mosquitto übernehmen; Geräte behalten ihre Passwörter',
    },
    needs: ['FILE'],
    run: importMosquitto,
  },
  {
    name: 'broker export',
    usage: 'broker export DIRECTORY',
    help: {
      en: 'write logins and rules of devices as files of Mosquitto',
      de: 'Zugänge und Regeln der Geräte als Dateien von Mosquitto schreiben',
    },
    needs: ['DIRECTORY'],
    run: exportMosquitto,
  },
];
