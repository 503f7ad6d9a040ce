import { switchTile, testHouse, testTile, valueTile } from '../support/house.ts';
import type { TestClient } from '../support/mqtt.ts';
import { complaints, expect, live, said, test, tile } from './kachel-test.ts';

const wc = 'house/rooms/wc/sensors/temperature';
const house = testHouse([
  switchTile('lamp', { timeoutMs: 1_500 }),
  valueTile('wc', wc),
  testTile('bell', 'switch', { power: { type: 'boolean', commandTopic: 'bell/set' } }),
]);

test.beforeEach(async ({ arrange }) => arrange(house));

/** The device is back on the restarted server. */
async function comeBack(device: TestClient): Promise<void> {
  device.client.reconnect();
  await expect.poll(() => device.client.connected).toBe(true);
}

test('a tap is sent, and confirmed only when the device says so', async ({ page, device, open }) => {
  const heard = complaints(page);
  await device.publish('lamp/state', 'OFF', { retain: true });
  await device.subscribe('lamp/set');
  await open('/room/living');
  const lamp = tile(page, 'lamp');
  await expect(lamp).toContainText('Off');
  await lamp.click();
  const command = await device.next((message) => message.topic === 'lamp/set');
  expect(command.text).toBe('ON');
  expect(command.packet.retain).toBe(false);
  expect(command.packet.properties?.messageExpiryInterval).toBeLessThanOrEqual(2);
  await expect(lamp).toContainText('Turning on…');
  await device.publish('lamp/state', 'ON');
  await expect(lamp).not.toContainText('Turning on…');
  await expect(lamp).toContainText('On');
  expect(heard).toEqual([]);
});

test('without an answer the tile says so, and what the device reported last still stands', async ({
  page,
  device,
  open,
}) => {
  await device.publish('lamp/state', 'OFF', { retain: true });
  await open('/room/living');
  await tile(page, 'lamp').click();
  await expect(tile(page, 'lamp')).toContainText('Turning on…');
  await expect(tile(page, 'lamp')).toContainText('No answer');
  await expect(said(page, 'lamp did not answer.')).toBeVisible();
  await expect(tile(page, 'lamp').getByRole('switch')).not.toBeChecked();
});

test('a command without feedback never pretends to be on', async ({ page, device, open }) => {
  await device.subscribe('bell/set');
  await open('/room/living');
  await tile(page, 'bell').click();
  await expect(tile(page, 'bell')).toContainText('Sent');
  await device.next((message) => message.topic === 'bell/set');
  await expect(tile(page, 'bell')).not.toContainText('Sent');
  await expect(tile(page, 'bell').getByRole('switch', { checked: true })).toHaveCount(0);
});

test('a number from a device is on the tile at once', async ({ page, device, open }) => {
  await open('/room/living');
  await expect(tile(page, 'wc')).toContainText('No value yet');
  await device.publish(wc, '22.5');
  await expect(tile(page, 'wc')).toContainText('22.5');
  await device.publish(wc, 'nan');
  await device.publish(wc, ' 23,25 ');
  await expect(tile(page, 'wc')).toContainText('23.3');
});

test('a tap while offline is refused, and nothing is sent after the reconnect', async ({
  page,
  kachel,
  device,
  open,
}) => {
  await device.publish('lamp/state', 'OFF', { retain: true });
  await open('/room/living');
  await expect(tile(page, 'lamp')).toContainText('Off');
  await kachel.kill('SIGKILL');
  await tile(page, 'lamp').click();
  await expect(tile(page, 'lamp')).toContainText('Not sent');
  await kachel.start();
  await comeBack(device);
  await device.subscribe('lamp/set');
  await expect(live(page)).toBeAttached();
  await device.publish(wc, '19.0');
  await expect(tile(page, 'wc')).toContainText('19.0');
  expect(device.messages.filter((message) => message.topic === 'lamp/set')).toEqual([]);
});

test('values survive kill -9, and the page comes back without a reload', async ({ page, kachel, device, open }) => {
  await device.publish(wc, '21.5');
  await open('/room/living');
  await expect(tile(page, 'wc')).toContainText('21.5');
  await page.evaluate(() => Object.assign(window, { notReloaded: true }));
  await kachel.kill('SIGKILL');
  await expect(page.getByText('Reconnecting…')).toBeVisible();
  await expect(page.getByText('Showing values from')).toBeVisible();
  await expect(tile(page, 'wc')).toContainText('21.5');
  await kachel.start();
  await expect(page.getByText('Reconnecting…')).toBeHidden();
  await comeBack(device);
  await device.publish(wc, '18.0');
  await expect(tile(page, 'wc')).toContainText('18.0');
  expect(await page.evaluate(() => 'notReloaded' in window)).toBe(true);
});

test('what a device said is there after a clean restart, for a page that opens then', async ({
  page,
  kachel,
  device,
  open,
}) => {
  await device.publish(wc, '21.5');
  // With QoS 1 the server has it before the test goes on.
  await device.publish(wc, '21.6', { qos: 1 });
  await kachel.kill('SIGTERM');
  await kachel.start();
  await open('/room/living');
  await expect(tile(page, 'wc')).toContainText('21.6');
});

test('a half-open line is noticed, and found again', async ({ page, kachel, device, open }) => {
  await device.publish(wc, '21.5');
  await open('/room/living');
  // A stopped process keeps its sockets open and says nothing.
  process.kill(kachel.pid() ?? 0, 'SIGSTOP');
  // Within five seconds on a clock that is ours: test/web/live/link.test.ts.
  await expect(live(page)).not.toBeAttached();
  process.kill(kachel.pid() ?? 0, 'SIGCONT');
  await expect(live(page)).toBeAttached();
  await device.publish(wc, '17.0');
  await expect(tile(page, 'wc')).toContainText('17.0');
});

for (const minutes of [10, -10]) {
  test(`ages follow the server when the phone is ${minutes} minutes wrong`, async ({ page, device, open }) => {
    await page.clock.install({ time: Date.now() + minutes * 60_000 });
    await page.clock.resume();
    await device.publish(wc, '20.0');
    await open('/room/living');
    await expect(tile(page, 'wc')).toContainText('20.0');
    await tile(page, 'wc').click();
    // A slow machine may take a minute or two from the message to this line; a phone that is believed says ten.
    await expect(page.getByText(/Living room · updated (just now|(\d+ s|[1-4] min) ago)/)).toBeVisible();
  });
}
