import { describe, expect, it } from 'vitest';
import { ensurePrograms } from '../../../server/bootstrap/programs.mjs';

/** A machine that lacks `missing`; as root on Debian packages bring what they hold. */
function machine(missing: readonly string[], isDebianRoot: boolean) {
  const lacking = new Set(missing);
  const asked: string[][] = [];
  const system = {
    has: (name: string) => !lacking.has(name),
    canAptGet: () => isDebianRoot,
    aptGet: (...names: string[]) => {
      asked.push(names);
      if (names.includes('mosquitto-clients')) lacking.delete('mosquitto_sub');
      if (names.includes('libnss3-tools')) lacking.delete('certutil');
      return Promise.resolve({ output: '' });
    },
  };
  return { system, asked };
}

describe('programs that tests drive', () => {
  it.each([
    ['are left alone where they are', [], true, [], []],
    [
      'come from Debian for root, in one go',
      ['certutil', 'mosquitto_sub'],
      true,
      [['libnss3-tools', 'mosquitto-clients']],
      [],
    ],
    ['come alone when one is missing', ['mosquitto_sub'], true, [['mosquitto-clients']], []],
    ['are named where nothing can be installed', ['mosquitto_sub'], false, [], ['mosquitto-clients']],
  ])('%s', async (_name, missing, isDebianRoot, asked, left) => {
    const here = machine(missing, isDebianRoot);
    expect(await ensurePrograms(here.system)).toEqual(left);
    expect(here.asked).toEqual(asked);
  });
});
