import { switchTile, testHouse } from '../support/house.ts';
import { expect, live, test, tile } from './kachel-test.ts';

test('tab and history name the page that is open, in the chosen language', async ({ page, arrange, open }) => {
  await arrange(testHouse([switchTile('lamp')], 'Lindenhof'));
  await open('/');
  await expect(page).toHaveTitle('Lindenhof');
  await page.goto(new URL('/room/living', page.url()).href);
  await expect(tile(page, 'lamp')).toBeVisible();
  await expect(page).toHaveTitle('Living room · Lindenhof');

  await page.goto(new URL('/room/living/arrange', page.url()).href);
  const arranging = /^Tiles of Living room.* · Lindenhof$/;
  await expect(page).toHaveTitle(arranging);
  await page.getByRole('button', { name: /Living room, Room/ }).click();
  await expect(page).toHaveTitle('Room settings · Lindenhof');
  await page.getByRole('button', { name: 'Close' }).click();
  await expect(page).toHaveTitle(arranging);

  await page.goto(new URL('/settings', page.url()).href);
  await expect(page).toHaveTitle('Settings · Lindenhof');
  await page.getByRole('radio', { name: 'Deutsch' }).check({ force: true });
  await expect(page).toHaveTitle('Einstellungen · Lindenhof');
  await expect(live(page)).toBeAttached();
  await page.getByRole('button', { name: 'Abmelden' }).click();
  await expect(page.getByRole('button', { name: 'Anmelden' })).toBeVisible();
  await expect(page).toHaveTitle('Anmelden · Lindenhof');
});
