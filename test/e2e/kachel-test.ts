import { test as base, expect, type APIRequestContext, type Locator, type Page } from 'playwright/test';
import { allTopics } from '../../shared/acl/own-topics.ts';
import type { DeviceSecret, HouseReply } from '../../shared/api/contract.ts';
import type { House } from '../../shared/house/house.ts';
import { owner, startKachel, type Kachel, type KachelOptions } from '../support/kachel.ts';
import { mqttClient, type TestClient } from '../support/mqtt.ts';

/** What every journey gets: a server of its own, a device on TCP, and a signed-in page. */
interface Journey {
  /** How the server starts; set with `test.use`. */
  readonly server: KachelOptions;
  /** A fresh server with an owner and no demo. */
  readonly kachel: Kachel;
  /** A real MQTT client logged in as a device. */
  readonly device: TestClient;
  /** Replaces the whole arrangement. */
  readonly arrange: (house: House) => Promise<void>;
  /** Opens a path on the signed-in page; resolves when it is live. */
  readonly open: (path: string) => Promise<void>;
  /** Another signed-in phone with a page on that path. */
  readonly openElsewhere: (path: string) => Promise<Page>;
}

/** Logs the request context in; the cookie is shared with the page. */
export async function signIn(request: APIRequestContext, url: string): Promise<void> {
  const reply = await request.post(`${url}/api/login`, {
    data: { name: owner.name, password: owner.password, stay: true },
    headers: { origin: url },
  });
  expect(reply.status(), await reply.text()).toBeLessThan(300);
}

/** The link that the server prints while there is no owner. */
export const setupLink = (output: string): URL => new URL(/http\S+#setup=\S+/.exec(output)?.[0] ?? '');

/** The first step of the set-up. */
export async function createAccount(page: Page): Promise<void> {
  await page.getByLabel('Home', { exact: true }).fill('Rose Street');
  await page.getByLabel('Your name').fill(owner.name);
  await page.getByLabel('Password', { exact: true }).fill(owner.password);
  await page.getByRole('button', { name: 'Continue' }).click();
}

export async function addDevice(request: APIRequestContext, url: string, name: string): Promise<DeviceSecret> {
  const reply = await request.post(`${url}/api/devices`, {
    data: { name, rules: allTopics },
    headers: { origin: url },
  });
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
  server: [{}, { option: true }],
  kachel: async ({ server }, use) => {
    const kachel = await startKachel(server);
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
    await use(async (path) => {
      await page.goto(`${kachel.url}${path}`);
      await expect(live(page)).toBeAttached();
    });
  },
  openElsewhere: async ({ kachel, browser }, use) => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
    await signIn(context.request, kachel.url);
    await use(async (path) => {
      const page = await context.newPage();
      await page.goto(`${kachel.url}${path}`);
      await expect(live(page)).toBeAttached();
      return page;
    });
    await context.close();
  },
});

export { expect };

/** The page while its link to the broker is up. */
export const live = (page: Page): Locator => page.locator('[data-link="live"]');

/** A placed tile by its id. */
export const tile = (page: Page, id: string): Locator => page.locator(`[data-tile="${id}"]`);

/** Collects everything a page complains about; a journey ends by expecting none. */
export function complaints(page: Page): string[] {
  const heard: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') heard.push(message.text());
  });
  page.on('pageerror', (error) => heard.push(String(error)));
  return heard;
}

/** A sentence on the screen; messages are said a second time for screen readers. */
export const said = (page: Page, text: string | RegExp): Locator => page.getByText(text).last();
