import * as v from 'valibot';
import type { AskStep, Level, Role } from '../../shared/api/people.ts';
import { formatRule } from '../../shared/acl/rule-text.ts';
import type { CommandContext, CommandEnd } from './commands.ts';
import type { Complaint, TerminalWord } from './words.ts';

/** Exit code of a no, so that scripts can ask. */
const answerNo = 1;

const stepSchema = v.custom<AskStep>((value) => typeof value === 'object' && value !== null && 'kind' in value);
const answer = { name: v.string(), isAllowed: v.boolean(), step: stepSchema };
const maySchema = v.object({ ...answer, nextYes: v.optional(v.string()), needsPin: v.optional(v.boolean()) });
const whoSchema = v.array(v.object(answer));

/** The words of the command line, as the server asks for them. */
const actions: Readonly<Record<string, 'send' | 'read'>> = {
  publish: 'send',
  send: 'send',
  write: 'send',
  read: 'read',
};

const ofRoom: Record<Level, TerminalWord> = { no: 'roomNo', see: 'roomSee', operate: 'roomOperate' };
const ofException: Record<Level, TerminalWord> = {
  no: 'exceptionNo',
  see: 'exceptionSee',
  operate: 'exceptionOperate',
};
const ofRole: Record<Role, TerminalWord> = {
  owner: 'roleOwner',
  member: 'roleMember',
  guest: 'roleGuest',
  kiosk: 'roleKiosk',
};

function exceptionWord(level: Level, hours: AskStep['hours'], because: AskStep['because']): TerminalWord {
  if (because) return 'exceptionLimit';
  return hours ? 'exceptionHours' : ofException[level];
}

/** Why, as a part of a sentence. */
function reasonOf({ kind, name = '', level = 'no', hours, because, rule }: AskStep): Complaint {
  const params = { name, ...(rule ? { rule: formatRule(rule) } : {}) };
  const words: Record<AskStep['kind'], TerminalWord> = {
    account: 'becauseAccount',
    system: 'becauseSystem',
    app: 'becauseApp',
    allowance: 'becauseAllowance',
    pin: 'becausePin',
    'topic-rule': 'becauseRule',
    'group-rule': 'becauseGroup',
    'role-rule': 'becauseRoleRule',
    card: 'becauseCard',
    exception: exceptionWord(level, hours, because),
    room: ofRoom[level],
    role: ofRole[name as Role] ?? 'becauseClosed',
    closed: 'becauseClosed',
  };
  return { word: words[kind], params };
}

const badAction = (action: string): Complaint => ({ word: 'badAction', params: { action } });

/** `may WHO publish|read TOPIC` */
export async function may(
  { perform, tell, say }: CommandContext,
  [who = '', word = '', topic = '']: readonly string[],
): Promise<CommandEnd> {
  const action = actions[word];
  if (!action) return badAction(word);
  const reply = await perform('may', { who, action, topic });
  if (!reply.ok) return reply.error;
  const { name, isAllowed, step, nextYes, needsPin } = v.parse(maySchema, reply.value);
  const sentence = { send: ['maySend', 'mayNotSend'], read: ['mayRead', 'mayNotRead'] } as const;
  say({ word: sentence[action][isAllowed ? 0 : 1], params: { name, topic }, reason: reasonOf(step) });
  if (needsPin) tell('withPin');
  if (nextYes !== undefined) tell('nextYes', { time: nextYes });
  return isAllowed ? undefined : { exitCode: answerNo };
}

/** `who publish|read TOPIC` */
export async function who(
  { perform, say }: CommandContext,
  [word = '', topic = '']: readonly string[],
): Promise<CommandEnd> {
  const action = actions[word];
  if (!action) return badAction(word);
  const reply = await perform('who', { action, topic });
  if (!reply.ok) return reply.error;
  for (const { name, isAllowed, step } of v.parse(whoSchema, reply.value))
    say({ word: isAllowed ? 'whoYes' : 'whoNo', params: { name }, reason: reasonOf(step) });
  return undefined;
}
