import type { APIRequestContext, Browser, BrowserContext, Page } from 'playwright/test';
import type { Grants, InviteInput, NewInvite, PeopleReply, Role } from '../../shared/api/people.ts';
import { accessibilityProblems } from '../support/axe.ts';
import { switchTile, testHouse, testTile, valueTile } from '../support/house.ts';
import { owner } from '../support/kachel.ts';
import { mqttClient } from '../support/mqtt.ts';
import { addDevice, complaints, expect, live, said, test, tile } from './kachel-test.ts';

const home = testHouse([
  switchTile('lamp', { title: 'Floor lamp' }),
  switchTile('kettle', { title: 'Kettle', roomId: 'kitchen' }),
  valueTile('climate', 'climate', { title: 'Climate', roomId: 'office' }),
  testTile(
    'pane',
    'binary-sensor',
    { state: { type: 'boolean', stateTopic: 'pane/state' } },
    { title: 'Pane', roomId: 'kitchen', options: { deviceClass: 'window' } },
  ),
]);
const office = {
  id: 'office',
  name: 'Office',
  icon: 'desk',
  layouts: { phone: { columns: 4 as const, placements: [] } },
};
const house = { ...home, rooms: [...home.rooms, office] };
const password = 'lena has a long password';
const someRooms: Grants = { otherRooms: 'no', rooms: { living: 'operate', kitchen: 'see' }, exceptions: [] };
const onlyLamp: Grants = { otherRooms: 'no', rooms: {}, exceptions: [{ tileId: 'lamp', level: 'operate' }] };

interface Invited {
  readonly role?: Role;
  readonly name?: string;
  readonly grants?: Grants;
}

/** Makes an invitation as the owner and tells its link. */
async function linkFor(request: APIRequestContext, url: string, invited: Invited): Promise<string> {
  const { role = 'member', name = 'Lena', grants = someRooms } = invited;
  const data: InviteInput = { role, name, grants, validUntilMs: Date.now() + 3_600_000 };
  const reply = await request.post(`${url}/api/invites`, { data, headers: { origin: url } });
  expect(reply.status(), await reply.text()).toBeLessThan(300);
  return `${url}/#invite=${((await reply.json()) as NewInvite).code}`;
}

/** Another phone, on which nobody is signed in. */
async function phone(browser: Browser): Promise<{ readonly page: Page; readonly context: BrowserContext }> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, reducedMotion: 'reduce' });
  return { context, page: await context.newPage() };
}

/** Joins by a link as somebody with a password. */
async function join(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel('Choose a password').fill(password);
  await page.getByRole('button', { name: 'Join' }).click();
  await expect(live(page)).toBeAttached();
}

async function idOf(request: APIRequestContext, url: string, name: string): Promise<string> {
  const { people } = (await (await request.get(`${url}/api/people`)).json()) as PeopleReply;
  const found = people.find((one) => one.name === name);
  if (!found) throw new Error(`${name} is not among the people`);
  return found.id;
}

const change = async (request: APIRequestContext, url: string, id: string, grants: Grants): Promise<void> => {
  const reply = await request.patch(`${url}/api/people/${id}`, { data: { grants }, headers: { origin: url } });
  expect(reply.status(), await reply.text()).toBeLessThan(300);
};

const lampSwitch = (page: Page) => tile(page, 'lamp').getByRole('switch');

test.beforeEach(async ({ arrange, device }) => {
  await arrange(house);
  await device.publish('lamp/state', 'OFF');
  await device.publish('kettle/state', 'OFF');
});

