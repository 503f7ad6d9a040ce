import type { Attachment } from 'svelte/attachments';
import { afterPicture } from '../../ui/after-picture.ts';

/**
 * How a name fits: 1 = as designed, 2 = narrow letters, 3 = narrow and on two lines (then an ellipsis), 4 = the same in a browser
 * that cannot part a word by itself.
 */
const levels = ['1', '2', '3'] as const;

/** How wide the text is. `scrollWidth` is whole pixels, and a quarter of one too much already costs a word its end. */
let range: Range | undefined;
const textWidth = (node: Element): number => {
  range ??= document.createRange();
  range.selectNodeContents(node);
  return range.getBoundingClientRect().width;
};
/** Two sums of the same widths may differ by so much. */
const slackPx = 0.05;

/** Who measures again when a box changes. One observer for all: one for each name would hold up the first picture. */
const refits = new WeakMap<Element, () => void>();
let observer: ResizeObserver | undefined;
const observe = (node: Element): void => {
  observer ??= new ResizeObserver((entries) => {
    for (const { target } of entries) refits.get(target)?.();
  });
  observer.observe(node);
};

/**
 * Once the fonts that are on their way have come. Asked only after the picture: with the fonts at hand, even asking lays out the
 * whole page at once, in the middle of drawing it.
 */
const fontsHere = (): Promise<unknown> => afterPicture().then(() => document.fonts.ready);

/**
 * Gives a long name narrower letters first, then a second line; the styles of each `data-fit` are the component's.
 * Measures again when the box or the text changes and once the font has come.
 */
export const fitName =
  (text: string): Attachment<HTMLElement> =>
  (node) => {
    let width = -1;
    const fits = (): boolean =>
      node.scrollWidth <= node.clientWidth && textWidth(node) <= node.getBoundingClientRect().width + slackPx;
    const fit = (): void => {
      // Most names fit as they are: nothing is written, so that all of them are measured in one layout.
      if (node.dataset['fit'] === undefined && fits()) return;
      for (const level of levels) {
        node.dataset['fit'] = level;
        if (fits()) return;
      }
      node.dataset['fit'] = '4';
      // Rare, and long names only: it stays out of the first load.
      void import('./soft-hyphens.ts').then(({ softHyphens }) => {
        const letters = node.firstChild;
        if (letters && refits.get(node) === refit) letters.nodeValue = softHyphens(text);
      });
    };
    const refit = (): void => {
      if (node.clientWidth === width) return;
      width = node.clientWidth;
      fit();
    };
    if (text === '') return;
    refits.set(node, refit);
    observe(node);
    void fontsHere().then(() => {
      if (refits.get(node) === refit) fit();
    });
    return () => {
      refits.delete(node);
      observer?.unobserve(node);
      delete node.dataset['fit'];
    };
  };
