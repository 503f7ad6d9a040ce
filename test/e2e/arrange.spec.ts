import type { Locator, Page } from 'playwright/test';
import type { HouseReply } from '../../shared/api/contract.ts';
import type { Placement } from '../../shared/house/house.ts';
import { switchTile, testHouse } from '../support/house.ts';
import { expect, live, test, tile } from './kachel-test.ts';

const house = testHouse(['a', 'b', 'c'].map((id) => switchTile(id)));
test.use({ hasTouch: true });
test.beforeEach(async ({ arrange }) => arrange(house));

/** A tile on the board; its name says where it lies. */
const board = (page: Page, id: string): Locator => page.locator(`[data-arrange-tile="${id}"]`);
const lies = (x: number, y: number, size: string): RegExp => new RegExp(`column ${x}, row ${y}, ${size}$`);

interface Point {
  readonly x: number;
  readonly y: number;
}

async function middleOf(locator: Locator): Promise<Point> {
  const box = await locator.boundingBox();
  if (!box) throw new Error('not on the screen');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Where a lifted tile may go; on the screen only while one is in the air. */
const targets = (page: Page): Locator => page.locator('[data-drop="remove"]');

/** One finger: down at `from`, then along a line to `to` once `isReady`, and up. */
async function draw(
  page: Page,
  from: Point,
  { to, isReady }: { to: () => Promise<Point>; isReady: () => Promise<void> },
) {
  const session = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', at?: Point): Promise<unknown> =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: at ? [at] : [] });
  await touch('touchStart', from);
  await isReady();
  const end = await to();
  const steps = 8;
  for (let step = 1; step <= steps; step += 1) {
    const share = step / steps;
    await touch('touchMove', { x: from.x + (end.x - from.x) * share, y: from.y + (end.y - from.y) * share });
  }
  await touch('touchEnd');
}

/** Holds a finger on a tile until it is in the air, carries it and lets go. */
async function carry(page: Page, id: string, to: () => Promise<Point>): Promise<void> {
  await draw(page, await middleOf(board(page, id)), { to, isReady: () => expect(targets(page)).toBeVisible() });
  await expect(targets(page)).toBeHidden();
}

/** Saves the tile in the editor and waits for its room. */
async function saveTile(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save tile' }).click();
  await expect(page).toHaveURL(/\/room\/living$/);
}

const placements = async (page: Page, url: string): Promise<readonly Placement[]> => {
  const { house: saved } = (await (await page.request.get(`${url}/api/house`)).json()) as HouseReply;
  return saved.rooms[0]?.layouts.phone.placements ?? [];
};

test('a finger moves a tile, Undo takes it back, Done saves, another phone sees it without a reload', async ({
  page,
  kachel,
  open,
  openElsewhere,
}) => {
  const other = await openElsewhere('/room/living');
  await open('/room/living');
  await page.getByRole('link', { name: 'Arrange Living room' }).click();
  await expect(board(page, 'a')).toHaveAccessibleName(lies(1, 1, '2 by 1'));
  const beside = async (): Promise<Point> => ({
    x: (await middleOf(board(page, 'b'))).x,
    y: (await middleOf(board(page, 'c'))).y,
  });
  await carry(page, 'a', beside);
  await expect(board(page, 'a')).toHaveAccessibleName(lies(3, 2, '2 by 1'));
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await expect(board(page, 'a')).toHaveAccessibleName(lies(1, 1, '2 by 1'));
  await carry(page, 'a', beside);
  expect(await placements(page, kachel.url)).toContainEqual({ tileId: 'a', x: 0, y: 0, size: '2x1' });

  const before = await tile(other, 'a').boundingBox();
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page).toHaveURL(/\/room\/living$/);
  await expect.poll(async () => (await tile(other, 'a').boundingBox())?.x).toBeGreaterThan(before?.x ?? Infinity);
  expect(await placements(page, kachel.url)).toContainEqual({ tileId: 'a', x: 2, y: 1, size: '2x1' });
});

test('a finger carries a tile to another room', async ({ page, kachel, open }) => {
  await open('/room/living/arrange');
  await carry(page, 'b', () => middleOf(page.locator('[data-drop="kitchen"]')));
  await expect(board(page, 'b')).toHaveCount(0);
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page).toHaveURL(/\/room\/living$/);
  await page.goto(`${kachel.url}/room/kitchen`);
  await expect(tile(page, 'b')).toBeVisible();
});

