import type { Page } from 'playwright/test';
import { copyBuild } from '../support/built-copy.ts';
import { testHouse, valueTile } from '../support/house.ts';
import { startKachel } from '../support/kachel.ts';
import { expect, live, saveHouse, signIn, test } from './kachel-test.ts';

const isNext = (page: Page) => page.locator('meta[name="build"]');

/** The browser looks for another version, as it does each hour. */
const look = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
  });

test('a new version asks, changes nothing without consent, and comes on consent', async ({ page, context }) => {
  const build = copyBuild();
  const kachel = await startKachel({ entry: build.entry });
  await signIn(context.request, kachel.url);
  await saveHouse(context.request, kachel.url, testHouse([valueTile('wc', 'wc/temperature')]));
  await page.goto(`${kachel.url}/room/living`);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.reload();
  await expect(live(page)).toBeAttached();
  await look(page);
  const question = page.getByRole('button', { name: 'Update' });
  await expect(question).toHaveCount(0);

  build.change();
  await kachel.kill('SIGTERM');
  await kachel.start();
  await look(page);
  await expect(question).toBeVisible();
  await expect(isNext(page)).toHaveCount(0);
  // Not even a reload brings it: the person has not agreed.
  await page.reload();
  await expect(live(page)).toBeAttached();
  await expect(isNext(page)).toHaveCount(0);
  await expect(question).toBeVisible();

  await question.click();
  await expect(isNext(page)).toHaveCount(1);
  await expect(live(page)).toBeAttached();
  await expect(question).toHaveCount(0);
  await kachel.dispose();
  build.dispose();
});
