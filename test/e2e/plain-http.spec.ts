import type { Page } from 'playwright/test';
import { switchTile, testHouse, valueTile } from '../support/house.ts';
import { owner, type Kachel } from '../support/kachel.ts';
import { complaints, expect, live, said, test, tile } from './kachel-test.ts';

/** In the LAN there is a name and no HTTPS: no service worker, no clipboard, no crypto.subtle, no randomUUID. */
const plain = ({ httpPort }: Kachel): string => `http://kachel.test:${httpPort}`;

async function enter(page: Page, kachel: Kachel, path: string): Promise<void> {
  await page.goto(`${plain(kachel)}${path}`);
  await page.getByLabel('Name').fill(owner.name);
  await page.getByLabel('Password', { exact: true }).fill(owner.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(live(page)).toBeAttached();
}

/** A refused first request is what shows the login; the browser notes it. */
const withoutLogin = (heard: readonly string[]): string[] => heard.filter((line) => !line.includes('401'));

test.beforeEach(async ({ arrange }) => arrange(testHouse([switchTile('lamp'), valueTile('wc', 'wc/temperature')])));

test('signing in, reading and switching work on plain HTTP', async ({ page, kachel, device }) => {
  const heard = complaints(page);
  await enter(page, kachel, '/room/living');
  const missing = await page.evaluate(() => ({
    isSecure: isSecureContext,
    worker: 'serviceWorker' in navigator,
    clipboard: 'clipboard' in navigator,
    uuid: 'randomUUID' in crypto,
  }));
  expect(missing).toEqual({ isSecure: false, worker: false, clipboard: false, uuid: false });
  await device.publish('wc/temperature', '22.5');
  await expect(tile(page, 'wc')).toContainText('22.5');
  await device.publish('lamp/state', 'OFF');
  await device.subscribe('lamp/set');
  await tile(page, 'lamp').click();
  await device.next((message) => message.topic === 'lamp/set' && message.text === 'ON');
  await device.publish('lamp/state', 'ON');
  await expect(tile(page, 'lamp').getByRole('switch')).toBeChecked();
  await kachel.kill('SIGKILL');
  await expect(live(page)).not.toBeAttached();
  await kachel.start();
  await expect(live(page)).toBeAttached();
  expect(withoutLogin(heard).filter((line) => !/WebSocket|ERR_|Failed to load/.test(line))).toEqual([]);
});

test('arranging and adding a tile work on plain HTTP', async ({ page, kachel, device }) => {
  const heard = complaints(page);
  await device.publish('house/rooms/attic/sensors/temperature', '19.5');
  await enter(page, kachel, '/room/living/arrange');
  await page.locator('[data-arrange-tile="wc"]').focus();
  await page.keyboard.press('Shift+ArrowLeft');
  await page.getByRole('button', { name: 'Add tile' }).click();
  await page.getByRole('button', { name: 'house/rooms/attic/sensors/temperature' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.locator('[data-tile]').filter({ hasText: 'Temperature' })).toContainText('19.5');
  expect(withoutLogin(heard)).toEqual([]);
});

test('a device is added without a clipboard: the text is selected instead', async ({ page, kachel }) => {
  const heard = complaints(page);
  await enter(page, kachel, '/devices');
  await page.getByRole('button', { name: 'Add device' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Boiler');
  await page.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('button', { name: /^Copy ?: Password$/ }).click();
  await expect(said(page, 'Selected. Press Ctrl+C')).toBeVisible();
  expect(await page.evaluate(() => getSelection()?.toString())).toMatch(/^\S{12,}$/);
  expect(withoutLogin(heard)).toEqual([]);
});

test('a line says why it cannot be installed here', async ({ page, kachel }) => {
  await enter(page, kachel, '/settings');
  await expect(page.getByText('This address is plain HTTP, so browsers don’t install it.')).toBeVisible();
});

test('a name that is not ours gets no page', async ({ page, kachel }) => {
  const reply = await page.request.get(kachel.url, { headers: { host: `evil.example:${kachel.httpPort}` } });
  expect(reply.status()).toBe(421);
});
