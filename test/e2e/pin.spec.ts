import type { NewAppPassword } from '../../shared/api/people.ts';
import type { Tile } from '../../shared/house/house.ts';
import { accessibilityProblems } from '../support/axe.ts';
import { switchTile, testHouse } from '../support/house.ts';
import { owner } from '../support/kachel.ts';
import { mqttClient } from '../support/mqtt.ts';
import { complaints, expect, live, test, tile } from './kachel-test.ts';

const house = testHouse([
  switchTile('door', { title: 'Garage door', domain: 'mangan' }),
  switchTile('lamp', { title: 'Lamp' }),
]);
/** A browser writes down each request that is refused. */
const isRefusal = (text: string): boolean => /the server responded with a status of 403/.test(text);

test('a door opens with the PIN, not without it, and not for a program', async ({
  page,
  context,
  kachel,
  device,
  arrange,
  open,
}) => {
  test.slow();
  const heard = complaints(page);
  await arrange(house);
  await device.subscribe('door/set');
  const commands = (): string[] => device.messages.filter(({ topic }) => topic === 'door/set').map(({ text }) => text);
  /** Whatever was sent before has arrived. */
  const settled = async (): Promise<void> => {
    const fence = `fence-${device.messages.length}`;
    await device.subscribe(fence);
    await device.publish(fence, 'x');
    await device.next(({ topic }) => topic === fence);
  };
  const pad = page.getByRole('dialog', { name: 'Open Garage door' });
  const key = (digit: string) => page.getByRole('button', { name: digit, exact: true });

  await test.step('the owner sets a PIN', async () => {
    await open('/settings');
    await page.getByRole('button', { name: 'Set', exact: true }).click();
    await page.getByLabel('Your password').fill(owner.password);
    await page.getByLabel('New PIN').fill('2580');
    await page.getByLabel('The same again').fill('2580');
    await page.getByRole('button', { name: 'Save PIN' }).click();
    await expect(page.getByText(/^Set on/)).toBeVisible();
  });

  await test.step('and lets the door ask everybody', async () => {
    await open('/tile/door/edit');
    await page.getByLabel('PIN for everybody').selectOption('both');
    await page.getByRole('button', { name: 'Save tile' }).click();
    await expect(page).toHaveURL(/\/room\/living/);
  });

  await test.step('a wrong PIN sends nothing', async () => {
    await open('/room/living');
    await tile(page, 'door').getByRole('switch').click();
    await expect(pad).toBeVisible();
    for (const digit of '1111') await key(digit).click();
    await expect(pad.getByText('That was not it. 4 tries left.')).toBeVisible();
    expect(await accessibilityProblems(page)).toEqual([]);
    await settled();
    expect(commands()).toEqual([]);
  });

  await test.step('the right one, from a keyboard, sends once', async () => {
    await page.keyboard.type('2580');
    await expect(pad).toBeHidden();
    await settled();
    expect(commands()).toEqual(['ON']);
    await device.publish('door/state', 'ON');
    await expect(tile(page, 'door').getByRole('switch', { checked: true })).toBeVisible();
  });

  await test.step('it asks again, until it is told to wait', async () => {
    const closing = page.getByRole('dialog', { name: 'Close Garage door' });
    await tile(page, 'door').getByRole('switch').click();
    await expect(closing).toBeVisible();
    await closing.getByRole('switch', { name: 'Do not ask on this phone for 5 min' }).click();
    for (const digit of '2580') await key(digit).click();
    await expect(closing).toBeHidden();
    await device.next(({ topic, text }) => topic === 'door/set' && text === 'OFF');
    await device.publish('door/state', 'OFF');
    await tile(page, 'door').getByRole('switch', { checked: false }).click();
    await settled();
    expect(commands()).toEqual(['ON', 'OFF', 'ON']);
    await expect(pad).toBeHidden();
  });

  await test.step('a program with an app password is refused', async () => {
    const reply = await context.request.post(`${kachel.url}/api/app-passwords`, {
      data: { name: 'Explorer', level: 'operate' },
      headers: { origin: kachel.url },
    });
    const { username, password } = (await reply.json()) as NewAppPassword;
    const program = await mqttClient(kachel.mqttPort, { username, password });
    await expect(program.publish('door/set', 'ON', { qos: 1 })).rejects.toMatchObject({ code: 0x87 });
    await program.publish('lamp/set', 'ON', { qos: 1 });
    await program.close();
    await settled();
    expect(commands()).toHaveLength(3);
  });

  await test.step('and the log tells of the wrong try', async () => {
    await open('/log');
    await expect(page.getByText('typed a wrong PIN for')).toBeVisible();
  });
  expect(heard.filter((text) => !isRefusal(text))).toEqual([]);
});

