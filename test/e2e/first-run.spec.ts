import type { Page } from 'playwright/test';
import { owner } from '../support/kachel.ts';
import { complaints, createAccount, expect, live, said, setupLink, test } from './kachel-test.ts';

async function signInByHand(page: Page, password: string): Promise<void> {
  await page.getByLabel('Name').fill(owner.name);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

test.describe('a house without an owner', () => {
  test.use({ server: { withOwner: false } });

  test('the printed link leads to an account, the first device and an empty home', async ({ page, kachel }) => {
    const heard = complaints(page);
    await page.goto(setupLink(kachel.output()).href);
    await expect(page.getByLabel('Set-up code')).toHaveCount(0);
    await createAccount(page);
    await expect(page.getByRole('heading', { name: 'Your broker is running' })).toBeVisible();
    await expect(page.getByLabel('Port')).toHaveValue(`${kachel.mqttPort}`);
    expect(page.url()).not.toContain('setup');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByLabel('Name of the device').fill('Socket in the hall');
    await page.getByRole('button', { name: 'Add the device' }).click();
    await expect(page.getByLabel('Password', { exact: true })).toHaveValue(/\S{12,}/);
    await page.getByRole('button', { name: 'Open your home' }).click();
    await expect(page.getByText('No tiles here yet')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Add a tile' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Show the demo house' })).toBeVisible();
    expect(heard.filter((line) => !line.includes('401'))).toEqual([]);
  });

  test('a wrong code is refused, and a used one opens nothing', async ({ page, kachel, browser }) => {
    const link = setupLink(kachel.output());
    await page.goto(kachel.url);
    await page.getByLabel('Set-up code').fill('AAAA-AAAA-AAAA-AAAA');
    await createAccount(page);
    await expect(page.getByText('That is not the set-up code')).toBeVisible();
    await page.getByLabel('Set-up code').fill(link.hash.replace('#setup=', ''));
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(page.getByRole('heading', { name: 'Your broker is running' })).toBeVisible();
    const stranger = await (await browser.newContext()).newPage();
    await stranger.goto(link.href);
    await expect(stranger.getByRole('button', { name: 'Sign in' })).toBeVisible();
    await stranger.context().close();
  });

  test('the demo house fills the empty home', async ({ page, kachel }) => {
    await page.goto(setupLink(kachel.output()).href);
    await createAccount(page);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Later' }).click();
    await page.getByRole('button', { name: 'Show the demo house' }).click();
    await page
      .getByRole('main')
      .getByRole('link', { name: /Living/ })
      .first()
      .click();
    await expect(page.locator('[data-tile]')).not.toHaveCount(0);
    await expect(live(page)).toBeAttached();
  });
});

test('a wrong password is refused, the right one opens, signing out closes', async ({ page, kachel }) => {
  await page.goto(`${kachel.url}/settings`);
  await signInByHand(page, 'not the password');
  await expect(page.getByText('Name or password is wrong')).toBeVisible();
  await signInByHand(page, owner.password);
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  expect((await page.request.get(`${kachel.url}/api/snapshot`)).status()).toBe(401);
});

test('ending another login cuts it at once', async ({ page, open, openElsewhere }) => {
  const other = await openElsewhere('/');
  await open('/settings');
  await page.getByRole('button', { name: /^End/ }).first().click();
  await expect(other.getByText('Your sign-in has ended')).toBeVisible();
  await expect(page.getByRole('button', { name: /^End/ })).toHaveCount(0);
});

test('a changed password ends the other logins, and the old one opens nothing', async ({
  page,
  open,
  openElsewhere,
}) => {
  const other = await openElsewhere('/');
  await open('/settings');
  await page.getByRole('button', { name: 'Change password' }).click();
  await page.getByLabel('Current password').fill(owner.password);
  await page.getByLabel('New password').fill('another long password');
  await page.getByRole('button', { name: 'Change it' }).click();
  await expect(said(page, 'Password changed. Your other logins have ended.')).toBeVisible();
  await expect(other.getByText('Your sign-in has ended')).toBeVisible();
  await signInByHand(other, owner.password);
  await expect(other.getByText('Name or password is wrong')).toBeVisible();
});
