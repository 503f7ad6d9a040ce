import { existsSync, statSync } from 'node:fs';
import type { CDPSession, Page } from 'playwright';
import { median, type Row } from './figures.ts';
import { allShown, makeSetting, slowDown, tileCount, type Setting } from './setting.ts';

const rounds = 5;
const room = '/room/living';

/** Cold, warm and offline load of a room with 30 tiles on a slow phone, and what goes over the wire. */
export async function bench(): Promise<readonly Row[]> {
  const setting = await makeSetting();
  try {
    const cold: number[] = [];
    const warm: number[] = [];
    const installed: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const { coldMs, warmMs, installedMs } = await loads(setting);
      cold.push(coldMs);
      warm.push(warmMs);
      installed.push(installedMs);
    }
    const weight = await weigh(setting);
    return [
      { what: 'cold load until 30 tiles show values, slow phone', value: median(cold), unit: 'ms', goal: 1_500 },
      { what: 'warm load, slow phone', value: median(warm), unit: 'ms', goal: 900 },
      // The worker's own requests know nothing of the slow line.
      { what: 'load with the app kept by its worker, slow phone', value: median(installed), unit: 'ms', goal: 900 },
      { what: 'JavaScript and CSS before the first tiles, brotli', value: weight.brotliKb, unit: 'kB', goal: 60 },
      { what: 'JavaScript and CSS before the first tiles, gzip', value: weight.gzipKb, unit: 'kB', goal: 70 },
      { what: 'whole page with font and MQTT', value: weight.wholeKb, unit: 'kB', goal: 250 },
      { what: 'tiles shown offline', value: await offline(setting), unit: 'tiles', goal: tileCount, isMore: true },
    ];
  } finally {
    await setting.dispose();
  }
}

interface Loads {
  readonly coldMs: number;
  readonly warmMs: number;
  readonly installedMs: number;
}

/** The first visit, the second at once, and one after the worker has kept the app. */
async function loads({ kachel, phone }: Setting): Promise<Loads> {
  const context = await phone();
  const page = await context.newPage();
  await slowDown(page);
  const load = async (): Promise<number> => {
    await page.goto('about:blank');
    await page.goto(`${kachel.url}${room}`, { waitUntil: 'commit' });
    const shownMs = await allShown(page);
    await page.locator('[data-link="live"]').waitFor({ state: 'attached' });
    return shownMs;
  };
  const coldMs = await load();
  const warmMs = await load();
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  const installedMs = await load();
  await context.close();
  return { coldMs, warmMs, installedMs };
}

interface Weight {
  readonly brotliKb: number;
  readonly gzipKb: number;
  /** On the wire as the network stack counts it, headers included. */
  readonly wholeKb: number;
}

/** What the page weighs, without throttling: the files before the first tiles in both compressions, and everything on the wire. */
async function weigh({ kachel, phone }: Setting): Promise<Weight> {
  const context = await phone();
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  const counter = await countBytes(session);
  await page.goto(`${kachel.url}${room}`, { waitUntil: 'commit' });
  const shownMs = await allShown(page);
  const files = await filesBefore(page, shownMs);
  await page.locator('[data-link="live"]').waitFor({ state: 'attached' });
  const wholeKb = counter() / 1_000;
  await context.close();
  return { brotliKb: sumKb(files, 'br'), gzipKb: sumKb(files, 'gz'), wholeKb };
}

async function countBytes(session: CDPSession): Promise<() => number> {
  let bytes = 0;
  await session.send('Network.enable');
  session.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
  return () => bytes;
}

/** Paths of the scripts and styles that the first tiles waited for. */
const filesBefore = (page: Page, shownMs: number): Promise<string[]> =>
  page.evaluate(
    (limit) =>
      performance
        .getEntriesByType('resource')
        .filter((one): one is PerformanceResourceTiming => one instanceof PerformanceResourceTiming)
        .filter((one) => /\.(js|css)$/.test(one.name) && one.responseEnd <= limit && !one.name.includes('connection'))
        .map((one) => new URL(one.name).pathname),
    shownMs,
  );

/** The compressed copies that the build laid beside the files; the smallest files have none and travel as they are. */
function sumKb(paths: readonly string[], compression: 'br' | 'gz'): number {
  const sizes = paths.map((path) => {
    const file = `dist/web${path}`;
    return statSync(existsSync(`${file}.${compression}`) ? `${file}.${compression}` : file).size;
  });
  return sizes.reduce((sum, size) => sum + size, 0) / 1_000;
}

/** Loads once with the service worker in charge, cuts the line, loads again. */
async function offline({ kachel, phone }: Setting): Promise<number> {
  const context = await phone();
  const page = await context.newPage();
  await page.goto(`${kachel.url}${room}`);
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  await page.reload();
  await allShown(page);
  await context.setOffline(true);
  await page.reload();
  await allShown(page);
  const shown = await page.locator('[data-tile]').count();
  await context.close();
  return shown;
}
