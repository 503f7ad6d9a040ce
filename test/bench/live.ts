import type { Page } from 'playwright';
import type { TestClient } from '../support/mqtt.ts';
import { percentile, type Row } from './figures.ts';
import { allShown, makeSetting, tileCount, topicOf, type Setting } from './setting.ts';

const taps = 40;
const reports = 60;
const floodSeconds = 5;
const sensors = tileCount - 1;

/** Latency of a tap and of a report, and behaviour under 1,000 and 5,000 messages a second. Unthrottled. */
export async function bench(): Promise<readonly Row[]> {
  const setting = await makeSetting();
  try {
    const context = await setting.phone();
    const page = await context.newPage();
    await page.goto(`${setting.kachel.url}/room/living`);
    await allShown(page);
    await page.locator('[data-link="live"]').waitFor({ state: 'attached' });
    const rows = [...(await tapLatency(page, setting)), ...(await reportLatency(page, setting))];
    return [...rows, ...(await flood(page, setting, 1_000)), ...(await flood(page, setting, 5_000))];
  } finally {
    await setting.dispose();
  }
}

/** From the tap in the page to the message at a TCP subscriber; both clocks are this machine's. */
async function tapLatency(page: Page, { device }: Setting): Promise<readonly Row[]> {
  await device.subscribe('lamp/set');
  const lamp = page.locator('[data-tile="lamp"]');
  const samples: number[] = [];
  for (let tap = 0; tap < taps; tap += 1) {
    const arrived = arrival(device, 'lamp/set');
    const tappedAtMs = await lamp.evaluate((element) => {
      const at = performance.timeOrigin + performance.now();
      const hit = element.querySelector('[role="switch"]') ?? element;
      for (const type of ['pointerdown', 'pointerup']) {
        const { x, y, width, height } = element.getBoundingClientRect();
        const place = { clientX: x + width / 2, clientY: y + height / 2 };
        hit.dispatchEvent(
          new PointerEvent(type, { bubbles: true, isPrimary: true, pointerId: 1, button: 0, ...place }),
        );
      }
      hit.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
      return at;
    });
    const { atMs, text } = await arrived;
    samples.push(atMs - tappedAtMs);
    await device.publish('lamp/state', text);
    const word = text === 'ON' ? 'On' : 'Off';
    await page.waitForFunction(
      (shown) => document.querySelector('[data-tile="lamp"]')?.textContent.includes(shown) === true,
      word,
    );
  }
  return [
    { what: 'tap → message at a TCP subscriber, p50', value: percentile(samples, 0.5), unit: 'ms', goal: 25 },
    { what: 'tap → message at a TCP subscriber, p95', value: percentile(samples, 0.95), unit: 'ms', goal: 40 },
  ];
}

const arrival = ({ client }: TestClient, topic: string): Promise<{ atMs: number; text: string }> =>
  new Promise((resolve) => {
    const listen = (arrived: string, payload: Buffer): void => {
      if (arrived !== topic) return;
      client.off('message', listen);
      resolve({ atMs: performance.timeOrigin + performance.now(), text: payload.toString() });
    };
    client.on('message', listen);
  });

/** From the device's publish until the new text stands in the page, watched by the page itself. */
async function reportLatency(page: Page, { device }: Setting): Promise<readonly Row[]> {
  const samples: number[] = [];
  for (let report = 0; report < reports; report += 1) {
    const text = `${30 + report / 10}`;
    // The page watches before the device speaks, or a fast answer would never be seen.
    const shown = await page.evaluateHandle(
      (wanted) => {
        const card = document.querySelector('[data-tile="value-0"]');
        const at = new Promise<number>((resolve) => {
          const observer = new MutationObserver(() => {
            if (!card?.textContent.includes(wanted)) return;
            observer.disconnect();
            resolve(performance.timeOrigin + performance.now());
          });
          if (card) observer.observe(card, { subtree: true, childList: true, characterData: true, attributes: true });
        });
        return { at };
      },
      (30 + report / 10).toFixed(1),
    );
    const sentAtMs = performance.timeOrigin + performance.now();
    void device.publish(topicOf(0), text);
    samples.push((await shown.evaluate(({ at }) => at)) - sentAtMs);
    await shown.dispose();
  }
  return [{ what: 'device → pixels, p50', value: percentile(samples, 0.5), unit: 'ms', goal: 16 }];
}

/** The tile that is watched while all are flooded. */
const watched = 3;

interface Watched {
  readonly fps: number;
  /** What the watched tile showed at each frame; both in ms, `shown` is a time of sending. */
  readonly frames: readonly { readonly atMs: number; readonly shown: number }[];
}

