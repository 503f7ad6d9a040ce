import { testHouse, testTile, valueTile } from '../support/house.ts';
import { complaints, expect, test, tile } from './kachel-test.ts';

const markup = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>';
const oddTopics = [
  'odd/ä ö/\u{1f4a1}/"quotes"',
  `odd/${markup}`,
  'odd//empty/',
  '/odd',
  `odd/${'deep/'.repeat(60)}end`,
];
const number = (id: string) => valueTile(id, `bad/${id}`);

const house = testHouse([
  number('bytes'),
  number('large'),
  testTile('nested', 'value', { value: { type: 'number', stateTopic: 'bad/nested', path: '$.a.a.a' } }),
  testTile('markup', 'text', { value: { type: 'text', stateTopic: 'bad/markup' } }, { title: markup.slice(0, 40) }),
  testTile('words', 'text', { value: { type: 'text', stateTopic: 'bad/words' } }),
  testTile('infinite', 'value', { value: { type: 'number', stateTopic: 'bad/infinite' } }),
  ...oddTopics.map((topic, index) => valueTile(`odd-${index}`, topic)),
]);

const nested = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

test('bad payloads and odd topics: every tile stays, nothing runs, nothing complains', async ({
  page,
  device,
  arrange,
  open,
}) => {
  const heard = complaints(page);
  await arrange(house);
  await device.publish('bad/bytes', Buffer.from([0xff, 0xfe, 0x00, 0x80]));
  await open('/room/living');
  await device.publish('bad/large', 'x'.repeat(1_000_000));
  await device.publish('bad/words', `${'long words '.repeat(90_000)}`);
  await device.publish('bad/nested', nested(50_000));
  await device.publish('bad/markup', markup);
  await device.publish('bad/infinite', '1e999');
  for (const [index, topic] of oddTopics.entries()) await device.publish(topic, `${index}.5`);

  await expect(tile(page, 'bytes')).toContainText('not readable');
  await expect(tile(page, 'large')).toContainText(/Says|not readable/);
  await expect(tile(page, 'nested')).toContainText(/Says|not readable/);
  await expect(tile(page, 'infinite')).toContainText(/Says|not readable/);
  await expect(tile(page, 'markup')).toContainText('<img src=x');
  for (const index of oddTopics.keys()) await expect(tile(page, `odd-${index}`)).toContainText(`${index}.5`);
  await expect(page.locator('[data-tile]')).toHaveCount(house.tiles.length);

  // The next good message is shown: nothing got stuck.
  await device.publish('bad/bytes', '12.5');
  await device.publish('bad/large', '13.5');
  await expect(tile(page, 'bytes')).toContainText('12.5');
  await expect(tile(page, 'large')).toContainText('13.5');
  await expect(page.locator('main img[src="x"]')).toHaveCount(0);
  expect(await page.evaluate(() => 'pwned' in window)).toBe(false);
  expect(heard).toEqual([]);
});

test('the same messages in the list of topics, in details and after a reload', async ({
  page,
  device,
  arrange,
  open,
}) => {
  const heard = complaints(page);
  await arrange(house);
  await device.publish('bad/large', 'x'.repeat(1_000_000));
  await device.publish('bad/markup', markup);
  await device.publish('bad/nested', nested(50_000));
  await device.publish('new/bytes', Buffer.from([0xff, 0x00]));
  await device.publish('new/markup', markup);
  await device.publish('new/nested', nested(5_000));
  await device.publish(`new/${markup}`, '1');
  await open('/room/living');
  await expect(tile(page, 'large')).toContainText(/Says|not readable/);
  await tile(page, 'markup').click();
  await expect(page.getByRole('dialog')).toContainText('<img src=x');
  await page.keyboard.press('Escape');
  // The sheet takes its history entry back, which would stop a page that begins to load meanwhile.
  await expect.poll(() => page.evaluate(() => JSON.stringify(history.state) ?? '')).not.toContain('sheetDepth');
  await open('/room/living/add');
  await page.getByLabel('Device, topic or kind').fill('new/');
  await expect(page.getByText('new/bytes')).toBeVisible();
  await expect(page.getByText(`new/${markup}`)).toBeVisible();
  await page.getByText('new/markup').click();
  await open('/tile/nested/edit');
  await expect(page.getByText('Last message')).toBeVisible();
  await open('/devices');
  expect(await page.evaluate(() => 'pwned' in window)).toBe(false);
  expect(heard).toEqual([]);
});