test('a finger that moves at once scrolls and lifts nothing', async ({ page, open, arrange }) => {
  await arrange(testHouse(Array.from({ length: 40 }, (_, index) => switchTile(`t${index}`))));
  await open('/room/living/arrange');
  const from = await middleOf(board(page, 't4'));
  const to = (): Promise<Point> => Promise.resolve({ x: from.x, y: from.y - 250 });
  await draw(page, from, { to, isReady: () => Promise.resolve() });
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBeGreaterThan(100);
  await expect(targets(page)).toHaveCount(0);
  await expect(board(page, 't4')).toHaveAccessibleName(lies(1, 3, '2 by 1'));
});

test('keys move, resize and undo, and Done saves', async ({ page, kachel, open }) => {
  await open('/room/living/arrange');
  await board(page, 'a').focus();
  await page.keyboard.press('Shift+ArrowLeft');
  await expect(board(page, 'a')).toHaveAccessibleName(lies(1, 1, '1 by 1'));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await expect(board(page, 'a')).toHaveAccessibleName(/1 by 1$/);
  const moved = await board(page, 'a').getAttribute('aria-label');
  await page.keyboard.press('Control+z');
  await expect(board(page, 'a')).not.toHaveAccessibleName(moved ?? '');
  await page.keyboard.press('Control+Shift+z');
  await expect(board(page, 'a')).toHaveAccessibleName(moved ?? '');
  await expect(board(page, 'a')).toBeFocused();
  await page.getByRole('button', { name: 'Done' }).press('Enter');
  await expect(page).toHaveURL(/\/room\/living$/);
  expect((await placements(page, kachel.url)).find((one) => one.tileId === 'a')?.size).toBe('1x1');
});

test('leaving without Done asks first, and nobody else has seen anything', async ({ page, kachel, open }) => {
  await open('/room/living/arrange');
  await board(page, 'c').focus();
  await page.keyboard.press('Delete');
  await expect(board(page, 'c')).toHaveCount(0);
  await page.goBack();
  await expect(page.getByRole('dialog', { name: 'Leave without saving?' })).toBeVisible();
  await page.getByRole('button', { name: 'Discard changes' }).click();
  await expect(tile(page, 'c')).toBeVisible();
  expect(await placements(page, kachel.url)).toHaveLength(3);
});

test('two people edit at once: both changes stay', async ({ page, open, openElsewhere }) => {
  await open('/room/living/arrange');
  const other = await openElsewhere('/tile/b/edit');
  await board(page, 'a').focus();
  await page.keyboard.press('Shift+ArrowLeft');
  await other.getByLabel('Name', { exact: true }).fill('Balcony');
  await saveTile(other);
  await expect(tile(other, 'b')).toContainText('Balcony');
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page).toHaveURL(/\/room\/living$/);
  await expect(tile(page, 'b')).toContainText('Balcony');
  await expect(live(page)).toBeAttached();
  const width = async (id: string): Promise<number> => (await tile(other, id).boundingBox())?.width ?? 0;
  await expect.poll(async () => (await width('a')) < (await width('b'))).toBe(true);
});

for (const { choice, kept } of [
  { choice: 'Theirs: Theirs', kept: 'Theirs' },
  { choice: 'Mine: Ours', kept: 'Ours' },
]) {
  test(`two people rename the same tile: the second is asked and takes “${choice}”`, async ({
    page,
    open,
    openElsewhere,
  }) => {
    await open('/tile/a/edit');
    const other = await openElsewhere('/tile/a/edit');
    await other.getByLabel('Name', { exact: true }).fill('Theirs');
    await saveTile(other);
    await expect(tile(other, 'a')).toContainText('Theirs');
    await page.getByLabel('Name', { exact: true }).fill('Ours');
    await page.getByRole('button', { name: 'Save tile' }).click();
    const question = page.getByRole('dialog', { name: 'Changed by two people' });
    await question.getByText(choice).click();
    await question.getByRole('button', { name: 'Save' }).click();
    await expect(page).toHaveURL(/\/room\/living$/);
    await expect(tile(page, 'a')).toContainText(kept);
    await expect(tile(other, 'a')).toContainText(kept);
  });
}
