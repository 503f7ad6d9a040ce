import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import type { Snapshot } from '../../shared/api/contract.ts';
import { owner, startKachel, type Kachel } from '../support/kachel.ts';

/** A demo house in each language. */
const houses = new Map<'en' | 'de', Kachel>();

test.beforeAll(async () => {
  for (const language of ['en', 'de'] as const)
    houses.set(language, await startKachel({ flags: ['--demo'], language }));
});
test.afterAll(async () => {
  for (const house of houses.values()) await house.dispose();
});

const phone = { width: 390, height: 844 };
const panel = { width: 1_280, height: 800 };
const desktop = { width: 1_440, height: 900 };

/** File name, what is opened (`room` = the first room), on which screen. */
const pictures = [
  { name: 'phone-home', path: '/', viewport: phone, scheme: 'light', locale: 'en' },
  { name: 'phone-room', path: 'room', viewport: phone, scheme: 'light', locale: 'en' },
  { name: 'phone-room-dark', path: 'room', viewport: phone, scheme: 'dark', locale: 'de' },
  { name: 'panel-room-dark', path: 'room', viewport: panel, scheme: 'dark', locale: 'en' },
  { name: 'desktop-room', path: 'room', viewport: desktop, scheme: 'light', locale: 'en' },
] as const;

for (const { name, path, viewport, scheme, locale } of pictures) {
  test(name, async ({ browser }) => {
    const kachel = houses.get(locale);
    if (!kachel) throw new Error(`no house speaks ${locale}`);
    const context = await browser.newContext({
      viewport,
      colorScheme: scheme,
      locale,
      deviceScaleFactor: 2,
      baseURL: kachel.url,
    });
    const login = await context.request.post('/api/login', {
      data: { name: owner.name, password: owner.password, stay: true },
      headers: { origin: kachel.url },
    });
    expect(login.ok()).toBe(true);
    const reads = async (): Promise<Snapshot> =>
      (await (await context.request.get('/api/snapshot')).json()) as Snapshot;
    // The house has drifted in: every device has spoken at least once.
    await expect.poll(async () => (await reads()).values.length).toBeGreaterThan(20);
    const { house } = await reads();
    const page = await context.newPage();
    await page.goto(path === 'room' ? `/room/${house.rooms[0]?.id}` : path);
    await expect(page.getByRole('main')).toBeVisible();
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    await page.screenshot({ path: join(import.meta.dirname, `${name}.png`) });
    await context.close();
  });
}
