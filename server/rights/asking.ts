import type { Action } from '../../shared/acl/standing.ts';
import type { AskInput, AskReply, AskStep, Subject, WhoReply } from '../../shared/api/people.ts';
import type { Problem } from '../../shared/api/problem.ts';
import { hasWildcard, isTopicFilter, isTopicName } from '../../shared/mqtt/topic.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Auth } from '../auth/auth.ts';
import type { Rights } from './rights.ts';

/** Somebody or something that questions are asked about. */
export interface Named {
  readonly subject: Subject;
  readonly name: string;
}

export type Question = Pick<AskInput, 'action' | 'topic' | 'payload' | 'atMs'>;

/** Questions of people about rights, with the reasons. */
export interface Asking {
  ask(subject: Subject, question: Question): Result<AskReply, Problem>;
  /** Everybody and everything, people first. */
  who(question: Question): Result<WhoReply['who'], Problem>;
  exists(subject: Subject): boolean;
  nameOf(subject: Subject): string;
  /** A person by name, a device by name or user name, an app password by user name. */
  find(name: string): Named | undefined;
}

const badTopic: Problem = { code: 'bad-request', message: 'topic: this is no topic.', path: '/topic' };

/** What the broker would be asked. A filter can be read, not sent to. */
function actionOf({ action, topic }: Question): Action | undefined {
  if (action === 'send') return isTopicName(topic) ? 'publish' : undefined;
  if (!isTopicFilter(topic)) return undefined;
  return hasWildcard(topic) || topic.startsWith('$share/') ? 'subscribe' : 'receive';
}

const decisive = ({ steps }: AskReply): AskStep =>
  steps.find(({ outcome }) => outcome === 'decides') ?? { kind: 'closed', outcome: 'decides' };

export function createAsking(
  rights: Pick<Rights, 'ask'>,
  { people, devices, apps }: Pick<Auth, 'people' | 'devices' | 'apps'>,
): Asking {
  const everybody = (): readonly Named[] => {
    const owners = new Map(people.all().map(({ id, name }) => [id, name]));
    return [
      ...[...owners].map(([id, name]): Named => ({ subject: { kind: 'person', id }, name })),
      ...devices.all().map(({ id, name }): Named => ({ subject: { kind: 'device', id }, name })),
      ...apps.all().map(({ id, name, personId }): Named => ({
        subject: { kind: 'app', id },
        name: `${owners.get(personId) ?? ''} · ${name}`,
      })),
    ];
  };
  const ask = (subject: Subject, question: Question): AskReply | undefined => {
    const action = actionOf(question);
    const { topic, payload, atMs } = question;
    const sent = payload === undefined ? {} : { payload: Buffer.from(payload) };
    return action && rights.ask({ subject, action, topic, ...sent, ...(atMs === undefined ? {} : { atMs }) });
  };
  const findDevice = (name: string): Named | undefined => {
    const key = name.toLowerCase();
    const device = devices.byUsername(name) ?? devices.all().find((one) => one.name.toLowerCase() === key);
    return device && { subject: { kind: 'device', id: device.id }, name: device.name };
  };
  return {
    ask: (subject, question) => {
      const reply = ask(subject, question);
      return reply ? ok(reply) : fail(badTopic);
    },
    who: (question) => {
      if (!actionOf(question)) return fail(badTopic);
      return ok(
        everybody().flatMap(({ subject, name }) => {
          const reply = ask(subject, question);
          return reply ? [{ subject, name, isAllowed: reply.isAllowed, decidedBy: decisive(reply) }] : [];
        }),
      );
    },
    nameOf: ({ kind, id }) => everybody().find(({ subject }) => subject.kind === kind && subject.id === id)?.name ?? '',
    exists: ({ kind, id }) => {
      if (kind === 'person') return people.byId(id) !== undefined;
      return (kind === 'app' ? apps.byId(id) : devices.byId(id)) !== undefined;
    },
    find: (name) => {
      const person = people.byName(name);
      if (person) return { subject: { kind: 'person', id: person.id }, name: person.name };
      const app = apps.byUsername(name);
      return app ? { subject: { kind: 'app', id: app.id }, name: app.name } : findDevice(name);
    },
  };
}
