import { describe, expect, it } from 'vitest';
import { coarseTickMs, createClock } from '../../../web/live/clock.svelte.ts';
import { FakeEnvironment } from '../../support/fake-environment.ts';

describe('clock', () => {
  it('is the server’s, however wrong the phone is', () => {
    const environment = new FakeEnvironment();
    const clock = createClock(environment);
    clock.sync(1_700_000_000_000, 40);
    expect(clock.nowMs).toBe(1_700_000_000_040);
    environment.pass(1_000);
    expect(clock.nowMs).toBe(1_700_000_001_040);
  });

  it('moves ages only every few seconds', () => {
    const environment = new FakeEnvironment();
    const clock = createClock(environment);
    clock.sync(1_000_000);
    environment.pass(coarseTickMs - 1_000);
    expect(clock.coarseNowMs).toBe(1_000_000);
    environment.pass(1_000);
    expect(clock.coarseNowMs).toBe(1_000_000 + coarseTickMs);
  });

  it('rests while hidden and catches up at once', () => {
    const environment = new FakeEnvironment();
    const clock = createClock(environment);
    clock.sync(1_000_000);
    environment.show(false);
    environment.pass(60_000);
    expect(clock.nowMs).toBe(1_000_000);
    expect(clock.read()).toBe(1_060_000);
    environment.show(true);
    expect(clock.nowMs).toBe(1_060_000);
    clock.dispose();
    expect(environment.timers).toBe(0);
  });
});
