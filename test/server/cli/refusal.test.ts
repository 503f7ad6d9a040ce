import { describe, expect, it } from 'vitest';
import { refusal } from '../../../server/cli/refusal.ts';
import { explain } from '../../../server/cli/words.ts';
import { operationsOf } from '../../../server/control/operations.ts';
import type { OperationName } from '../../../server/control/protocol.ts';
import { testApp } from '../../support/app.ts';
import { houseOf, sensor } from '../../support/arrangement.ts';

const good = houseOf(sensor('a', 'a'), sensor('b', 'b'));
const placed = (...placements: unknown[]) => ({
  ...good,
  rooms: [{ ...good.rooms[0], layouts: { phone: { columns: 4, placements } } }],
});
const at = (tileId: string, x: number, size = '1x1') => ({ tileId, x, y: 0, size });

/** What the terminal says, in both languages, when a house or a name is refused. */
async function refused(operation: OperationName, input: unknown): Promise<{ en: string; de: string }> {
  const { app } = await testApp();
  const reply = await operationsOf(app, '/nowhere')[operation](input);
  if (reply.ok) throw new Error('it was accepted');
  const complaint = refusal(reply.error);
  return { en: explain('en', complaint), de: explain('de', complaint) };
}

describe('a refused command', () => {
  it.each([
    ['user-add', { name: 'Anna' }, 'The name Anna is already taken.', 'Den Namen Anna gibt es schon.'],
    ['user-add', { name: ' ' }, 'A name needs 1 to 80 characters.', 'Ein Name braucht 1 bis 80 Zeichen.'],
    [
      'user-add',
      { name: 'Berta', password: 'short' },
      'The password needs at least 10 characters.',
      'Das Passwort braucht mindestens 10 Zeichen.',
    ],
    ['user-reset', { name: 'Zoe' }, 'There is nobody called Zoe.', 'Es gibt niemanden mit dem Namen Zoe.'],
    ['device-add', { name: '' }, 'A name needs 1 to 80 characters.', 'Ein Name braucht 1 bis 80 Zeichen.'],
    [
      'device-add',
      { title: 1 },
      'The running server is another version. Restart it, then try again.',
      'Der laufende Server ist eine andere Version. Starte ihn neu und versuche es nochmal.',
    ],
  ] as const)('%s %j', async (operation, input, en, de) => {
    expect(await refused(operation, input)).toEqual({ en, de });
  });
});

const layout = '/rooms/0/layouts/phone/placements';

describe('a house that is none', () => {
  it.each<[unknown, string, string]>([
    [{ ...good, rooms: [{ id: 'x' }] }, '/rooms/0/name: is missing', '/rooms/0/name: fehlt'],
    [{ ...good, colour: 'red' }, '/colour: is not known here', '/colour: ist hier unbekannt'],
    [{ ...good, version: 2 }, '/version: must be 1', '/version: muss 1 sein'],
    [{ ...good, name: 'x'.repeat(200) }, '/name: must be <=80', '/name: muss <=80 sein'],
    [
      { ...good, tiles: [...good.tiles, good.tiles[0]] },
      '/tiles/2/id: the id "a" is there twice',
      '/tiles/2/id: die Kennung „a“ kommt zweimal vor',
    ],
    [
      { ...good, tiles: [sensor('a', 'a', { roomId: 'attic' })] },
      '/tiles/0/roomId: there is no room "attic"',
      '/tiles/0/roomId: den Raum „attic“ gibt es nicht',
    ],
    [
      placed(at('x', 0)),
      `${layout}/0/tileId: there is no tile "x" in this room`,
      `${layout}/0/tileId: die Kachel „x“ gibt es in diesem Raum nicht`,
    ],
    [
      placed(at('a', 0), at('a', 1)),
      `${layout}/1/tileId: the tile "a" lies there twice`,
      `${layout}/1/tileId: die Kachel „a“ liegt zweimal da`,
    ],
    [
      placed(at('a', 3, '2x1')),
      `${layout}/0/x: it reaches over the 4 columns`,
      `${layout}/0/x: sie ragt über die 4 Spalten hinaus`,
    ],
    [placed(at('a', 0, '2x1'), at('b', 1)), `${layout}/1: "b" overlaps "a"`, `${layout}/1: „b“ überdeckt „a“`],
  ])('%#', async (house, en, de) => {
    expect(await refused('house-import', { house })).toEqual({
      en: `${en}. Nothing was changed.`,
      de: `${de}. Nichts wurde verändert.`,
    });
  });
});
