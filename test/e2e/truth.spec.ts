import { switchTile, testHouse, testTile, valueTile } from '../support/house.ts';
import { complaints, expect, test, tile } from './kachel-test.ts';

const wc = 'house/rooms/wc/sensors/temperature';
const house = testHouse([
  switchTile('lamp', { timeoutMs: 1_500 }),
  valueTile('wc', wc),
  testTile('bell', 'switch', { power: { type: 'boolean', commandTopic: 'bell/set' } }),
]);

test.beforeEach(async ({ arrange }) => arrange(house));

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

test('without an answer the tile goes back to what the device reported last', async ({ page, device, open }) => {
  await device.publish('lamp/state', 'OFF', { retain: true });
  await open('/room/living');
  await tile(page, 'lamp').click();
  await expect(tile(page, 'lamp')).toContainText('Turning on…');
  await expect(tile(page, 'lamp')).toContainText('No answer');
  await expect(page.getByText('lamp did not answer')).toBeVisible();
});

test('a command without feedback never pretends to be on', async ({ page, device, open }) => {
  await device.subscribe('bell/set');
  await open('/room/living');
  await tile(page, 'bell').click();
  await expect(tile(page, 'bell')).toContainText('Sent');
  await device.next((message) => message.topic === 'bell/set');
  await expect(tile(page, 'bell')).not.toContainText('Sent');
  await expect(tile(page, 'bell')).not.toContainText('On');
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
  context,
}) => {
  await device.publish('lamp/state', 'OFF', { retain: true });
  await open('/room/living');
  await expect(tile(page, 'lamp')).toContainText('Off');
  await expect(page.locator('[data-link="live"]')).toBeAttached();
  await context.setOffline(true);
  await kachel.kill('SIGKILL');
  await tile(page, 'lamp').click();
  await expect(tile(page, 'lamp')).toContainText('Not sent');
  await kachel.start();
  await context.setOffline(false);
  device.client.reconnect();
  await expect.poll(() => device.client.connected).toBe(true);
  await device.subscribe('lamp/set');
  await expect(page.locator('[data-link="live"]')).toBeAttached();
  await device.publish(wc, '19.0');
  await expect(tile(page, 'wc')).toContainText('19.0');
  expect(device.messages.filter((message) => message.topic === 'lamp/set')).toEqual([]);
});

test('values survive kill -9, and the page comes back without a reload', async ({ page, kachel, device, open }) => {
  await device.publish(wc, '21.5');
  await open('/room/living');
  await expect(tile(page, 'wc')).toContainText('21.5');
  await expect
    .poll(async () => (await page.request.get(`${kachel.url}/api/snapshot`)).text(), { timeout: 10_000 })
    .toContain('21.5');
  await page.evaluate(() => Object.assign(window, { notReloaded: true }));
  await kachel.kill('SIGKILL');
  await expect(page.getByText('Reconnecting…')).toBeVisible();
  await kachel.start();
  await expect(page.getByText('Reconnecting…')).toBeHidden();
  device.client.reconnect();
  await expect.poll(() => device.client.connected).toBe(true);
  await device.publish(wc, '18.0');
  await expect(tile(page, 'wc')).toContainText('18.0');
  expect(await page.evaluate(() => 'notReloaded' in window)).toBe(true);
});

test('ages follow the server when the phone is ten minutes wrong', async ({ page, device, open }) => {
  const tenMinutes = 600_000;
  await page.clock.install({ time: Date.now() + tenMinutes });
  await page.clock.resume();
  await device.publish(wc, '20.0');
  await open('/room/living');
  await expect(tile(page, 'wc')).toContainText('20.0');
  await expect(tile(page, 'wc')).not.toContainText('min');
});