test('somebody is invited by a link, sees two rooms and operates one', async ({ page, open, browser, device }) => {
  await open('/people');
  await page.getByRole('button', { name: 'Invite someone' }).click();
  await page.getByLabel('For whom').fill('Lena');
  await page.getByRole('group', { name: 'Living room: what may be done' }).getByText('Operate').click();
  await page.getByRole('group', { name: 'Kitchen: what may be done' }).getByText('See').click();
  await page.getByRole('button', { name: 'Make the link' }).click();
  await expect(page.getByRole('img', { name: 'QR code with the link for Lena' })).toBeVisible();
  const link = await page.getByText(/#invite=/).innerText();
  const code = link.slice(link.indexOf('#'));

  const other = await phone(browser);
  await other.page.goto(new URL(`/${code}`, page.url()).href);
  await expect(other.page.getByRole('heading', { name: 'Anna invites you to Test house' })).toBeVisible();
  await other.page.getByLabel('Choose a password').fill(password);
  await other.page.getByRole('button', { name: 'Join' }).click();
  await expect(live(other.page)).toBeAttached();
  expect(other.page.url()).not.toContain('invite');
  const rooms = other.page.getByRole('navigation');
  await expect(rooms.getByRole('link', { name: 'Living room' })).toBeVisible();
  await expect(rooms.getByRole('link', { name: 'Kitchen' })).toBeVisible();
  await expect(other.page.getByText('Office')).toHaveCount(0);

  await rooms.getByRole('link', { name: 'Living room' }).click();
  await device.subscribe('lamp/set');
  await lampSwitch(other.page).click();
  await device.next(({ topic, text }) => topic === 'lamp/set' && text === 'ON');
  await rooms.getByRole('link', { name: 'Kitchen' }).click();
  await expect(tile(other.page, 'kettle').getByRole('switch', { name: /view only/ })).toBeAttached();
  await other.page.goto(new URL('/room/office', page.url()).href);
  await expect(other.page.getByRole('heading', { name: 'This room is private' })).toBeVisible();
  await expect(other.page.getByText('Office')).toHaveCount(0);
  await other.context.close();

  const late = await phone(browser);
  await late.page.goto(new URL(`/${code}`, page.url()).href);
  await expect(late.page.getByRole('heading', { name: 'This invitation does not work' })).toBeVisible();
  await late.context.close();
});

test('a right that is taken away shows at once, and what it refuses says why', async ({ page, kachel, browser }) => {
  const { request } = page.context();
  const member = await phone(browser);
  await join(member.page, await linkFor(request, kachel.url, {}));
  await member.page.goto(`${kachel.url}/room/living`);
  await expect(lampSwitch(member.page)).toBeVisible();
  const lena = await idOf(request, kachel.url, 'Lena');
  await change(request, kachel.url, lena, { ...someRooms, rooms: { living: 'see' } });
  await expect(tile(member.page, 'lamp').getByRole('switch', { name: /view only/ })).toBeAttached();
  await expect(member.page.getByRole('link', { name: 'Kitchen' })).toHaveCount(0);

  // A page that has not heard of it: the broker refuses all the same.
  await member.page.route('**/api/snapshot', async (route) => {
    const response = await route.fetch();
    const snapshot = (await response.json()) as { access: object };
    await route.fulfill({ response, json: { ...snapshot, access: { ...snapshot.access, viewOnly: [] } } });
  });
  await member.page.reload();
  await expect(live(member.page)).toBeAttached();
  await lampSwitch(member.page).click();
  await expect(said(member.page, /Floor lamp: not allowed/)).toBeVisible();
  await member.page.getByRole('button', { name: 'Why?' }).click();
  await expect(member.page.getByText('No, only to look at')).toBeVisible();
  await expect(member.page.getByText('Room Living room', { exact: true })).toBeVisible();
  await member.page.unrouteAll({ behavior: 'ignoreErrors' });
  await member.context.close();
});

test('what is refused is allowed for a while, and the log says who did it', async ({ page, open, kachel, browser }) => {
  const { request } = page.context();
  const member = await phone(browser);
  await join(member.page, await linkFor(request, kachel.url, {}));
  await member.page.goto(`${kachel.url}/room/kitchen`);
  const looking = tile(member.page, 'kettle').getByRole('switch', { name: /view only/ });
  await expect(looking).toBeAttached();
  await open(`/ask/person/${await idOf(request, kachel.url, 'Lena')}?action=send&topic=kettle/set`);
  await expect(page.getByText('No, only to look at')).toBeVisible();
  await page.getByRole('button', { name: 'Allow for 15 min' }).click();
  await expect(page.getByText(/^Yes, until /)).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);
  await expect(looking).toHaveCount(0);
  await page.getByRole('button', { name: 'End it now' }).click();
  await expect(page.getByText('No, only to look at')).toBeVisible();
  await expect(looking).toBeAttached();
  await page.goto(`${kachel.url}/log`);
  await page.getByText('Rights', { exact: true }).click();
  await expect(page.getByText('Anna no longer allows Lena kettle/set')).toBeVisible();
  await expect(page.getByText('Anna allowed Lena kettle/set for 15 minutes')).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);
  await member.context.close();
});

