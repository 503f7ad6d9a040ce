import { describe, expect, it } from 'vitest';
import {
  idle,
  step,
  swallowsClick,
  timerMs,
  type GestureEffect,
  type GestureEvent,
  type GestureRules,
} from '../../../../web/tiles/frame/gesture.ts';

const plain: GestureRules = { canDrag: false, needsHold: false };
const dimmer: GestureRules = { canDrag: true, needsHold: false };
const lock: GestureRules = { canDrag: false, needsHold: true };

const down = (rules: GestureRules): GestureEvent => ({ type: 'down', x: 100, y: 100, rules });
const move = (x: number, y = 100): GestureEvent => ({ type: 'move', x, y });
const up: GestureEvent = { type: 'up' };
const cancel: GestureEvent = { type: 'cancel' };
const timer: GestureEvent = { type: 'timer' };

function play(events: readonly GestureEvent[]): { effects: string[]; isSwallowed: boolean; dx: number[] } {
  let gesture = idle;
  let isSwallowed = false;
  const effects: GestureEffect[] = [];
  for (const event of events) {
    if (event.type === 'up') isSwallowed = swallowsClick(gesture);
    const next = step(gesture, event);
    gesture = next.gesture;
    if (next.effect.type !== 'none') effects.push(next.effect);
  }
  const dx = effects.flatMap((effect) => (effect.type === 'drag' ? [effect.dx] : []));
  return { effects: effects.map((effect) => effect.type), isSwallowed, dx };
}

describe('gesture', () => {
  const cases: readonly [name: string, events: GestureEvent[], effects: string[], isSwallowed: boolean][] = [
    ['a tap is left to the click', [down(plain), up], [], false],
    ['a shaky tap is a tap', [down(dimmer), move(105, 103), up], [], false],
    ['450 ms are a long press', [down(plain), timer, up], ['long-press'], true],
    ['a held tile acts after its second', [down(lock), timer, up], ['hold-done'], true],
    ['a held tile let go early is a tap', [down(lock), up], [], false],
    ['sideways is a drag', [down(dimmer), move(109), move(120), up], ['drag-start', 'drag', 'drag-end'], true],
    ['sideways on anything else is nothing', [down(plain), move(120), up], [], true],
    ['steep is scrolling', [down(dimmer), move(108, 106), move(140), up], [], true],
    ['29 degrees still drag', [down(dimmer), move(110, 105.5), up], ['drag-start', 'drag-end'], true],
    ['31 degrees do not', [down(dimmer), move(110, 106.1), up], [], true],
    ['the browser takes a drag back', [down(dimmer), move(120), cancel], ['drag-start', 'drag-cancel'], false],
    ['the browser takes a press back', [down(plain), cancel], [], false],
    ['no long press while dragging', [down(dimmer), move(120), timer, up], ['drag-start', 'drag-end'], true],
    ['no drag after a long press', [down(dimmer), timer, move(160), up], ['long-press'], true],
    ['no long press after scrolling', [down(plain), move(100, 140), timer, up], [], true],
    ['a second finger changes nothing', [down(dimmer), down(plain), move(120), up], ['drag-start', 'drag-end'], true],
    ['moves without a press are nothing', [move(10), timer, up], [], false],
  ];

  it.each(cases)('%s', (_name, events, effects, isSwallowed) => {
    const played = play(events);
    expect(played.effects).toEqual(effects);
    expect(played.isSwallowed).toBe(isSwallowed);
  });

  it('counts the way from where the finger first touched', () => {
    expect(play([down(dimmer), move(112), move(130), move(60), up]).dx).toEqual([30, -40]);
  });

  it('waits 450 ms, or a second to confirm', () => {
    expect([timerMs(plain), timerMs(dimmer), timerMs(lock)]).toEqual([450, 450, 1_000]);
  });
});
