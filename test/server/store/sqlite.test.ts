import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Database } from '../../../server/store/sqlite.ts';

/** Rubbish until the garbage collector comes by. */
const rounds = 50;
const objects = 100_000;

it('outlives its forgotten statements', async () => {
  const db = new Database(':memory:');
  for (let round = 0; round < rounds; round += 1) {
    db.prepare(`SELECT ${round}`);
    await setImmediate(Array.from({ length: objects }, (_, index) => ({ index })));
  }
  expect(db.prepare('SELECT 1').pluck().get()).toBe(1);
  db.close();
});
