import { randomBytes } from 'node:crypto';
import { found, type Check, type CheckedHouse } from '../check.ts';
import { knock, type Answer, type Credentials, type Door } from '../knock.ts';

const nameBytes = 9;
const randomName = (): string => `selfcheck-${randomBytes(nameBytes).toString('hex')}`;

const words: Readonly<Record<Door['kind'], string>> = {
  mqtt: 'MQTT',
  mqtts: 'MQTT + TLS',
  ws: 'WebSocket',
  wss: 'WebSocket + TLS',
};
const nameOf = ({ kind, port }: Door): string => `${words[kind]} ${port}`;
const namesOf = (doors: readonly Door[]): string => doors.map(nameOf).join(', ');

/** What a stranger would say: nothing, or a name and a password that nobody has. */
const strangers = (): readonly Credentials[] => [
  { clientId: randomName() },
  { clientId: randomName(), username: randomName(), password: randomName() },
];

async function knockOverlooked({ overlook }: CheckedHouse, door: Door, stranger: Credentials): Promise<Answer> {
  const dispose = overlook(stranger.clientId);
  try {
    return await knock(door, stranger);
  } finally {
    dispose();
  }
}

async function tryDoor(house: CheckedHouse, door: Door): Promise<{ door: Door; answers: readonly Answer[] }> {
  const answers = await Promise.all(strangers().map((stranger) => knockOverlooked(house, door, stranger)));
  return { door, answers };
}

/** Nobody gets in without a name: tried on every listener, without one and with a wrong password. */
export const entrance: Check = {
  name: 'entrance',
  look: async (house) => {
    const tried = await Promise.all(house.doors().map((door) => tryDoor(house, door)));
    const doorsWith = (isSo: (answers: readonly Answer[]) => boolean): readonly Door[] =>
      tried.filter(({ answers }) => isSo(answers)).map(({ door }) => door);
    const open = doorsWith((answers) => answers.includes('let-in'));
    const untried = doorsWith((answers) => !answers.includes('let-in') && answers.includes('no-answer'));
    const closed = doorsWith((answers) => answers.every((answer) => answer === 'turned-away'));
    return [
      ...(open.length > 0 ? [found('door-open', { n: open.length, doors: namesOf(open) })] : []),
      ...(untried.length > 0 ? [found('door-untried', { n: untried.length, doors: namesOf(untried) })] : []),
      ...(open.length === 0 && closed.length > 0
        ? [found('doors-closed', { n: closed.length, doors: namesOf(closed) })]
        : []),
    ];
  },
};
