import type { House } from '../../shared/house/house.ts';
import type { Grants, NewAppPassword, NewInvite } from '../../shared/api/people.ts';
import { accessibilityProblems } from '../support/axe.ts';
import { switchTile, testHouse, testTile } from '../support/house.ts';
import { mqttClient } from '../support/mqtt.ts';
import { complaints, expect, live, said, test, tile } from './kachel-test.ts';

const lamp = testTile(
  'lamp',
  'light',
  {
    power: { type: 'boolean', stateTopic: 'lamp/power', commandTopic: 'lamp/power/set' },
    brightness: { type: 'number', unit: '%', stateTopic: 'lamp/level', commandTopic: 'lamp/level/set' },
  },
  { title: 'Floor lamp' },
);
const house: House = testHouse([lamp]);

test('a card with at most 80 % and 2 uses', async ({ page, browser, device, arrange, open, kachel }) => {
  await arrange(house);
  await device.publish('lamp/power', 'ON', { retain: true });
  await device.publish('lamp/level', '75', { retain: true });
  await device.subscribe('lamp/+/set');
  const heard = complaints(page);

  await open('/people/invite');
  await page.getByText('Guest', { exact: true }).click();
  await page.getByLabel('For whom').fill('Paul');
  await page.getByRole('button', { name: 'Add a tile' }).click();
  await page.getByRole('button', { name: /Floor lamp/ }).click();
  await page.getByText('3 uses', { exact: true }).click();
  await page.getByLabel('How many uses').selectOption('2');
  await page.getByLabel('At most').selectOption('80');
  await expect(page.getByText('Nothing above 80 %')).toBeVisible();
  await expect(page.getByText('The first that scans the code keeps it')).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);
  const made = page.waitForResponse((reply) => reply.url().endsWith('/api/invites') && reply.ok());
  await page.getByRole('button', { name: 'Make the card' }).click();
  const { code, uses } = (await (await made).json()) as NewInvite;
  expect(uses).toBe(2);
  await expect(page.getByText('2 uses', { exact: true })).toBeVisible();

  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, reducedMotion: 'reduce' });
  const guest = await context.newPage();
  await guest.goto(`${kachel.url}/#invite=${code}`);
  await guest.getByRole('button', { name: 'Open' }).click();
  await expect(live(guest)).toBeAttached();
  await expect(guest.getByText('2 uses left')).toBeVisible();
  await expect(guest.getByText('80 % at most')).toBeVisible();
  await expect(guest.getByText('Tap to switch, pull to dim. Anna and the family see what you switch.')).toBeVisible();
  expect(await accessibilityProblems(guest)).toEqual([]);
  const more = guest.getByRole('button', { name: 'More' });
  await more.click();
  expect((await device.next(({ topic }) => topic === 'lamp/level/set')).text).toBe('79');
  await device.publish('lamp/level', '80', { retain: true });
  await expect(more).toBeDisabled();
  await expect(guest.getByText('1 use left')).toBeVisible();
  // What follows within a moment is the same use; afterwards it is the last one, and the card ends by itself.
  await expect
    .poll(
      async () => {
        const less = guest.getByRole('button', { name: 'Less' });
        if (await less.isVisible()) await less.click({ timeout: 1_000 }).catch(() => undefined);
        return guest.getByRole('heading', { name: 'This card has ended' }).isVisible();
      },
      { timeout: 30_000, intervals: [1_000] },
    )
    .toBe(true);
  await context.close();
  expect(heard).toEqual([]);
});

