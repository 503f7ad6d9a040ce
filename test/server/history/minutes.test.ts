import { expect, it } from 'vitest';
import type { Delivery } from '../../../server/broker/engine/engine.ts';
import { createMinutes } from '../../../server/history/minutes.ts';
import { openDatabase } from '../../../server/store/open-database.ts';
import type { SeriesPoint } from '../../../shared/api/contract.ts';
import type { Binding } from '../../../shared/house/binding.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const startMs = 1_700_000_400_000; // begins ten minutes
const binding: Binding = { type: 'number', stateTopic: 't' };

it('minutes are joined to ten minutes after a day and go after a week', () => {
  const store = openDatabase(':memory:');
  const minutes = createMinutes(store.db);
  const say = (value: number, atMs: number): void => {
    const payload = new TextEncoder().encode(String(value));
    const message: Delivery['message'] = { topic: 't', payload, qos: 0, retain: false };
    minutes.note({ message, atMs }, [{ key: 'k', binding }]);
    minutes.write();
    minutes.written();
  };
  const known = (): SeriesPoint[] => minutes.since('k', 0);

  say(20, startMs + minuteMs);
  say(22, startMs + 2 * minuteMs);
  say(19, startMs + 9 * minuteMs);
  say(30, startMs + 10 * minuteMs);
  minutes.prune(startMs + dayMs);
  expect(known()).toHaveLength(4);
  minutes.prune(startMs + dayMs + 10 * minuteMs);
  expect(known()).toEqual([
    [startMs, 19, 22],
    [startMs + 10 * minuteMs, 30, 30],
  ]);

  // After a restart nothing is joined twice, and what lay there unjoined is found.
  say(40, startMs + 11 * minuteMs);
  createMinutes(store.db).prune(startMs + 2 * dayMs);
  expect(known()).toEqual([
    [startMs, 19, 22],
    [startMs + 10 * minuteMs, 30, 40],
  ]);

  minutes.prune(startMs + 7 * dayMs + minuteMs);
  expect(known()).toEqual([[startMs + 10 * minuteMs, 30, 40]]);
  minutes.prune(startMs + 8 * dayMs);
  expect(known()).toEqual([]);
  expect(store.db.prepare('SELECT count(*) FROM series').pluck().get()).toBe(0);
});
