import { accessibilityProblems } from '../support/axe.ts';
import { complaints, expect, test } from './kachel-test.ts';

test('an owner lets the home be checked, clears a password from a topic, and learns about the rest', async ({
  page,
  open,
  device,
}) => {
  const heard = complaints(page);
  await device.publish('tele/plug7/INFO2', JSON.stringify({ SSId1: 'Home', Password1: 'hunter2-hunter2' }), {
    retain: true,
  });
  await open('/settings');
  await page.getByRole('link', { name: 'Self-check' }).click();
  // The test's device may use everything, and a fresh house has no copy.
  await expect(page.getByRole('heading', { name: '1 door is open, 2 to improve' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Good' })).toContainText('Nobody gets in without a name');
  expect(await page.content()).not.toContain('hunter2');
  expect(await accessibilityProblems(page)).toEqual([]);

  const repair = page.getByRole('region', { name: 'Repair' });
  await expect(repair).toContainText('A Wi-Fi password lies on a topic');
  await repair.getByRole('button', { name: /^Clear/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Clear it' }).click();
  await expect(page.getByRole('region', { name: 'Good' })).toContainText('No passwords lie on topics');
  await expect(repair).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'All doors are closed, 2 to improve' })).toBeVisible();

  await page.getByRole('button', { name: /^Explain ?: No copy/ }).click();
  await expect(page.getByRole('dialog')).toContainText('kachel backup FILE');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Narrow/ }).click();
  await expect(page).toHaveURL(/\/devices\/[\w-]+$/);
  expect(heard).toEqual([]);
});

test('what was put right moves to Good with the next check', async ({ page, open, kachel, device }) => {
  await device.publish('lamp/state', 'ON');
  await open('/settings/check');
  await expect(page.getByText('No copy of this home is known', { exact: true })).toBeVisible();
  expect((await kachel.run('backup', `${kachel.dataDir}/copy-elsewhere.db`)).code).toBe(0);
  await expect(async () => {
    await page.getByRole('button', { name: 'Check', exact: true }).click();
    await expect(page.getByText('The last copy is readable')).toBeVisible({ timeout: 2_000 });
  }).toPass();
});
