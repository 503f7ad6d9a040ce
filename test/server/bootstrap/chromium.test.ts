import { describe, expect, it } from 'vitest';
import { installChromium } from '../../../server/bootstrap/chromium.mjs';

type Way = 'apt-get' | 'download';

/** A machine on which only `working` ways bring a browser; remembers which were tried. */
function machine({ isThere = false, isDebianRoot = false, working = [] as readonly Way[] }) {
  const tried: Way[] = [];
  let browser = isThere ? '/usr/bin/chromium' : undefined;
  const way = (name: Way) => () => {
    tried.push(name);
    if (working.includes(name)) browser = `/by/${name}`;
    return Promise.resolve({ output: `${name} was here\n` });
  };
  const system = {
    find: () => Promise.resolve(browser),
    canAptGet: () => isDebianRoot,
    aptGet: way('apt-get'),
    download: way('download'),
  };
  return { system, tried };
}

describe('Chromium for the tests', () => {
  it.each<[string, Parameters<typeof machine>[0], readonly Way[], boolean]>([
    ['is left alone where it is', { isThere: true, isDebianRoot: true }, [], true],
    ['comes from Debian for root', { isDebianRoot: true, working: ['apt-get', 'download'] }, ['apt-get'], true],
    ['comes from Playwright elsewhere', { working: ['apt-get', 'download'] }, ['download'], true],
    [
      'comes from Playwright when apt-get fails',
      { isDebianRoot: true, working: ['download'] },
      ['apt-get', 'download'],
      true,
    ],
    ['may fail', { isDebianRoot: true }, ['apt-get', 'download'], false],
  ])('%s', async (_name, situation, ways, isThere) => {
    const { system, tried } = machine(situation);
    const result = await installChromium(system);
    expect(tried).toEqual(ways);
    expect(result).toEqual({ isThere, output: ways.map((way) => `${way} was here\n`).join('') });
  });
});