test('a guest sees one tile until the card ends', async ({ page, open, kachel, browser, device }) => {
  const { request } = page.context();
  const guest = await phone(browser);
  const heard = complaints(guest.page);
  const link = await linkFor(request, kachel.url, { role: 'guest', name: 'Paul', grants: onlyLamp });
  await guest.page.goto(link);
  await expect(guest.page.getByText('Anna shares something of this home with you')).toBeVisible();
  await expect(guest.page.getByLabel('Choose a password')).toHaveCount(0);
  await guest.page.getByRole('button', { name: 'Open' }).click();
  await expect(live(guest.page)).toBeAttached();
  await expect(guest.page.getByText('Anna shared with you')).toBeVisible();
  await expect(guest.page.getByRole('heading', { name: 'Floor lamp' })).toBeVisible();
  await expect(guest.page.getByRole('navigation')).toHaveCount(0);
  expect(await accessibilityProblems(guest.page)).toEqual([]);
  await device.subscribe('lamp/set');
  await lampSwitch(guest.page).click();
  await device.next(({ topic, text }) => topic === 'lamp/set' && text === 'ON');

  await open('/people');
  await page.getByRole('link', { name: /Paul/ }).click();
  await page.getByRole('button', { name: 'More about Paul' }).click();
  await page.getByRole('button', { name: 'End this card now' }).click();
  await page.getByRole('button', { name: 'End it' }).click();
  await expect(guest.page.getByRole('heading', { name: 'This card has ended' })).toBeVisible();
  await expect(guest.page.getByText('Ask Anna for a new one.')).toBeVisible();
  await guest.page.reload();
  await expect(guest.page.getByRole('heading', { name: 'This card has ended' })).toBeVisible();
  expect(heard.filter((line) => !/40[13]|WebSocket/.test(line))).toEqual([]);
  await guest.context.close();
});

test('a screen on the wall knows rooms only', async ({ page, kachel, browser }) => {
  const screen = await phone(browser);
  const grants: Grants = { otherRooms: 'operate', rooms: {}, exceptions: [] };
  await screen.page.goto(await linkFor(page.context().request, kachel.url, { role: 'kiosk', name: 'Hall', grants }));
  await screen.page.getByRole('button', { name: 'Open' }).click();
  await expect(live(screen.page)).toBeAttached();
  const navigation = screen.page.getByRole('navigation');
  await expect(navigation.getByRole('link', { name: 'Office' })).toBeVisible();
  await expect(navigation.getByRole('link', { name: 'More' })).toHaveCount(0);
  await screen.page.goto(`${kachel.url}/settings`);
  await expect(screen.page.getByRole('heading', { name: 'This is private' })).toBeVisible();
  await screen.context.close();
});

