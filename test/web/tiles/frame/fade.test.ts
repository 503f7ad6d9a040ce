import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { busyMs, calmMs, fadeChanges, layerMs } from '../../../../web/tiles/frame/fade.ts';

beforeEach(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: false }));
  vi.useFakeTimers();
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function setUp() {
  let shown = '';
  let nowMs = 0;
  const animate = vi.fn();
  const node = { animate, style: { willChange: '' } };
  const fade = fadeChanges(() => shown);
  const show = (text: string, atMs: number): void => {
    shown = text;
    vi.advanceTimersByTime(atMs - nowMs);
    nowMs = atMs;
    fade(node as unknown as HTMLElement);
  };
  return { animate, node, show };
}

it('fades a number in that changed after a while', () => {
  const { animate, show } = setUp();
  show('21.5', 0);
  show('21.6', calmMs);
  expect(animate).toHaveBeenCalledOnce();
});

it('lets the first number and the same number stand', () => {
  const { animate, show } = setUp();
  show('21.5', 0);
  show('21.5', 10 * calmMs);
  expect(animate).not.toHaveBeenCalled();
});

it('keeps still while a number changes all the time', () => {
  const { animate, node, show } = setUp();
  for (let count = 0; count < 20; count++) show(String(count), count * (calmMs - 1));
  expect(animate).not.toHaveBeenCalled();
  expect(node.style.willChange).toBe('');
});

it('gives digits that rush past a layer, and takes it back when they are calm', () => {
  const { node, show } = setUp();
  show('21.5', 0);
  show('21.6', busyMs - 1);
  expect(node.style.willChange).toBe('transform');
  vi.advanceTimersByTime(layerMs);
  expect(node.style.willChange).toBe('');
});
