import type { Attachment } from 'svelte/attachments';
import { softHyphens } from './soft-hyphens.ts';

/**
 * How a name fits: 1 = as designed, 2 = narrow letters, 3 = narrow and on two lines (then an ellipsis), 4 = the same in a browser
 * that cannot part a word by itself.
 */
const levels = ['1', '2', '3'] as const;

/**
 * Gives a long name narrower letters first, then a second line; the styles of each `data-fit` are the component's.
 * Measures again when the box or the text changes and once the font has come.
 */
export const fitName =
  (text: string): Attachment<HTMLElement> =>
  (node) => {
    let width = -1;
    const fits = (): boolean => node.scrollWidth <= node.clientWidth;
    const fit = (): void => {
      // Most names fit as they are: nothing is written, so that all of them are measured in one layout.
      if (node.dataset['fit'] === undefined && fits()) return;
      for (const level of levels) {
        node.dataset['fit'] = level;
        if (fits()) return;
      }
      node.dataset['fit'] = '4';
      const letters = node.firstChild;
      if (letters) letters.nodeValue = softHyphens(text);
    };
    const refit = (): void => {
      if (node.clientWidth === width) return;
      width = node.clientWidth;
      fit();
    };
    if (text === '') return;
    const observer = new ResizeObserver(refit);
    observer.observe(node);
    let isGone = false;
    void document.fonts.ready.then(() => {
      if (!isGone) fit();
    });
    return () => {
      isGone = true;
      observer.disconnect();
    };
  };
