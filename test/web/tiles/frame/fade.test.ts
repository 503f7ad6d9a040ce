import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { calmMs, fadeChanges } from '../../../../web/tiles/frame/fade.ts';

beforeEach(() => void vi.stubGlobal('matchMedia', () => ({ matches: false })));
afterEach(() => void vi.unstubAllGlobals());

function setUp() {
  let nowMs = 0;
  const animate = vi.fn();
  const node = { animate } as unknown as HTMLElement;
  const fade = fadeChanges(() => nowMs);
  return { animate, show: (text: string, atMs: number) => ((nowMs = atMs), fade(text)(node)) };
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
  const { animate, show } = setUp();
  for (let count = 0; count < 20; count++) show(String(count), count * (calmMs - 1));
  expect(animate).not.toHaveBeenCalled();
});
