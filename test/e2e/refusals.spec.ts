import { problems, type ProblemCode } from '../../shared/api/problem.ts';
import { testHouse, valueTile } from '../support/house.ts';
import { complaints, expect, said, signIn, test } from './kachel-test.ts';

/** What the page says to a save that the server refuses, and the button that tries again. */
const refusals = {
  en: {
    save: 'Save room',
    again: 'Try again',
    'store-failed': 'Not saved: the disk of the server is full, read-only or broken.',
    'too-large': 'That is too large',
    'foreign-origin': 'This request came from another page and was refused.',
    'foreign-host': 'Kachel does not know this address. Open it by its IP address or its own name.',
    'invalid-house': 'Not saved: /rooms/0/name is not valid.',
  },
  de: {
    save: 'Raum speichern',
    again: 'Nochmal',
    'store-failed': 'Nicht gespeichert: Die Platte des Servers ist voll, schreibgeschützt oder kaputt.',
    'too-large': 'Das ist zu groß',
    'foreign-origin': 'Diese Anfrage kam von einer anderen Seite und wurde abgelehnt.',
    'foreign-host': 'Kachel kennt diese Adresse nicht. Öffne es über die IP-Adresse oder den eigenen Namen.',
    'invalid-house': 'Nicht gespeichert: /rooms/0/name ist nicht gültig.',
  },
} as const;
const codes = ['store-failed', 'too-large', 'foreign-origin', 'foreign-host', 'invalid-house'] as const;

for (const language of ['en', 'de'] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ locale: language });

    test('a refused save is told, loses nothing typed, and can be tried again', async ({
      page,
      context,
      kachel,
      arrange,
      open,
    }) => {
      const words = refusals[language];
      await arrange(testHouse([valueTile('wc', 'wc/temperature')]));
      await signIn(context.request, kachel.url);
      let next: ProblemCode | undefined;
      await page.route('**/api/house', async (route) => {
        if (route.request().method() !== 'PUT' || next === undefined) return route.fallback();
        const json = { code: next, message: 'refused', path: '/rooms/0/name' };
        return route.fulfill({ status: problems[next], json });
      });
      await open('/room/living/settings');
      await page.getByLabel('Name', { exact: true }).fill('Parlour');
      for (const code of codes) {
        next = code;
        await page.getByRole('button', { name: words.save }).click();
        await expect(said(page, words[code])).toBeVisible();
        await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Parlour');
      }
      next = undefined;
      await page.getByRole('button', { name: words.again }).last().click();
      await expect
        .poll(async () => JSON.stringify(await (await page.request.get(`${kachel.url}/api/house`)).json()))
        .toContain('Parlour');
    });

    test('too many tries and a wrong password are told at the door', async ({ page, kachel }) => {
      const heard = complaints(page);
      await page.route('**/api/login', (route) =>
        route.fulfill({ status: 429, json: { code: 'too-many-tries', message: 'wait', params: { seconds: 30 } } }),
      );
      await page.goto(kachel.url);
      await page.getByLabel('Name').fill('Anna');
      await page.locator('input[type="password"]').fill('guess guess');
      await page.keyboard.press('Enter');
      const text = language === 'en' ? 'Too many tries. Wait a moment' : 'Zu viele Versuche. Warte einen Moment';
      await expect(said(page, new RegExp(text))).toBeVisible();
      await page.unroute('**/api/login');
      await page.keyboard.press('Enter');
      const wrong = language === 'en' ? 'Name or password is wrong' : 'Name oder Passwort stimmt nicht';
      await expect(said(page, wrong)).toBeVisible();
      // The browser itself notes replies of 4xx; nothing else complains.
      expect(heard.filter((text) => !text.includes('Failed to load resource'))).toEqual([]);
    });
  });
}
