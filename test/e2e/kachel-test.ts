import { test as base, expect, type APIRequestContext, type Page } from 'playwright/test';
import type { DeviceSecret, HouseReply } from '../../shared/api/contract.ts';
import type { House } from '../../shared/house/house.ts';
import { owner, startKachel, type Kachel } from '../support/kachel.ts';
import { mqttClient, type TestClient } from '../support/mqtt.ts';

/** What every journey gets: a server of its own, a device on TCP, and a signed-in page. */
interface Journey {
  /** A fresh server with an owner and no demo. */
  readonly kachel: Kachel;
  /** A real MQTT client logged in as a device. */
  readonly device: TestClient;
  /** Replaces the whole arrangement. */
  readonly arrange: (house: House) => Promise<void>;
  /** Signs the page in and opens a path. */
  readonly open: (path: string, on?: Page) => Promise<void>;
}

/** Logs the request context in; the cookie is shared with the page. */
export async function signIn(request: APIRequestContext, url: string): Promise<void> {
  const reply = await request.post(`${url}/api/login`, {
    data: { name: owner.name, password: owner.password, stay: true },
    headers: { origin: url },
  });
  expect(reply.status(), await reply.text()).toBeLessThan(300);
}

export async function addDevice(request: APIRequestContext, url: string, name: string): Promise<DeviceSecret> {
  const reply = await request.post(`${url}/api/devices`, { data: { name }, headers: { origin: url } });
  expect(reply.status(), await reply.text()).toBeLessThan(300);
  return (await reply.json()) as DeviceSecret;
}

export async function saveHouse(request: APIRequestContext, url: string, house: House): Promise<void> {
  const { revision } = (await (await request.get(`${url}/api/house`)).json()) as HouseReply;
  const reply = await request.put(`${url}/api/house`, {
    data: { baseRevision: revision, house },
    headers: { origin: url },
  });
  expect(reply.status(), await reply.text()).toBe(200);
}

export const test = base.extend<Journey>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of wanted fixtures here
  kachel: async ({}, use) => {
    const kachel = await startKachel();
    await use(kachel);
    await kachel.dispose();
  },
  device: async ({ kachel, context }, use) => {
    await signIn(context.request, kachel.url);
    const { username, password } = await addDevice(context.request, kachel.url, 'Test device');
    const client = await mqttClient(kachel.mqttPort, { username, password });
    await use(client);
    await client.close();
  },
  arrange: async ({ kachel, context }, use) => {
    await signIn(context.request, kachel.url);
    await use((house) => saveHouse(context.request, kachel.url, house));
  },
  open: async ({ kachel, context, page }, use) => {
    await signIn(context.request, kachel.url);
    await use(async (path, on = page) => void (await on.goto(`${kachel.url}${path}`)));
  },
});

export { expect };

/** A placed tile by its id. */
export const tile = (page: Page, id: string) => page.locator(`[data-tile="${id}"]`);

/** Collects everything a page complains about; a journey ends by expecting none. */
export function complaints(page: Page): string[] {
  const heard: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') heard.push(message.text());
  });
  page.on('pageerror', (error) => heard.push(String(error)));
  return heard;
}
