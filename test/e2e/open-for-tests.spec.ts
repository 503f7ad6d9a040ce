import type { Page } from 'playwright/test';
import { switchTile, testHouse } from '../support/house.ts';
import { createAccount, expect, setupLink, signIn, test } from './kachel-test.ts';

const warning = (page: Page) => page.getByText('Kachel runs with --allow-anonymous').filter({ visible: true });

/** What the server answers to somebody who may not come in. */
const refusal = (status: number, code: string) => ({ status, json: { code, message: 'No.' } });

/** Pages that stand before the house: how somebody gets there, and what he reads. */
const before: readonly (readonly [what: string, go: (page: Page, url: string) => Promise<unknown>, read: string])[] = [
  ['the login', (page, url) => page.goto(url), 'Sign in'],
  ['an invitation', (page, url) => page.goto(`${url}/#invite=abcdefgh`), 'This invitation'],
  ['a card that has ended', (page, url) => refused(page, url, 403, 'account-ended'), 'This card has ended'],
  ['away from home', (page, url) => refused(page, url, 403, 'not-at-home'), 'only in the home network'],
  ['a server that fails', (page, url) => refused(page, url, 500, 'internal'), 'Kachel cannot be reached'],
  ['the trust page', (page, url) => page.goto(`${url}/trust`), 'Trust this home'],
  ['a browser that is too old', (page, url) => tooOld(page, url), 'too old for Kachel'],
];

async function refused(page: Page, url: string, status: number, code: string): Promise<void> {
  await page.route('**/api/snapshot', (route) => route.fulfill(refusal(status, code)));
  await page.goto(url);
}

async function tooOld(page: Page, url: string): Promise<void> {
  await page.addInitScript(() => Reflect.deleteProperty(Array.prototype, 'findLast'));
  await page.goto(url);
}

/** Every page behind the login, and one that is none. */
const behind = [
  '/',
  '/more',
  '/room/living',
  '/room/living/arrange',
  '/room/living/add',
  '/room/living/settings',
  '/room/new',
  '/tile/lamp/edit',
  '/tile/lamp/log',
  '/people',
  '/people/invite',
  '/people/logins',
  '/people/nobody',
  '/groups/roles',
  '/groups/none',
  '/devices',
  '/devices/none',
  '/log',
  '/ask',
  '/settings',
  '/nowhere',
];

test.describe('a house that is open for tests', () => {
  test.use({ server: { flags: ['--allow-anonymous'] } });

  test('says so on every page before the login', async ({ kachel, context }) => {
    for (const [what, go, read] of before) {
      const page = await context.newPage();
      await go(page, kachel.url);
      await expect(page.getByText(read).first(), what).toBeVisible();
      await expect(warning(page), what).toBeVisible();
      await page.close();
    }
  });

  test('says so on every page behind the login', async ({ page, kachel, arrange }) => {
    await arrange(testHouse([switchTile('lamp')]));
    await signIn(page.context().request, kachel.url);
    for (const path of behind) {
      await page.goto(`${kachel.url}${path}`);
      await expect(page.locator('main')).toBeVisible();
      await expect(warning(page), path).toBeVisible();
    }
  });
});

test.describe('a new house that is open for tests', () => {
  test.use({ server: { withOwner: false, flags: ['--allow-anonymous'] } });

  test('says so while it is set up, and is not called closed', async ({ page, kachel }) => {
    await page.goto(setupLink(kachel.output()).href);
    await expect(warning(page)).toBeVisible();
    await expect(page.getByText('Your broker is closed to strangers')).toHaveCount(0);
    await createAccount(page);
    await expect(page.getByRole('heading', { name: 'Your broker is running' })).toBeVisible();
    await expect(warning(page)).toBeVisible();
  });
});

test('a closed house does not warn', async ({ page, kachel }) => {
  const asked = page.waitForResponse('**/api/public');
  await tooOld(page, kachel.url);
  await (await asked).finished();
  await expect(page.getByText('too old for Kachel')).toBeVisible();
  await expect(warning(page)).toHaveCount(0);
});