test('"All off" asks once for several things, and tells what was left out', async ({
  page,
  context,
  kachel,
  device,
  arrange,
  open,
}) => {
  const heard = complaints(page);
  const light = (id: string, title: string): Tile => ({ ...switchTile(id, { title, pin: 'off' }), kind: 'light' });
  await arrange(testHouse([light('porch', 'Porch'), light('hall', 'Hall'), light('cellar', 'Cellar')]));
  for (const id of ['porch', 'hall', 'cellar']) await device.publish(`${id}/state`, 'ON', { retain: true });
  const data = { password: owner.password, pin: '2580' };
  expect((await context.request.put(`${kachel.url}/api/pin`, { data, headers: { origin: kachel.url } })).ok()).toBe(
    true,
  );
  await device.subscribe('+/set');

  await open('/room/living');
  await page.getByRole('button', { name: /lights on/ }).click();
  const allOff = page.getByRole('button', { name: 'All off' });
  const pad = page.getByRole('dialog', { name: 'Switch off Porch, and 2 more' });
  await allOff.click();
  await expect(pad).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);
  await pad.getByRole('button', { name: 'Close' }).click();
  for (const id of ['porch', 'hall', 'cellar']) await expect(tile(page, id).getByText('PIN needed')).toBeAttached();
  expect(device.messages.filter(({ topic }) => topic.endsWith('/set'))).toEqual([]);

  await allOff.click();
  await page.keyboard.type('2580');
  await expect(pad).toBeHidden();
  for (const id of ['porch', 'hall', 'cellar']) {
    await device.next(({ topic, text }) => topic === `${id}/set` && text === 'OFF');
    await device.publish(`${id}/state`, 'OFF', { retain: true });
    await expect(tile(page, id).getByRole('switch', { includeHidden: true, checked: false })).toBeAttached();
  }
  expect(heard).toEqual([]);
});

test.describe('on the smallest phone, in German', () => {
  test.use({ viewport: { width: 320, height: 640 }, locale: 'de-DE' });

  test('the pad fits, and tells who has no PIN how to get one', async ({ page, arrange, open }) => {
    await arrange(testHouse([switchTile('heater', { title: 'Heizlüfter', pin: 'on' })]));
    await open('/room/living');
    await expect(live(page)).toBeAttached();
    await tile(page, 'heater').getByRole('switch').click();
    const pad = page.getByRole('dialog', { name: 'Heizlüfter einschalten' });
    await expect(pad.getByText('Du hast noch keine PIN')).toBeVisible();
    await pad.getByRole('button', { name: 'PIN setzen' }).click();
    await page.getByLabel('Dein Passwort').fill(owner.password);
    await page.getByLabel('Neue PIN').fill('13579');
    await page.getByLabel('Nochmal dieselbe').fill('13579');
    await page.getByRole('button', { name: 'PIN speichern' }).click();
    await expect(page.getByRole('dialog')).toBeHidden();
    await tile(page, 'heater').getByRole('switch').click();
    await expect(pad.getByLabel('PIN, 5 Ziffern')).toBeFocused();
    await expect(pad.getByRole('switch')).toBeInViewport({ ratio: 1 });
    expect(await accessibilityProblems(page)).toEqual([]);
  });
});
