import type { TopicRule } from '../../../shared/api/people.ts';
import type { House } from '../../../shared/house/house.ts';
import { switchTile, testHouse, testTile } from '../../support/house.ts';
import type { NewAppPassword } from '../../../shared/api/people.ts';
import { maxTimesPerHour } from '../../../shared/api/limits.ts';
import { owner } from '../../support/kachel.ts';

/*
 * A house with 1,000 rules, 200 devices and 20 people, made through the HTTP interface like any other: four rules for each device, five
 * for each person, ten in each of ten groups.
 */

export const deviceCount = 200;
export const personCount = 20;
const groupCount = 10;
const groupSize = deviceCount / groupCount;
const tileCount = 200;
const dayMs = 86_400_000;

/** A request of the owner; throws when it is refused. */
export type Send = (method: 'GET' | 'POST' | 'PUT' | 'PATCH', path: string, payload?: object) => Promise<unknown>;

export interface DeviceLogin {
  readonly id: string;
  readonly username: string;
  readonly password: string;
}

const rule = (access: TopicRule['access'], filter: string): TopicRule => ({ access, filter });

/** What every device of this bench uses. */
export const sharedTopic = 'bench/one';

const rulesOfDevice = (index: number): readonly TopicRule[] => [
  rule('write', `tele/plug${index}/#`),
  rule('write', `stat/plug${index}/+`),
  rule('read', `cmnd/plug${index}/#`),
  rule('readwrite', 'bench/+'),
];
const rulesOfPerson = (index: number): readonly TopicRule[] =>
  Array.from({ length: 5 }, (_, number) => rule('read', `person${index}/topic${number}/#`));
const rulesOfGroup = (index: number): readonly TopicRule[] =>
  Array.from({ length: 10 }, (_, number) => rule(number === 0 ? 'deny' : 'read', `group${index}/+/topic${number}`));

export const ruleCount = deviceCount * 4 + personCount * 5 + groupCount * 10;

/** Sends to the topic of the load, whatever text that is. */
const limitedTile = testTile('limited', 'button', { press: { type: 'text', commandTopic: sharedTopic } });
const benchHouse = (): House =>
  testHouse([limitedTile, ...Array.from({ length: tileCount - 1 }, (_, index) => switchTile(`plug-${index}`))]);

async function addPerson(send: Send, index: number): Promise<string> {
  const name = `Person ${index}`;
  const grants = { otherRooms: 'see', rooms: { living: 'operate' }, exceptions: [] };
  const validUntilMs = Date.now() + dayMs;
  const invite = (await send('POST', '/api/invites', { role: 'member', name, grants, validUntilMs })) as {
    readonly code: string;
  };
  await send('POST', '/api/invite/accept', { code: invite.code, name, password: owner.password });
  const { people } = (await send('GET', '/api/people')) as { readonly people: readonly { id: string; name: string }[] };
  const id = people.find((one) => one.name === name)?.id ?? '';
  await send('PATCH', `/api/people/${id}`, { rules: rulesOfPerson(index) });
  return id;
}

export interface Scene {
  readonly devices: readonly DeviceLogin[];
  readonly people: readonly string[];
}

export async function makeScene(send: Send): Promise<Scene> {
  const { revision } = (await send('GET', '/api/house')) as { readonly revision: number };
  await send('PUT', '/api/house', { baseRevision: revision, house: benchHouse() });
  const devices: DeviceLogin[] = [];
  for (let index = 0; index < deviceCount; index++) {
    const made = await send('POST', '/api/devices', { name: `plug${index}`, rules: rulesOfDevice(index) });
    devices.push(made as DeviceLogin);
  }
  const [{ id: ownerId }] = ((await send('GET', '/api/people')) as { readonly people: [{ readonly id: string }] })
    .people;
  await send('PATCH', `/api/people/${ownerId}`, { rules: rulesOfPerson(0) });
  const people = [ownerId];
  for (let index = 1; index < personCount; index++) people.push(await addPerson(send, index));
  for (let index = 0; index < groupCount; index++) {
    const members = devices.slice(index * groupSize, (index + 1) * groupSize).map(({ id }) => id);
    const group = { name: `Group ${index}`, people: people.slice(index, index + 2), devices: members };
    await send('POST', '/api/groups', { ...group, rules: rulesOfGroup(index) });
  }
  return { devices, people };
}

/** A program of somebody who may use the load's topic only so often: each of its messages is looked at, for the PIN and for the limit. */
export async function addLimitedApp(send: Send, logIn: (name: string) => Promise<Send>): Promise<NewAppPassword> {
  const name = 'Limited';
  const exceptions = [{ tileId: 'limited', level: 'operate', timesPerHour: maxTimesPerHour }];
  const grants = { otherRooms: 'operate', rooms: {}, exceptions };
  const validUntilMs = Date.now() + dayMs;
  const invite = (await send('POST', '/api/invites', { role: 'member', name, grants, validUntilMs })) as {
    readonly code: string;
  };
  await send('POST', '/api/invite/accept', { code: invite.code, name, password: owner.password });
  const own = await logIn(name);
  return (await own('POST', '/api/app-passwords', { name: 'Load', level: 'operate' })) as NewAppPassword;
}
