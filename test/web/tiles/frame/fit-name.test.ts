import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fitName } from '../../../../web/tiles/frame/fit-name.ts';

/** What of an element is asked: how wide its text is and how wide it may be. */
interface FakeName {
  readonly dataset: Record<string, string>;
  scrollWidth: number;
  clientWidth: number;
}
let observers: { readonly seen: Set<FakeName>; readonly call: (target: FakeName) => void }[] = [];
let frames: (() => void)[] = [];
let fontsAsked = 0;

const name = (scrollWidth: number): FakeName => ({ dataset: {}, scrollWidth, clientWidth: 100 });
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

it('asks for the fonts only after the first picture: asking lays the page out', async () => {
  const fresh = await import('../../../../web/tiles/frame/fit-name.ts');
  const node = name(80);
  fresh.fitName('Lamp')(node as unknown as HTMLElement);
  await Promise.resolve();
  expect(fontsAsked).toBe(0);
  for (const run of frames) run();
  node.scrollWidth = 140;
  await vi.waitFor(() => expect(node.dataset['fit']).toBe('4'));
  expect(fontsAsked).toBe(1);
});
