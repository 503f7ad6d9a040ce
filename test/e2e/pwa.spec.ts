import type { Page } from 'playwright/test';
import * as v from 'valibot';
import { switchTile, testHouse, valueTile } from '../support/house.ts';
import { expect, live, test, tile } from './kachel-test.ts';

const manifestSchema = v.object({
  name: v.string(),
  short_name: v.string(),
  start_url: v.literal('/'),
  display: v.literal('standalone'),
  icons: v.array(v.object({ src: v.string(), sizes: v.string(), type: v.string(), purpose: v.string() })),
  shortcuts: v.array(v.object({ name: v.string(), url: v.string() })),
});

/** The service worker is installed and holds the page; the next load goes through it. */
async function underWorker(page: Page): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.reload();
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
  await expect(live(page)).toBeAttached();
}

/** What the page has kept of the last values; it does so when it notices that the server is gone. */
const keptText = (page: Page): Promise<string> =>
  page.evaluate(async () => (await caches.match('/api/snapshot'))?.text() ?? '');

/** Width and height as the header of a PNG says. */
const sizeOfPng = (png: Buffer): string => `${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`;

test.beforeEach(async ({ arrange }) => arrange(testHouse([valueTile('wc', 'wc/temperature'), switchTile('lamp')])));

test('Chromium would install it: manifest, icons, worker', async ({ page, kachel, open }) => {
  await open('/');
  await underWorker(page);
  const reply = await page.request.get(`${kachel.url}/manifest.webmanifest`);
  expect(reply.headers()['content-type']).toContain('application/manifest+json');
  const manifest = v.parse(manifestSchema, await reply.json());
  const sizes = ['192x192', '512x512'];
  for (const size of sizes) {
    const icon = manifest.icons.find((one) => one.sizes === size && one.purpose === 'any');
    const png = await page.request.get(`${kachel.url}${icon?.src}`);
    expect(sizeOfPng(await png.body())).toBe(size);
  }
  expect(manifest.icons.some((one) => one.purpose === 'maskable')).toBe(true);
  for (const { url } of manifest.shortcuts) expect((await page.request.get(`${kachel.url}${url}`)).status()).toBe(200);
  const session = await page.context().newCDPSession(page);
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  // A test browser without a profile says so; nothing else may stand in the way.
  expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
});

test('offline the page opens with the last values and their age; then it is live again by itself', async ({
  page,
  kachel,
  device,
  open,
}) => {
  await device.publish('lamp/state', 'OFF', { retain: true });
  await device.publish('wc/temperature', '21.5');
  await open('/room/living');
  await underWorker(page);
  await device.publish('wc/temperature', '22.5');
  await expect(tile(page, 'wc')).toContainText('22.5');
  await kachel.kill('SIGTERM');
  await expect.poll(() => keptText(page)).toContain('22.5');
  await page.reload();
  await expect(tile(page, 'wc')).toContainText('22.5');
  await expect(tile(page, 'wc')).toHaveClass(/base-offline/);
  await expect(page.getByText(/Showing values from \d/)).toBeVisible();
  await expect(tile(page, 'lamp').getByRole('switch')).toBeDisabled();
  await kachel.start();
  await expect(live(page)).toBeAttached();
  await expect(page.getByText('Showing values from')).toBeHidden();
  await expect(tile(page, 'wc')).not.toHaveClass(/base-offline/);
});

test('the page that leads through trusting this home comes from the server', async ({ page, open, kachel }) => {
  await open('/');
  await underWorker(page);
  const reply = await page.goto(`${kachel.url}/trust`);
  expect(reply?.fromServiceWorker()).toBe(false);
  expect(reply?.ok()).toBe(true);
});

test('every page opens offline', async ({ page, kachel, open }) => {
  await open('/room/living');
  await underWorker(page);
  await kachel.kill('SIGTERM');
  for (const path of ['/', '/room/living', '/settings', '/devices', '/room/living/arrange', '/tile/wc/edit']) {
    await page.goto(`${kachel.url}${path}`);
    await expect(page.getByRole('main').locator('h1, header').first()).toBeVisible();
  }
});

test('after signing out nobody reads the last values on this phone', async ({ page, kachel, open }) => {
  await open('/settings');
  await underWorker(page);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  await kachel.kill('SIGTERM');
  await page.goto(`${kachel.url}/room/living`);
  await expect(page.getByText('Kachel cannot be reached')).toBeVisible();
  await expect(page.locator('[data-tile]')).toHaveCount(0);
});
