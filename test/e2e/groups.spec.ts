import type { Page } from 'playwright/test';
import type { GroupInfo, PeopleReply } from '../../shared/api/people.ts';
import { accessibilityProblems } from '../support/axe.ts';
import { mqttClient } from '../support/mqtt.ts';
import { addDevice, complaints, expect, test } from './kachel-test.ts';

test('a group gives its devices a rule, takes it away, and goes', async ({ page, kachel, open }) => {
  const heard = complaints(page);
  await open('/people');
  await page.getByRole('button', { name: 'New group' }).click();
  await page.getByLabel('Name of the group').fill('Heating');
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(page.getByText('Nobody belongs to it yet')).toBeVisible();

  const login = await addDevice(page.context().request, kachel.url, 'Boiler');
  const setRules = { data: { rules: [] }, headers: { origin: kachel.url } };
  await page.context().request.patch(`${kachel.url}/api/devices/${login.id}`, setRules);
  const boiler = await mqttClient(kachel.mqttPort, { ...login, clientId: 'boiler', protocolVersion: 5 });
  await expect(boiler.publish('heating/flow', '40', { qos: 1 })).rejects.toThrow();

  await page.getByRole('button', { name: 'Add people and devices' }).click();
  const sheet = page.getByRole('dialog', { name: 'Add people and devices' });
  await sheet.getByPlaceholder('Search').fill('boi');
  await sheet.getByRole('button', { name: 'Boiler' }).click();
  await sheet.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: 'Add rule' }).click();
  await page.getByRole('textbox', { name: 'Topic' }).fill('heating/#');
  await page.getByRole('button', { name: 'Add rule' }).last().click();
  await expect(page.getByText('heating/#', { exact: true })).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);
  await boiler.publish('heating/flow', '41', { qos: 1 });

  await page.getByRole('button', { name: 'Take Boiler out' }).click();
  await expect(page.getByText('Nobody belongs to it yet')).toBeVisible();
  await expect(boiler.publish('heating/flow', '42', { qos: 1 })).rejects.toThrow();
  await page.getByRole('button', { name: 'More about Heating' }).click();
  await page.getByRole('button', { name: 'Remove the group' }).click();
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(page).toHaveURL(/\/people$/);
  await expect(page.getByRole('link', { name: /Heating/ })).toHaveCount(0);
  await boiler.close();
  expect(heard).toEqual([]);
});

/** Holds saves back until `release`, so that the next tap comes before the first reply. */
async function holdSaves(page: Page, path: string): Promise<() => void> {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route(path, async (route) => {
    if (route.request().method() !== 'GET') await released;
    await route.fallback();
  });
  return release;
}

test('two taps in quick succession take both into a group', async ({ page, kachel, open }) => {
  const { request } = page.context();
  await open('/people');
  for (const name of ['Boiler', 'Pump']) await addDevice(request, kachel.url, name);
  const body = { name: 'Heating', people: [], devices: [], rules: [] };
  const created = await request.post(`${kachel.url}/api/groups`, { data: body, headers: { origin: kachel.url } });
  const { id } = (await created.json()) as GroupInfo;
  await open(`/groups/${id}`);
  const release = await holdSaves(page, '**/api/groups/*');
  await page.getByRole('button', { name: 'Add people and devices' }).click();
  const sheet = page.getByRole('dialog', { name: 'Add people and devices' });
  await sheet.getByRole('button', { name: 'Boiler' }).click();
  await sheet.getByRole('button', { name: 'Pump' }).click();
  release();
  await expect(sheet.getByRole('button', { name: /Boiler|Pump/ })).toHaveCount(0);
  await sheet.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('button', { name: 'Take Boiler out' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Take Pump out' })).toBeVisible();
  const reply = (await (await request.get(`${kachel.url}/api/people`)).json()) as PeopleReply;
  expect(reply.groups[0]?.devices).toHaveLength(2);
});

test('rules of a role are made on a page of their own', async ({ page, kachel, open }) => {
  await open('/people');
  await page.getByRole('link', { name: 'Topic rules of roles' }).click();
  const members = page.getByRole('region', { name: 'Members' });
  await members.getByRole('button', { name: 'Add rule' }).click();
  await members.getByRole('textbox', { name: 'Topic' }).fill('weather/#');
  await members.getByRole('button', { name: 'Add rule' }).last().click();
  await expect(members.getByText('weather/#', { exact: true })).toBeVisible();
  const reply = await page.context().request.get(`${kachel.url}/api/roles`);
  expect(await reply.json()).toEqual({ member: [{ access: 'readwrite', filter: 'weather/#' }], guest: [], kiosk: [] });
});