/** Publishes at a rate over all sensor topics while the page counts frames and notes what it shows. */
async function flood(page: Page, { device }: Setting, perSecond: number): Promise<readonly Row[]> {
  await leaveRoomInTurn();
  const watching = watch(page, floodSeconds * 1_000);
  const { last, sentMs } = await publishFor(device, perSecond);
  const endedAtMs = Date.now();
  const { fps, frames } = await watching;
  const rightMs = await settled(page, last, endedAtMs);
  const name = `${perSecond} messages/s`;
  if (perSecond > 1_000)
    return [{ what: `${name}: every tile right after the end`, value: rightMs, unit: 'ms', goal: 1_000 }];
  const behind = behindMs(frames, sentMs);
  return [
    { what: `${name}: frames per second`, value: fps, unit: 'fps', goal: 55, isMore: true },
    { what: `${name}: screen behind the device, p50`, value: percentile(behind, 0.5), unit: 'ms', goal: 50 },
    { what: `${name}: screen behind the device, p99`, value: percentile(behind, 0.99), unit: 'ms', goal: 50 },
  ];
}

/**
 * How far the screen is behind at each frame: how long ago the device said something newer than what is shown; 0 while nothing
 * newer was said. The first fifth warms up.
 */
function behindMs(frames: Watched['frames'], sentMs: readonly number[]): number[] {
  return frames.slice(Math.floor(frames.length / 5)).map(({ atMs, shown }) => {
    // Half a step of the rounding that the payload went through.
    const newer = sentMs.find((one) => one > shown + 0.06);
    return newer === undefined ? 0 : Math.max(0, atMs - newer);
  });
}

interface Flood {
  /** The last payload of each sensor. */
  readonly last: readonly string[];
  /** When the watched sensor spoke, ms. */
  readonly sentMs: readonly number[];
}

/** Clock of both sides, short enough to be a payload. */
const turnMs = 100_000;

/** In a turn that ends while the sensors speak, what is old would look new. */
async function leaveRoomInTurn(): Promise<void> {
  const untilTurnMs = turnMs - ((performance.timeOrigin + performance.now()) % turnMs);
  if (untilTurnMs < 2 * floodSeconds * 1_000) await new Promise((resolve) => setTimeout(resolve, untilTurnMs));
}

/** The payload is the time of sending in tenths, so that the page can tell how old what it shows is. */
async function publishFor(device: TestClient, perSecond: number): Promise<Flood> {
  const last: string[] = [];
  const sentMs: number[] = [];
  const startMs = performance.now();
  let sent = 0;
  while (performance.now() - startMs < floodSeconds * 1_000) {
    const due = Math.floor(((performance.now() - startMs) / 1_000) * perSecond);
    for (; sent < due; sent += 1) {
      const index = sent % sensors;
      last[index] = ((performance.timeOrigin + performance.now()) % turnMs).toFixed(1);
      if (index === watched) sentMs.push(Number(last[index]));
      device.client.publish(topicOf(index), last[index]);
    }
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  return { last, sentMs };
}

const watch = (page: Page, durationMs: number): Promise<Watched> =>
  page.evaluate(
    ({ duration, name, turn }) =>
      new Promise<Watched>((resolve) => {
        const frames: { atMs: number; shown: number }[] = [];
        const startMs = performance.now();
        let count = 0;
        const frame = (): void => {
          count += 1;
          // Without the tile's name, which has a digit too.
          const text = document.querySelector(`[data-tile="${name}"]`)?.textContent.replace(name, '') ?? '';
          const digits = text.replace(/[^\d.]/g, '');
          if (digits !== '')
            frames.push({ atMs: (performance.timeOrigin + performance.now()) % turn, shown: Number(digits) });
          const passedMs = performance.now() - startMs;
          if (passedMs < duration) return void requestAnimationFrame(frame);
          resolve({ fps: (count / passedMs) * 1_000, frames });
        };
        requestAnimationFrame(frame);
      }),
    { duration: durationMs, name: `value-${watched}`, turn: turnMs },
  );

/** Milliseconds after the last message until every tile shows its last value. */
async function settled(page: Page, last: readonly string[], endedAtMs: number): Promise<number> {
  await page.waitForFunction(
    (values) =>
      values.every((value, index) => {
        const text = document.querySelector(`[data-tile="value-${index}"]`)?.textContent.replace(/[^\d.]/g, '') ?? '';
        return text.includes(value);
      }),
    [...last],
    { timeout: 20_000 },
  );
  return Date.now() - endedAtMs;
}
