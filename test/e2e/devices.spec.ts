import type { Page } from 'playwright/test';
import { switchTile, testHouse } from '../support/house.ts';
import { mqttClient, type TestClient } from '../support/mqtt.ts';
import { expect, test } from './kachel-test.ts';

/** The text under a caption in the sheet that shows a password once. */
const secret = (page: Page, label: string) =>
  page.locator('.copyable').filter({ hasText: label }).first().locator('.k-mono');

/** Resolves when the server has cut the client. */
const closing = ({ client }: TestClient): Promise<void> =>
  new Promise((resolve) => client.once('close', () => resolve()));

async function addDevice(
  page: Page,
  name: string,
  scope = 'Its own topics',
): Promise<{ username: string; password: string }> {
  await page.getByRole('button', { name: 'Add device' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill(name);
  await page.getByText(scope, { exact: true }).click();
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(page.getByText(`${name} may connect now`)).toBeVisible();
  const username = await secret(page, 'MQTT user').innerText();
  const password = await secret(page, 'Password').innerText();
  await page.getByRole('button', { name: 'Done' }).click();
  return { username, password };
}

test('a page follows its topic once, also when it opens before there is a link', async ({ page, open }) => {
  const asked: string[] = [];
  page.on('request', (request) => {
    const { pathname, searchParams } = new URL(request.url());
    if (pathname === '/api/values') asked.push(...searchParams.getAll('topic'));
  });
  // The link's own file comes after the page.
  await page.route('**/assets/go-live-*', async (route) => {
    await page.getByRole('button', { name: 'Add device' }).waitFor();
    await route.continue();
  });
  await open('/devices');
  await addDevice(page, 'Boiler');
  expect(asked.filter((topic) => topic === '$kachel/devices')).toHaveLength(1);
});

test('a device is added, connects with its password, and is cut when it is deleted', async ({ page, kachel, open }) => {
  await open('/devices');
  const login = await addDevice(page, 'Boiler');
  await expect(page.getByText(login.password)).toHaveCount(0);
  const will = { topic: 'boiler/online', payload: Buffer.from('gone'), qos: 0, retain: false } as const;
  const boiler = await mqttClient(kachel.mqttPort, { ...login, clientId: 'boiler-1', will });
  const row = page.getByRole('button', { name: /Boiler connected \d/ });
  await row.click();
  await expect(page.getByText('boiler/online = gone')).toBeVisible();
  await expect(page.getByText('boiler-1')).toBeVisible();
  await page.getByRole('link', { name: 'Everything about Boiler' }).click();
  const isCut = closing(boiler);
  await page.getByRole('button', { name: 'More about Boiler' }).click();
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog', { name: 'Delete Boiler?' }).getByRole('button', { name: 'Delete' }).click();
  await isCut;
  await expect(page).toHaveURL(/\/devices$/);
  await expect(page.getByRole('button', { name: /Boiler/ })).toHaveCount(0);
  await expect(mqttClient(kachel.mqttPort, login)).rejects.toThrow();
});

test('a new device may use its own topics; what else it tries is allowed with one tap', async ({
  page,
  kachel,
  open,
}) => {
  await open('/devices');
  const login = await addDevice(page, 'Boiler');
  const boiler = await mqttClient(kachel.mqttPort, { ...login, clientId: 'boiler-1', protocolVersion: 4 });
  await boiler.publish('boiler/temperature', '52');
  await boiler.publish('heating/flow', '41');
  const row = page.getByRole('button', { name: /Boiler connected \d.*1 turned away/ });
  await row.click();
  await expect(page.getByText('boiler/#', { exact: true })).toBeVisible();
  await page.getByRole('link', { name: 'Everything about Boiler' }).click();
  await page.getByRole('button', { name: 'Allow heating/flow' }).click();
  await expect(page.getByRole('button', { name: 'Allow heating/flow' })).toHaveCount(0);
  await boiler.close();
});

test('the page says who may use everything, and one tap narrows it', async ({ page, kachel, open }) => {
  await open('/devices');
  const login = await addDevice(page, 'Pump', 'Everything');
  await expect(page.getByText('1 device may use everything')).toBeVisible();
  const pump = await mqttClient(kachel.mqttPort, { ...login, protocolVersion: 4 });
  await pump.publish('tele/pump/STATE', 'on', { qos: 1 });
  await page.getByRole('button', { name: /Pump connected \d.*may everything/ }).click();
  await page.getByRole('button', { name: 'Only this 1 rule' }).click();
  await expect(page.getByText('1 device may use everything')).toHaveCount(0);
  await pump.publish('house/door/set', 'OPEN');
  await expect(page.getByRole('button', { name: /Pump connected \d.*1 turned away/ })).toBeVisible();
  await pump.close();
});

test('who is turned away appears with the reason, and can be let in', async ({ page, kachel, open }) => {
  await open('/devices');
  const wrong = { clientId: 'shelly-hall', username: 'shelly', password: 'wrong' };
  await expect(mqttClient(kachel.mqttPort, wrong)).rejects.toThrow();
  await expect(page.getByText('“shelly-hall” was turned away')).toBeVisible();
  await expect(page.getByText(/Unknown name or wrong password · as shelly/)).toBeVisible();
  await expect(mqttClient(kachel.mqttPort, { clientId: 'nobody' })).rejects.toThrow();
  await expect(page.getByText(/No user name and password/)).toBeVisible();
  await page.getByRole('button', { name: 'Add it' }).last().click();
  await expect(page.getByRole('dialog').getByLabel('Name')).toHaveValue(/shelly|nobody/);
});

test('a new password cuts the device that still has the old one', async ({ page, kachel, open }) => {
  await open('/devices');
  const login = await addDevice(page, 'Pump');
  const pump = await mqttClient(kachel.mqttPort, login);
  await page.getByRole('button', { name: /Pump connected \d/ }).click();
  const isCut = closing(pump);
  await page.getByRole('button', { name: 'New password' }).click();
  await page.getByRole('button', { name: 'Make it' }).click();
  await isCut;
  const password = await secret(page, 'Password').innerText();
  expect(password).not.toBe(login.password);
  const again = await mqttClient(kachel.mqttPort, { ...login, password });
  await again.close();
});

test('the log leads from a refusal to the answer why', async ({ page, kachel, open, arrange }) => {
  await arrange(testHouse([switchTile('lamp')]));
  await open('/devices');
  const login = await addDevice(page, 'Boiler');
  const boiler = await mqttClient(kachel.mqttPort, { ...login, protocolVersion: 4 });
  await boiler.publish('garage door/set', 'OPEN', { qos: 1 });
  await boiler.close();
  await open('/log');
  await page.getByRole('link', { name: 'Why?' }).click();
  await expect(page.getByText('No, nothing allows it')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Topic: garage door/set' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Topic: garage door/set' })).toBeVisible();
});
