import type { Page } from 'playwright/test';
import { accessibilityProblems } from '../support/axe.ts';
import { switchTile, testHouse, testTile, valueTile } from '../support/house.ts';
import { complaints, expect, live, test } from './kachel-test.ts';

const house = testHouse([
  switchTile('lamp', { title: 'Ceiling lamp', favourite: true }),
  valueTile('wc', 'wc/temperature', { title: 'Temperature', favourite: true }),
  testTile('dimmer', 'light', {
    power: { type: 'boolean', stateTopic: 'dimmer/state', commandTopic: 'dimmer/set' },
    brightness: { type: 'number', stateTopic: 'dimmer/level', commandTopic: 'dimmer/level/set', min: 0, max: 100 },
  }),
  testTile('window', 'binary-sensor', { state: { type: 'boolean', stateTopic: 'window/state' } }),
  testTile('words', 'text', { value: { type: 'text', stateTopic: 'words' } }, { roomId: 'kitchen' }),
]);
const pages = [
  '/',
  '/more',
  '/room/living',
  '/room/living/arrange',
  '/room/living/add',
  '/room/living/settings',
  '/tile/dimmer/edit',
  '/people',
  '/people/invite',
  '/devices',
  '/ask',
  '/settings',
];

test.describe('the pages', () => {
  test.beforeEach(async ({ arrange, device }) => {
    await arrange(house);
    await device.publish('lamp/state', 'ON');
    await device.publish('wc/temperature', '21.5');
    await device.publish('dimmer/state', 'ON');
    await device.publish('dimmer/level', '60');
    await device.publish('window/state', 'ON');
    await device.publish('words', 'A sentence from a device');
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`obey WCAG 2.2 AA in ${colorScheme} and complain about nothing`, async ({ page, open }) => {
      // A dozen pages, each looked at thoroughly.
      test.slow();
      const heard = complaints(page);
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      for (const path of pages) {
        await open(path);
        await expect(page.getByRole('heading').first()).toBeVisible();
        expect(await accessibilityProblems(page), path).toEqual([]);
      }
      expect(heard).toEqual([]);
    });
  }

  test('the sheet of details obeys WCAG 2.2 AA', async ({ page, open }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await open('/room/living');
    await page.getByRole('button', { name: 'Details: Temperature' }).click();
    await expect(page.getByRole('dialog', { name: 'Temperature' })).toBeVisible();
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  for (const { name, width, percent } of [
    { name: 'on 320 px', width: 320, percent: 100 },
    { name: 'with text of 200 %', width: 390, percent: 200 },
  ]) {
    test(`need no scrolling sideways ${name}`, async ({ page, open }) => {
      await page.setViewportSize({ width, height: 640 });
      await page.addInitScript((size) => localStorage.setItem('kachel-text-scale', `${size}`), percent);
      for (const path of pages) {
        await open(path);
        await expect(page.getByRole('heading').first()).toBeVisible();
        expect(await stickingOut(page), path).toEqual([]);
      }
    });
  }

  for (const path of ['/', '/room/living']) {
    test(`${path} does not jump while it loads`, async ({ page, open }) => {
      await page.addInitScript(watchShifts);
      await open(path);
      await page.evaluate(() => document.fonts.ready.then(() => undefined));
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      expect(await page.evaluate(() => (window as unknown as Shifting).shift)).toBeLessThan(0.01);
    });
  }

  test('speak the language of the phone', async ({ page, kachel, browser, open }) => {
    await open('/room/living');
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    const german = await browser.newContext({ locale: 'de-DE', storageState: await page.context().storageState() });
    const other = await german.newPage();
    await other.goto(`${kachel.url}/settings`);
    await expect(live(other)).toBeAttached();
    await expect(other.locator('html')).toHaveAttribute('lang', 'de');
    await expect(other.getByRole('heading', { name: 'Einstellungen' })).toBeVisible();
    await german.close();
  });
});

for (const theme of ['light', 'dark'])
  for (const language of ['en', 'de']) {
    test(`every part and kind in every state obeys WCAG 2.2 AA: ${theme}, ${language}`, async ({ page, kachel }) => {
      const heard = complaints(page);
      await page.emulateMedia({ reducedMotion: 'reduce' });
      await page.goto(`${kachel.url}/gallery/index.html?theme=${theme}&lang=${language}`);
      await expect(page.locator('[data-exhibit]').first()).toBeVisible();
      expect(await accessibilityProblems(page)).toEqual([]);
      expect(heard).toEqual([]);
    });
  }

interface Shifting {
  shift: number;
}

/** Runs in the page from its first line on. */
function watchShifts(): void {
  const sum = window as unknown as Shifting;
  sum.shift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[])
      if (!entry.hadRecentInput) sum.shift += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
}

/** Elements that make the page wider than the screen. */
const stickingOut = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = [...document.querySelectorAll('body *')].filter(
      (one) => one.getBoundingClientRect().right > clientWidth + 0.5,
    );
    return wide.map((one) => `${one.tagName} .${one.classList.value}: ${one.getBoundingClientRect().right}`);
  });
