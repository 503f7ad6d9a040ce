import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TileDrag } from '../../../../web/tiles/define.ts';
import { confirmHoldMs, type Act } from '../../../../web/tiles/frame/act.ts';
import { tileKeys } from '../../../../web/tiles/frame/keys.ts';

const drag: TileDrag = { role: 'level', value: 50, min: 0, max: 100, step: 1, text: String };
const send: Act = { type: 'send', role: 'power', value: true };
const hold: Act = { type: 'hold', role: 'power', value: true };

function setUp(act: Act) {
  const happened: string[] = [];
  const keys = tileKeys({
    act: () => act,
    drag: () => drag,
    onsend: (role, value) => happened.push(`${role}=${JSON.stringify(value)}`),
    ondetails: () => happened.push('details'),
    onhold: (isHeld) => happened.push(isHeld ? 'held' : 'let go'),
  });
  const event = (key: string, repeat = false) => ({ key, repeat, preventDefault: () => undefined }) as KeyboardEvent;
  return {
    happened,
    keys,
    down: (key: string, repeat?: boolean) => keys.down(event(key, repeat)),
    up: (key: string) => keys.up(event(key)),
  };
}

describe('tileKeys', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it.each<[string, Act, string, string[]]>([
    ['Enter opens the details', send, 'Enter', ['details']],
    ['Space acts', send, ' ', ['power=true']],
    ['Space leaves details to the button itself', { type: 'details' }, ' ', []],
    ['+ steps up', send, '+', ['level=55']],
    ['page keys step far', send, 'PageDown', ['level=30']],
    ['other keys do nothing', send, 'x', []],
  ])('%s', (_name, act, key, expected) => {
    const { happened, down } = setUp(act);
    down(key);
    expect(happened).toEqual(expected);
  });

  it('acts once however long Space is down', () => {
    const { happened, down } = setUp(send);
    down(' ');
    down(' ', true);
    expect(happened).toEqual(['power=true']);
  });

  it('sends what wants holding after a second', () => {
    const { happened, down, up } = setUp(hold);
    down(' ');
    vi.advanceTimersByTime(confirmHoldMs - 1);
    expect(happened).toEqual(['held']);
    vi.advanceTimersByTime(1);
    up(' ');
    expect(happened).toEqual(['held', 'let go', 'power=true']);
  });

  it('opens the details when let go early', () => {
    const { happened, down, up } = setUp(hold);
    down(' ');
    vi.advanceTimersByTime(400);
    up(' ');
    vi.advanceTimersByTime(confirmHoldMs);
    expect(happened).toEqual(['held', 'let go', 'details']);
  });

  it('does nothing when the focus leaves', () => {
    const { happened, keys, down } = setUp(hold);
    down(' ');
    keys.leave();
    vi.advanceTimersByTime(confirmHoldMs);
    expect(happened).toEqual(['held', 'let go']);
  });
});
