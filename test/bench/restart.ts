import { readFileSync } from 'node:fs';
import { median, type Row } from './figures.ts';
import { allShown, makeSetting, type Setting } from './setting.ts';

const rounds = 5;

/** Back to live after kill -9 without a reload, and the memory of an idle server. */
export async function bench(): Promise<readonly Row[]> {
  const setting = await makeSetting();
  try {
    const memory = residentMegabytes(setting);
    const context = await setting.phone();
    const page = await context.newPage();
    await page.goto(`${setting.kachel.url}/room/living`);
    await allShown(page);
    const live = page.locator('[data-link="live"]');
    await live.waitFor({ state: 'attached' });
    const samples: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      await setting.kachel.kill('SIGKILL');
      await live.waitFor({ state: 'detached' });
      await setting.kachel.start();
      const upAtMs = performance.now();
      await live.waitFor({ state: 'attached' });
      samples.push(performance.now() - upAtMs);
    }
    return [
      { what: 'live again after the server is up', value: median(samples), unit: 'ms', goal: 1_500 },
      { what: 'idle server, resident', value: memory, unit: 'MB', goal: 110 },
    ];
  } finally {
    await setting.dispose();
  }
}

/** Linux only; elsewhere NaN. */
function residentMegabytes({ kachel }: Setting): number {
  try {
    const status = readFileSync(`/proc/${kachel.pid()}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1_024;
  } catch {
    return Number.NaN;
  }
}