test('rights are given by room and by tile, and hold', async ({ page, open, kachel, browser }) => {
  const { request } = page.context();
  const member = await phone(browser);
  await join(member.page, await linkFor(request, kachel.url, {}));
  await member.page.goto(`${kachel.url}/room/living`);
  await expect(lampSwitch(member.page)).toBeVisible();

  await open('/people');
  await page.getByRole('link', { name: /Lena/ }).click();
  await page.getByRole('button', { name: 'Add an exception' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Floor lamp' }).click();
  const sheet = page.getByRole('dialog', { name: 'Floor lamp' });
  await sheet.getByText('Operate').click();
  await sheet.getByRole('switch', { name: 'Hold to confirm' }).click();
  await sheet.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByText('Operate, hold to confirm')).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled();
  await expect(tile(member.page, 'lamp').getByText('hold for a second to operate')).toBeAttached();
  await page.getByRole('button', { name: 'Set all' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'See', exact: true }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(member.page.getByRole('link', { name: 'Office' })).toBeVisible();
  await member.context.close();
});

test('a member asks for a room and a tile, the owner gives them with a tap, and ends every login of hers', async ({
  page,
  open,
  kachel,
  browser,
}) => {
  const lena = await phone(browser);
  await join(lena.page, await linkFor(page.context().request, kachel.url, {}));
  await lena.page.goto(`${kachel.url}/room/office`);
  await lena.page.getByRole('button', { name: 'Ask Anna for access' }).click();
  await expect(lena.page.getByText('Asked. You will see the answer here.')).toBeVisible();
  expect(await accessibilityProblems(lena.page)).toEqual([]);

  await open('/');
  await page.getByRole('button', { name: 'Look' }).click();
  await expect(page.getByText('wants to see Office')).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Lena may see Office' }).click();
  const answered = page.getByRole('status').filter({ hasText: 'Lena may see Office' });
  await expect(answered).toBeFocused();
  await expect(page.getByText('wants to see Office')).toHaveCount(0);
  await expect(lena.page.getByRole('heading', { name: 'Office' })).toBeVisible();

  await lena.page.goto(`${kachel.url}/room/kitchen`);
  await tile(lena.page, 'kettle').click();
  await lena.page.getByRole('button', { name: 'Ask Anna for access' }).click();
  await page.getByRole('button', { name: 'Refuse Kettle to Lena' }).click();
  await expect(lena.page.getByText('Anna said no.')).toBeVisible();

  await page.getByRole('link', { name: /All phones and browsers/ }).click();
  const hers = page.getByRole('region', { name: 'Lena' });
  await hers.getByRole('button', { name: /^End/ }).click();
  await expect(hers).toHaveCount(0);
  await expect(lena.page.getByRole('textbox', { name: 'Password' })).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);
  await lena.context.close();
});

test('owners see which phones signed in so that others can read along', async ({ page, open, browser, kachel }) => {
  const other = await phone(browser);
  const signIn = (origin: string, more: Record<string, string>) =>
    other.context.request.post(`${kachel.url}/api/login`, {
      data: { name: owner.name, password: owner.password, stay: true },
      headers: { origin, 'x-forwarded-for': '192.0.2.9', ...more },
    });
  await signIn(kachel.url, {});
  await open('/people/logins');
  await expect(page.getByRole('link', { name: /0 of 1 signed in encrypted/ })).toHaveAttribute('href', '/trust');
  await expect(page.getByText('192.0.2.9 · not encrypted')).toBeVisible();
  await signIn(kachel.url.replace('http:', 'https:'), { 'x-forwarded-proto': 'https' });
  await expect(page.getByRole('link', { name: /1 of 2 signed in encrypted/ })).toBeVisible();
  await expect(page.getByText('192.0.2.9 · encrypted')).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);
  await other.context.close();
});

test('who is away from home can try again, also when nothing answers at first', async ({ page, open }) => {
  await open('/people');
  const link = page.getByRole('link', { name: /All phones and browsers/ });
  await expect(link).toBeVisible();
  // Only what the next page asks for: a refusal that comes earlier would take the link away.
  const asked = /\/api\/(people\/logins|snapshot)/;
  const refusal = { status: 403, json: { code: 'not-at-home', message: 'Only at home.' } };
  await page.route(asked, (route) => route.fulfill(refusal));
  await link.click();
  await expect(page.getByText('This card works only in the home network.')).toBeVisible();
  await page.unroute(asked);
  await page.route('**/api/**', (route) => route.abort());
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('heading', { name: 'Kachel cannot be reached' })).toBeVisible();
  await page.unroute('**/api/**');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('heading', { name: 'Kachel cannot be reached' })).toHaveCount(0);
  await page.getByRole('link', { name: 'Living room' }).click();
  await expect(page.getByRole('heading', { name: 'Living room' })).toBeVisible();
});