test.describe('what a limit refuses', () => {
  const twin = testTile(
    'full',
    'button',
    { press: { type: 'text', commandTopic: 'lamp/level/set' } },
    { title: 'Full light', options: { payload: '100' } },
  );
  const door = switchTile('door', { title: 'Garage door', domain: 'mangan' });
  const grants: Grants = {
    otherRooms: 'operate',
    rooms: {},
    exceptions: [
      { tileId: 'lamp', level: 'operate', range: { max: 80 } },
      { tileId: 'door', level: 'operate', timesPerHour: 1 },
    ],
  };
  for (const { locale, range, again, saidRange, saidAgain, because, next } of [
    {
      locale: 'en-GB',
      range: 'Out of range',
      again: /^From \d\d:\d\d$/,
      saidRange: /^Full light: not allowed: outside of the range that you may set$/,
      saidAgain: /^Garage door: not allowed: not so often in an hour, next at \d\d:\d\d$/,
      because: 'No, outside of the range',
      next: /^Next yes: /,
    },
    {
      locale: 'de-DE',
      range: 'Begrenzt',
      again: /^Ab \d\d:\d\d$/,
      saidRange: /^Full light: nicht erlaubt: außerhalb des Bereichs, den du stellen darfst$/,
      saidAgain: /^Garage door: nicht erlaubt: nicht so oft in einer Stunde, wieder ab \d\d:\d\d$/,
      because: 'Nein, außerhalb des Bereichs',
      next: /^Wieder ab /,
    },
  ])
    test(`says why on the tile: ${locale}`, async ({ context, browser, device, arrange, kachel }) => {
      await arrange(testHouse([lamp, twin, door]));
      await device.publish('door/state', 'OFF', { retain: true });
      await device.subscribe('door/set');
      const headers = { origin: kachel.url };
      const data = { role: 'member', name: 'Lena', grants, validUntilMs: Date.now() + 3_600_000 };
      const invited = await context.request.post(`${kachel.url}/api/invites`, { data, headers });
      const { code } = (await invited.json()) as NewInvite;
      const hers = await browser.newContext({ locale, viewport: { width: 390, height: 844 } });
      const joined = { code, name: 'Lena', password: 'lena has a long password' };
      await hers.request.post(`${kachel.url}/api/invite/accept`, { data: joined, headers });
      const page = await hers.newPage();
      await page.goto(`${kachel.url}/room/living`);
      await expect(live(page)).toBeAttached();

      await tile(page, 'full').getByRole('button').click();
      await expect(tile(page, 'full').getByText(range)).toBeVisible();
      await expect(said(page, saidRange)).toBeVisible();
      await page.getByRole('button', { name: /^(Why\?|Warum\?)$/ }).click();
      await expect(page.getByText(because)).toBeVisible();
      await page.goBack();

      await tile(page, 'door').getByRole('switch').click();
      await device.next(({ text }) => text === 'ON');
      await device.publish('door/state', 'ON', { retain: true });
      // One use goes on for a moment; the next is one too many.
      await expect(async () => {
        await tile(page, 'door').getByRole('switch').click({ timeout: 500 });
        await expect(tile(page, 'door').getByText(again)).toBeVisible({ timeout: 500 });
      }).toPass({ timeout: 30_000 });
      await expect(said(page, saidAgain)).toBeVisible();
      await tile(page, 'door').getByRole('switch').click();
      await expect(page.getByText(next)).toBeVisible();
      await hers.close();
    });
});

test('a range holds a script with an app password', async ({
  page,
  context,
  browser,
  device,
  arrange,
  open,
  kachel,
}) => {
  await arrange(house);
  await device.subscribe('lamp/level/set');
  const grants: Grants = { otherRooms: 'operate', rooms: {}, exceptions: [] };
  const data = { role: 'member', name: 'Lena', grants, validUntilMs: Date.now() + 3_600_000 };
  const headers = { origin: kachel.url };
  const invited = await context.request.post(`${kachel.url}/api/invites`, { data, headers });
  const { code } = (await invited.json()) as NewInvite;
  const hers = await browser.newContext();
  const joined = { code, name: 'Lena', password: 'lena has a long password' };
  await hers.request.post(`${kachel.url}/api/invite/accept`, { data: joined, headers });
  const app = await hers.request.post(`${kachel.url}/api/app-passwords`, {
    data: { name: 'Script', level: 'operate' },
    headers,
  });
  const { username, password } = (await app.json()) as NewAppPassword;
  const script = await mqttClient(kachel.mqttPort, { username, password });
  await script.publish('lamp/level/set', '90', { qos: 1 });
  await device.next(({ text }) => text === '90');

  await open('/people');
  await page.getByRole('link', { name: /Lena/ }).click();
  await page.getByRole('button', { name: 'Add an exception' }).click();
  await page.getByRole('button', { name: /Floor lamp/ }).click();
  await page.getByRole('dialog').getByText('Operate', { exact: true }).click();
  await page.getByRole('switch', { name: 'Only within a range' }).click();
  await expect(page.getByLabel('At most (%)')).toHaveValue('80');
  await page.getByLabel('At most (%)').fill('70');
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByText('Operate, at most 70 %')).toBeVisible();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled();

  await expect(script.publish('lamp/level/set', '90', { qos: 1 })).rejects.toThrow('Not authorized');
  await script.publish('lamp/level/set', '70', { qos: 1 });
  await device.next(({ text }) => text === '70');
  await page.getByRole('button', { name: 'Ask' }).click();
  await page.goto(`${page.url()}?action=send&topic=lamp/level/set&payload=71`);
  await expect(page.getByText('No, outside of the range')).toBeVisible();
  await expect(page.getByLabel('Message, if it matters')).toHaveValue('71');
  await page.getByLabel('Message, if it matters').fill('70');
  await expect(page.getByRole('status').getByText('Yes', { exact: true })).toBeVisible();
  await script.close();
  await hers.close();
});
