import { testHouse, valueTile } from '../support/house.ts';
import { expect, live, test } from './kachel-test.ts';

const iPhone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1';
test.use({ userAgent: iPhone });

test('an iPhone is offered the home screen once, and finds the steps in the settings', async ({
  page,
  arrange,
  open,
}) => {
  await arrange(testHouse([valueTile('wc', 'wc/temperature')], 'Lindenhof'));
  const offer = page.getByRole('dialog', { name: 'Put Lindenhof on your home screen' });
  await open('/');
  await expect.poll(() => page.evaluate(() => localStorage.getItem('kachel-visits'))).toBe('1');
  await expect(offer).toHaveCount(0);

  await page.evaluate(() => localStorage.setItem('kachel-visits', '3'));
  await page.reload();
  await expect(offer.getByText('Add to Home Screen')).toBeVisible();
  await offer.getByRole('button', { name: 'Not now' }).click();
  await expect(offer).toBeHidden();
  await page.reload();
  await expect(live(page)).toBeAttached();
  await expect.poll(() => page.evaluate(() => localStorage.getItem('kachel-install-asked'))).toBe('1');
  await expect(offer).toHaveCount(0);

  await open('/settings');
  await page.getByRole('button', { name: /Put Lindenhof on your home screen/ }).click();
  await expect(offer.getByText('Share in the bar below')).toBeVisible();
  await offer.getByRole('button', { name: 'Done' }).click();
  await expect(offer).toBeHidden();
});
