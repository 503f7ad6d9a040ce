import { expect, it } from 'vitest';
import {
  addTilePath,
  devicesPath,
  homePath,
  isUnderMore,
  logPath,
  morePath,
  newRoomPath,
  personPath,
  roomPath,
  settingsPath,
  tileLogPath,
} from '../../../web/pages/nav/routes.ts';

it.each([
  [morePath, true],
  [logPath, true],
  [settingsPath, true],
  [devicesPath, true],
  [personPath('lena'), true],
  [homePath, false],
  [roomPath('living'), false],
  [addTilePath('living'), false],
  [newRoomPath, false],
  [tileLogPath('lamp'), false],
  ['/nowhere', false],
  ['/groups', false],
  ['/people/lena/more', false],
])('%s lies below More: %s', (path, expected) => {
  expect(isUnderMore(path)).toBe(expected);
});
