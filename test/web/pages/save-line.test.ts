import { describe, expect, it } from 'vitest';
import { fail, ok } from '../../../shared/result.ts';
import { SaveLine } from '../../../web/pages/save-line.svelte.ts';

interface Names {
  readonly names: readonly string[];
}
const add =
  (name: string) =>
  ({ names }: Names): Names => ({ names: [...names, name] });

/** A server of one list, told to the page only when it loads anew. */
function server(...names: string[]) {
  let there: Names = { names };
  let told = there;
  const reloads: (() => void)[] = [];
  const failures: string[] = [];
  let isAway = false;
  const line = new SaveLine<Names>({
    told: () => told,
    put: async (next) => {
      await Promise.resolve();
      if (isAway) return fail({ code: 'unreachable', message: '' });
      there = next;
      return ok(undefined);
    },
    reload: () => {
      const reply = structuredClone(there);
      reloads.push(() => (told = reply));
    },
    onFailure: ({ code }) => failures.push(code),
  });
  return {
    line,
    reloads,
    failures,
    names: () => there.names,
    tell: (next: Names) => (told = next),
    goAway: () => (isAway = true),
    comeBack: () => (isAway = false),
  };
}

describe('saves in a line', () => {
  it('go on from what the one before left, and load anew once', async () => {
    const { line, names, reloads } = server('Anna');
    await Promise.all([line.save(add('Lena')), line.save(add('Paul')), line.save(add('Mia'))]);
    expect(names()).toEqual(['Anna', 'Lena', 'Paul', 'Mia']);
    expect(line.newest.names).toEqual(names());
    expect(reloads).toHaveLength(1);
  });

  it('go on from the last one though the page has not loaded anew yet', async () => {
    const { line, names, reloads } = server();
    await line.save(add('Lena'));
    const second = line.save(add('Paul'));
    reloads[0]?.();
    await second;
    await line.save(add('Mia'));
    expect(names()).toEqual(['Lena', 'Paul', 'Mia']);
  });

  it('go on from what others did once it is told', async () => {
    const { line, names, reloads, tell } = server();
    await line.save(add('Lena'));
    reloads[0]?.();
    tell({ names: ['Somebody'] });
    expect(line.newest.names).toEqual(['Somebody']);
    await line.save(add('Paul'));
    expect(names()).toEqual(['Somebody', 'Paul']);
  });

  it('tell a failure, and the next one goes on without it', async () => {
    const { line, names, failures, goAway, comeBack } = server();
    goAway();
    await line.save(add('Lena'));
    comeBack();
    await line.save(add('Paul'));
    expect(failures).toEqual(['unreachable']);
    expect(names()).toEqual(['Paul']);
  });
});
