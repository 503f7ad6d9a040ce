import type { HouseReply } from '../../shared/api/contract.ts';
import type { Tile } from '../../shared/house/house.ts';
import { testHouse, valueTile } from '../support/house.ts';
import { expect, test, tile } from './kachel-test.ts';

const attic = 'house/rooms/attic/sensors/temperature';

test.beforeEach(async ({ arrange }) => arrange(testHouse([valueTile('json', 'sensors/json')])));

test('a topic nobody knew is listed with a guess and its last message; one tap adds the tile', async ({
  page,
  device,
  open,
}) => {
  await device.publish(attic, '19.5');
  await open('/room/living');
  await page.getByRole('link', { name: 'Arrange Living room' }).click();
  await page.getByRole('button', { name: 'Add tile' }).click();
  const line = page.getByRole('button', { name: attic });
  await expect(line).toContainText('Looks like a value');
  await expect(line).toContainText('19.5');
  await line.click();
  await expect(line).toBeDisabled();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Done' }).click();
  const added = page.locator('[data-tile]').filter({ hasText: 'Temperature' });
  await expect(added).toContainText('19.5');
  await device.publish(attic, '20.5');
  await expect(added).toContainText('20.5');
});

test('the list is searched, and a topic without a message can be taken all the same', async ({
  page,
  device,
  open,
}) => {
  await device.publish(attic, '19.5');
  await device.publish('house/rooms/cellar/sensors/humidity', '61');
  await open('/room/living/add');
  await page.getByLabel('Device, topic or kind').fill('cellar');
  await expect(page.getByRole('button', { name: 'house/rooms/cellar/sensors/humidity' })).toBeVisible();
  await expect(page.getByRole('button', { name: attic })).toHaveCount(0);
  await page.getByLabel('Device, topic or kind').fill('not/yet/there');
  await page.getByRole('button', { name: 'Use “not/yet/there” anyway' }).click();
  await expect(page.getByLabel('State topic')).toHaveValue('not/yet/there');
});

test('what can be switched is shown with Test before it becomes a tile', async ({ page, device, open }) => {
  await device.publish('stat/plug/POWER', 'OFF', { retain: true });
  await device.subscribe('cmnd/plug/POWER');
  await open('/room/living/add');
  await page.getByRole('button', { name: 'stat/plug/POWER' }).click();
  await expect(page.getByRole('heading', { name: 'New tile' })).toBeVisible();
  await expect(page.getByLabel('Command topic')).toHaveValue('cmnd/plug/POWER');
  await page.getByRole('button', { name: 'Test' }).click();
  await expect(page.getByText('Sent ON, then OFF')).toBeVisible();
  expect(device.messages.map((message) => message.text)).toEqual(['ON', 'OFF']);
  await page.getByLabel('Name', { exact: true }).fill('Socket');
  await page.getByRole('button', { name: 'Save tile' }).click();
  await page.getByRole('button', { name: 'Done' }).click();
  const socket = page.locator('[data-tile]').filter({ hasText: 'Socket' });
  await expect(socket).toContainText('Off');
  await socket.click();
  await expect.poll(() => device.messages.map((message) => message.text)).toEqual(['ON', 'OFF', 'ON']);
});

test('a value is chosen by a tap in a JSON message, and the matched part is marked', async ({ page, device, open }) => {
  await device.publish('sensors/json', '{"climate":{"temperature":21.5,"humidity":40}}');
  await open('/tile/json/edit');
  await expect(page.getByText('that is not a number')).toBeVisible();
  const choice = page.getByRole('button', { name: /^Choose .*humidity/ });
  await expect(choice).toHaveAttribute('aria-pressed', 'false');
  await choice.click();
  await expect(choice).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByLabel('JSON path')).toHaveValue(/climate.*humidity/);
  await expect(page.getByText(/^Matches/)).toBeVisible();
  await page.getByRole('button', { name: 'Save tile' }).click();
  await expect(page).toHaveURL(/\/room\/living$/);
  await expect(tile(page, 'json')).toContainText('40');
});

test('what is wrong in the form is said at its field, and nothing is saved', async ({ page, kachel, open }) => {
  await open('/tile/json/edit');
  await page.getByLabel('State topic').fill('sensors/#');
  // Typing on while the page guards against leaving must not look like leaving.
  await page.getByLabel('Name', { exact: true }).fill('');
  await page.getByRole('button', { name: 'Save tile' }).click();
  await expect(page.getByText('The tile needs a name. Type one.')).toBeVisible();
  await expect(page.getByText(/A topic cannot contain #/)).toBeVisible();
  await expect(page.getByText('2 fields need attention')).toBeVisible();
  expect(await (await page.request.get(`${kachel.url}/api/house`)).text()).not.toContain('sensors/#');
});

test('an empty room counts new devices and copies another room by keys; Undo empties it again', async ({
  page,
  kachel,
  device,
  open,
}) => {
  await device.publish(attic, '19.5');
  await open('/room/kitchen');
  await expect(page.getByText('Kachel found a new device on your network.')).toBeVisible();
  await page.getByRole('button', { name: 'Copy tiles from another room' }).press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Living room' }).press('Enter');
  await expect(page.locator('[data-tile]')).toHaveCount(1);
  await device.publish('sensors/json', '7.5');
  await expect(page.locator('[data-tile]')).toContainText('7.5');
  const tiles = async (): Promise<readonly Tile[]> =>
    ((await (await page.request.get(`${kachel.url}/api/house`)).json()) as HouseReply).house.tiles;
  expect((await tiles()).map(({ roomId }) => roomId)).toEqual(['living', 'kitchen']);
  await page.getByRole('button', { name: 'Undo' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'No tiles here yet' })).toBeVisible();
  expect((await tiles()).map(({ roomId }) => roomId)).toEqual(['living']);
});