test('a device is blocked and let in again', async ({ page, open, kachel }) => {
  const login = await addDevice(page.context().request, kachel.url, 'Plug');
  const plug = await mqttClient(kachel.mqttPort, login);
  await open(`/devices/${login.id}`);
  await expect(page.getByRole('heading', { name: 'Plug' })).toBeVisible();
  const isCut = new Promise<void>((resolve) => plug.client.once('close', () => resolve()));
  await page.getByRole('button', { name: 'Block' }).click();
  await page.getByRole('dialog', { name: 'Block Plug?' }).getByRole('button', { name: 'Block' }).click();
  await isCut;
  await expect(page.getByText('Blocked', { exact: true })).toBeVisible();
  await expect(mqttClient(kachel.mqttPort, login)).rejects.toThrow();
  await page.getByRole('button', { name: 'Let in again' }).click();
  await expect(page.getByRole('button', { name: 'Block' })).toBeVisible();
  const again = await mqttClient(kachel.mqttPort, login);
  expect(await accessibilityProblems(page)).toEqual([]);
  await again.close();
});

test('a device gets narrow rules from what it used, and one more wish', async ({ page, open, kachel }) => {
  const login = await addDevice(page.context().request, kachel.url, 'Plug');
  const plug = await mqttClient(kachel.mqttPort, login);
  await plug.publish('stat/plug/power', 'ON', { qos: 1 });
  await open(`/devices/${login.id}`);
  await expect(page.getByText('May read and write everything')).toBeVisible();
  await page.getByRole('button', { name: 'Accept' }).click();
  await expect(page.getByText('May read and write everything')).toHaveCount(0);
  const wish = plug.publish('homeassistant/switch/plug/config', '{}', { qos: 1 });
  await expect(wish).rejects.toThrow();
  await page.reload();
  await page.getByRole('button', { name: 'Allow homeassistant/switch/plug/config' }).click();
  await expect(page.getByRole('button', { name: /^Allow/ })).toHaveCount(0);
  await plug.publish('homeassistant/switch/plug/config', '{}', { qos: 1 });
  await plug.close();
});

test('a question is answered with the rule that decides', async ({ page, open, kachel, browser }) => {
  const { request } = page.context();
  const member = await phone(browser);
  await join(member.page, await linkFor(request, kachel.url, {}));
  await member.context.close();
  const lena = await idOf(request, kachel.url, 'Lena');
  await open(`/ask/person/${lena}`);
  await expect(page.getByText('Yes', { exact: true }).first()).toBeVisible();
  await page.getByRole('button', { name: /^Topic/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Kettle' }).click();
  await expect(page.getByText('No, only to look at')).toBeVisible();
  await expect(page.getByText('decides')).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Who can send to kettle/set?' }).click();
  await expect(page.getByText('Role Owner')).toBeVisible();
  await page.getByRole('button', { name: 'Change the rule' }).click();
  await expect(page.getByRole('heading', { name: 'Lena' })).toBeVisible();
});

test('an app password is made, told once and ended', async ({ page, open, kachel }) => {
  await open('/settings');
  await page.getByRole('button', { name: 'New app password' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByLabel('For what').fill('Laptop');
  await sheet.getByRole('button', { name: 'New app password' }).click();
  const secret = (label: string) => sheet.locator('.copyable').filter({ hasText: label }).locator('.k-mono');
  const login = { username: await secret('MQTT user').innerText(), password: await secret('Password').innerText() };
  await sheet.getByRole('button', { name: 'Done' }).click();
  const laptop = await mqttClient(kachel.mqttPort, login);
  const isCut = new Promise<void>((resolve) => laptop.client.once('close', () => resolve()));
  await page.getByRole('button', { name: 'End Laptop' }).click();
  await isCut;
  await expect(page.getByText('Laptop')).toHaveCount(0);
});
