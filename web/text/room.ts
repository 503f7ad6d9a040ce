import { words } from './define.ts';

/** Words of the room page and of the details of a tile. */
export const roomWords = words(
  {
    arrange: 'Arrange',
    arrangeRoom: 'Arrange {room}',
    summary: 'Summary',
    lightsIn: 'Lights in {room}',
    lightsOn: '{n} light on|{n} lights on',
    openOne: '{name} open',
    openMany: '{n} open',
    alertMany: '{n} alerts',
    openings: 'Open now',
    alerts: 'Alerts',
  },
  {
    arrange: 'Anordnen',
    arrangeRoom: '{room} anordnen',
    summary: 'Überblick',
    lightsIn: 'Lichter in {room}',
    lightsOn: '{n} Licht an|{n} Lichter an',
    openOne: '{name} auf',
    openMany: '{n} offen',
    alertMany: '{n} Meldungen',
    openings: 'Gerade offen',
    alerts: 'Meldungen',
  },
);
export type RoomKey = keyof typeof roomWords.en;
