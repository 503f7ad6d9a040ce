import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fitName } from '../../../../web/tiles/frame/fit-name.ts';

/** What of an element is asked: how wide its text is and how wide it may be. */
interface FakeName {
  readonly dataset: Record<string, string>;
  readonly scrollWidth: number;
  clientWidth: number;
  /** As exactly as a browser knows it. */
  textWidth: number;
  getBoundingClientRect(): { readonly width: number };
}
let observers: { readonly seen: Set<FakeName>; readonly call: (target: FakeName) => void }[] = [];
let frames: (() => void)[] = [];
let fontsAsked = 0;

const name = (textWidth: number): FakeName => ({
  dataset: {},
  textWidth,
  get scrollWidth() {
    return Math.max(this.clientWidth, Math.round(this.textWidth));
  },
  clientWidth: 100,
  getBoundingClientRect() {
    return { width: this.clientWidth };
  },
});
const attach = (text: string, node: FakeName): (() => void) | void => fitName(text)(node as unknown as HTMLElement);

beforeEach(() => {
  [observers, frames, fontsAsked] = [[], [], 0];
  vi.stubGlobal(
    'ResizeObserver',
    class {
      readonly seen = new Set<FakeName>();
      readonly call: (target: FakeName) => void;
      constructor(run: (entries: { target: FakeName }[]) => void) {
        this.call = (target) => run([{ target }]);
        observers.push(this);
      }
      observe(target: FakeName): void {
        this.seen.add(target);
      }
      unobserve(target: FakeName): void {
        this.seen.delete(target);
      }
    },
  );
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => frames.push(run));
  vi.stubGlobal('document', {
    hidden: false,
    createRange: () => {
      let of: FakeName | undefined;
      return {
        selectNodeContents: (node: FakeName) => (of = node),
        getBoundingClientRect: () => ({ width: of?.textWidth ?? 0 }),
      };
    },
    addEventListener: () => undefined,
    fonts: {
      get ready() {
        fontsAsked += 1;
        return Promise.resolve();
      },
    },
  });
  vi.resetModules();
});
afterEach(() => vi.unstubAllGlobals());

it('measures when the box is known, narrows what does not fit, and begins anew with another text', () => {
  const [short, long] = [name(80), name(140)];
  attach('Lamp', short);
  const stop = attach('Standing lamp', long);
  expect(observers).toHaveLength(1);
  const [observer] = observers;
  for (const node of [short, long]) observer?.call(node);
  expect(short.dataset).toEqual({});
  expect(long.dataset['fit']).toBe('4');
  stop?.();
  expect(long.dataset).toEqual({});
  expect(observer?.seen).toEqual(new Set([short]));
});

it('does not take a text for fitting that is a part of a pixel too wide: its last letters would go', async () => {
  const fresh = await import('../../../../web/tiles/frame/fit-name.ts');
  const [whole, cut] = [name(100), name(100.23)];
  for (const node of [whole, cut]) fresh.fitName('Coffee machine')(node as unknown as HTMLElement);
  for (const node of [whole, cut]) observers[0]?.call(node);
  expect([whole.dataset['fit'], cut.dataset['fit']]).toEqual([undefined, '4']);
});

it('asks for the fonts only after the first picture: asking lays the page out', async () => {
  const fresh = await import('../../../../web/tiles/frame/fit-name.ts');
  const node = name(80);
  fresh.fitName('Lamp')(node as unknown as HTMLElement);
  await Promise.resolve();
  expect(fontsAsked).toBe(0);
  for (const run of frames) run();
  node.textWidth = 140;
  await vi.waitFor(() => expect(node.dataset['fit']).toBe('4'));
  expect(fontsAsked).toBe(1);
});
