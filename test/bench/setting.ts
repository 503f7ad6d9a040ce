import { chromium, type Browser, type BrowserContext, type CDPSession, type Page } from 'playwright';
import { allTopics } from '../../shared/acl/own-topics.ts';
import type { House } from '../../shared/house/house.ts';
import { chromiumArgs, chromiumPath } from '../support/chromium.ts';
import { switchTile, testHouse, valueTile } from '../support/house.ts';
import { owner, startKachel, type Kachel } from '../support/kachel.ts';
import { mqttClient, type TestClient } from '../support/mqtt.ts';

/** The scene of every page benchmark: 30 tiles that all have a value, a device on TCP, a phone that is signed in. */
export interface Setting {
  readonly kachel: Kachel;
  readonly device: TestClient;
  readonly browser: Browser;
  /** A fresh phone (own cache and storage), signed in. */
  readonly phone: () => Promise<BrowserContext>;
  readonly dispose: () => Promise<void>;
}

export const tileCount = 30;
export const topicOf = (index: number): string => `bench/sensor/${index}`;

/** 29 values and one switch in one room. */
export const benchHouse = (): House =>
  testHouse([
    ...Array.from({ length: tileCount - 1 }, (_, index) => valueTile(`value-${index}`, topicOf(index))),
    switchTile('lamp'),
  ]);

export async function makeSetting(): Promise<Setting> {
  const kachel = await startKachel();
  const browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumArgs });
  const phone = async (): Promise<BrowserContext> => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 });
    await write(context, kachel, 'post', '/api/login', { name: owner.name, password: owner.password, stay: true });
    return context;
  };
  const admin = await phone();
  const { revision } = (await (await admin.request.get(`${kachel.url}/api/house`)).json()) as { revision: number };
  await write(admin, kachel, 'put', '/api/house', { baseRevision: revision, house: benchHouse() });
  const secret = await write(admin, kachel, 'post', '/api/devices', { name: 'Bench', rules: allTopics });
  const { username, password } = secret as { username: string; password: string };
  await admin.close();
  const device = await mqttClient(kachel.mqttPort, { username, password });
  for (let index = 0; index < tileCount - 1; index += 1) await device.publish(topicOf(index), `${20 + index / 10}`);
  await device.publish('lamp/state', 'OFF');
  const dispose = async (): Promise<void> => {
    await device.close();
    await browser.close();
    await kachel.dispose();
  };
  return { kachel, device, browser, phone, dispose };
}

async function write(
  context: BrowserContext,
  kachel: Kachel,
  method: 'post' | 'put',
  path: string,
  data: unknown,
): Promise<unknown> {
  const reply = await context.request[method](`${kachel.url}${path}`, { data, headers: { origin: kachel.url } });
  if (!reply.ok()) throw new Error(`${path}: ${reply.status()} ${await reply.text()}`);
  return reply.status() === 204 ? undefined : reply.json();
}

/** A slow phone on a slow line: CPU four times slower, 1.6 Mbit/s down, 150 ms latency. */
export async function slowDown(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 150,
    downloadThroughput: (1.6 * 1_000_000) / 8,
    uploadThroughput: (0.75 * 1_000_000) / 8,
  });
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  return session;
}

/** Milliseconds from navigation until every tile shows its value, as the page itself saw it. */
export const allShown = (page: Page): Promise<number> =>
  page.evaluate(
    (count) =>
      new Promise<number>((resolve) => {
        const check = (): void => {
          const tiles = [...document.querySelectorAll('[data-tile]')];
          const shown = tiles.filter((tile) => /\d|Off|On/.test(tile.textContent));
          if (shown.length >= count) resolve(performance.now());
          else requestAnimationFrame(check);
        };
        check();
      }),
    tileCount,
  );
