import { expect } from 'vitest';
import type { LightMyRequestResponse } from 'fastify';
import type { LoginInfo } from '../../shared/api/contract.ts';
import { pinRefusal } from '../../shared/api/pin.ts';
import type { Tile } from '../../shared/house/house.ts';
import { owner, pageOf, testApp, type TestApp, type TestAppOptions } from './app.ts';
import { switchTile, testHouse } from './house.ts';
import type { TestPerson } from './people.ts';
import { connectWire, type ConnectedWire } from './wire.ts';

export const rightPin = '2580';
export const wrongPin = '1111';
export const notAuthorized = 0x87;
export const operate = { otherRooms: 'operate' } as const;
export type Requests = Pick<TestPerson, 'request'>;

/** A door that asks everybody, a lock likewise, a heater that asks nobody. */
export async function furnished(options: TestAppOptions = {}, over: Partial<Tile> = {}): Promise<TestApp> {
  const test = await testApp(options);
  const lock = switchTile('lock', { pin: 'both', options: { deviceClass: 'lock' } });
  const tiles = [switchTile('door', { pin: 'both', ...over }), lock, switchTile('heater')];
  test.app.house.save({ document: testHouse(tiles) });
  return test;
}
export const give = ({ request }: Requests, pin: string, more: object = {}): Promise<LightMyRequestResponse> =>
  request({ method: 'POST', url: '/api/pin', payload: { tileIds: ['door'], pin, ...more } });
export const setPin = ({ request }: Requests, pin: string | null = rightPin): Promise<LightMyRequestResponse> =>
  request({ method: 'PUT', url: '/api/pin', payload: { password: owner.password, pin } });
export const codeOf = (reply: LightMyRequestResponse): string => reply.json<{ code: string }>().code;

export const loginOf = async ({ request }: Requests): Promise<string> => {
  const logins = (await request({ url: '/api/logins' })).json<LoginInfo[]>();
  return logins.find(({ isThis }) => isThis)?.id ?? '';
};
/** The open connection of somebody's page. */
export const pageWire = async ({ app }: TestApp, who: Requests, name: string): Promise<ConnectedWire> => {
  const loginId = await loginOf(who);
  const origin = { principal: pageOf(app, name), loginId };
  return connectWire(app.broker, { version: 5, clientId: `page-${loginId}`, origin });
};
export const sent = async (wire: ConnectedWire, topic: string, payload = 'ON') => {
  wire.send({ cmd: 'publish', topic, payload, qos: 1, messageId: 7, retain: false, dup: false });
  const { reasonCode, properties } = await wire.expect('puback');
  return { code: reasonCode, text: properties?.reasonString };
};
export const refused = { code: notAuthorized, text: pinRefusal };
export const passed = { code: 0x10, text: undefined };

/** The owner with a PIN and an open page. */
export async function ownerAtHome(options: TestAppOptions = {}, over: Partial<Tile> = {}) {
  const test = await furnished(options, over);
  expect((await setPin(test)).statusCode).toBe(204);
  return { test, wire: await pageWire(test, test, owner.name) };
}
