import { readFileSync } from 'node:fs';
import type { APIRequestContext } from 'playwright/test';
import type { InviteInput, NewInvite, PeopleReply } from '../../shared/api/people.ts';
import { accessibilityProblems } from '../support/axe.ts';
import { switchTile, testHouse } from '../support/house.ts';
import { complaints, expect, live, said, test, tile } from './kachel-test.ts';

const home = testHouse([
  switchTile('lamp', { title: 'Floor lamp' }),
  switchTile('kettle', { title: 'Kettle', roomId: 'kitchen' }),
]);
const office = {
  id: 'office',
  name: 'Office',
  icon: 'desk',
  layouts: { phone: { columns: 4 as const, placements: [] } },
};
const house = { ...home, rooms: [...home.rooms, office] };

/** Lena operates the living room, sees the kitchen, and has accepted on a phone of her own. */
async function addLena(request: APIRequestContext, url: string): Promise<string> {
  const grants = { otherRooms: 'no', rooms: { living: 'operate', kitchen: 'see' }, exceptions: [] } as const;
  const data: InviteInput = {
    role: 'member',
    name: 'Lena',
    grants: { ...grants, exceptions: [] },
    validUntilMs: Date.now() + 3_600_000,
  };
  const made = await request.post(`${url}/api/invites`, { data, headers: { origin: url } });
  const { code } = (await made.json()) as NewInvite;
  const accepted = await fetch(`${url}/api/invite/accept`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code, name: 'Lena', password: 'lena has a long password' }),
  });
  expect(accepted.status).toBe(204);
  const { people } = (await (await request.get(`${url}/api/people`)).json()) as PeopleReply;
  return people.find(({ name }) => name === 'Lena')?.id ?? '';
}

test('the log that is saved holds what that person may see, and nothing else', async ({
  page,
  open,
  kachel,
  device,
  arrange,
}) => {
  const parlour = switchTile('piano', { title: 'Piano lamp', roomId: 'office' });
  await arrange({ ...house, tiles: [...house.tiles, parlour] });
  const id = await addLena(page.context().request, kachel.url);
  await device.publish('lamp/state', 'OFF');
  await device.publish('piano/state', 'OFF');
  await device.publish('lamp/set', 'ON');
  await device.publish('piano/set', 'ON');
  const saved = async (press: () => Promise<void>): Promise<string> => {
    const begun = page.waitForEvent('download');
    await press();
    const download = await begun;
    expect(download.suggestedFilename()).toBe('kachel-log.csv');
    return readFileSync(await download.path(), 'utf8');
  };

  await open('/log');
  await expect(page.getByText('Piano lamp').first()).toBeVisible();
  const own = await saved(() => page.getByRole('link', { name: 'Save as CSV' }).click());
  expect(own).toContain('Floor lamp');
  expect(own).toContain('Piano lamp');

  await page.goto(`${kachel.url}/as/${id}/log`);
  await expect(page.getByText('Floor lamp').first()).toBeVisible();
  const hers = await saved(() => page.getByRole('button', { name: 'Save as CSV' }).click());
  expect(hers).toContain('Floor lamp');
  expect(hers).not.toContain('Piano');
  expect(hers).not.toContain('Lena');
});

test('an owner sees the home as somebody else has it, live, and sends nothing', async ({
  page,
  open,
  kachel,
  device,
  arrange,
}) => {
  const heard = complaints(page);
  await arrange(house);
  await device.publish('lamp/state', 'OFF');
  const id = await addLena(page.context().request, kachel.url);
  await device.subscribe('lamp/set');

  await open('/people');
  await page.getByRole('link', { name: /Lena/ }).click();
  await page.getByRole('button', { name: 'See as Lena' }).click();
  const banner = page.getByRole('complementary', { name: 'You are only looking' });
  await expect(banner).toContainText('You see what Lena sees');
  await expect(live(page)).toBeAttached();
  await expect(page.getByRole('navigation').getByRole('link', { name: 'Office' })).toHaveCount(0);
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('navigation').getByRole('link', { name: 'Living room' }).click();
  await expect(banner).toBeVisible();
  await expect(tile(page, 'lamp').getByRole('switch')).not.toBeChecked();
  await device.publish('lamp/state', 'ON');
  await expect(tile(page, 'lamp').getByRole('switch')).toBeChecked();
  await tile(page, 'lamp').getByRole('switch').click();
  await expect(said(page, 'You are only looking: nothing is sent to Floor lamp')).toBeVisible();
  await page.getByRole('navigation').getByRole('link', { name: 'Kitchen' }).click();
  await expect(tile(page, 'kettle').getByRole('switch', { name: /view only/ })).toBeAttached();
  await banner.getByRole('button', { name: 'Back' }).click();
  await expect(page.getByRole('button', { name: 'See as Lena' })).toBeVisible();
  await expect(banner).toHaveCount(0);

  // An old link shows that there is nothing for her, and a reload is one's own home again.
  await page.goto(`${kachel.url}/as/${id}/room/office`);
  await expect(page.getByRole('heading', { name: 'This room is private' })).toBeVisible();
  await expect(page.getByText('Office')).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Office' })).toBeVisible();
  await device.publish('lamp/set', 'the only one');
  expect((await device.next(({ topic }) => topic === 'lamp/set')).text).toBe('the only one');
  expect(heard).toEqual([]);
});
