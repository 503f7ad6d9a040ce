import type { Attachment } from 'svelte/attachments';

/** Digits that change faster than this are not animated: they would never stand still. */
export const calmMs = 2_000;
const fadeMs = 200;
const reducedFadeMs = 120;

/** Lets a changed number fade in. One per place; call the result with what is written there now. The first text never fades. */
export function fadeChanges(clock: () => number): (text: string) => Attachment<HTMLElement> {
  let last: { readonly text: string; readonly atMs: number } | undefined;
  return (text) => (node) => {
    const before = last;
    if (before?.text === text) return;
    const atMs = clock();
    last = { text, atMs };
    if (!before || atMs - before.atMs < calmMs) return;
    const isReduced = matchMedia('(prefers-reduced-motion: reduce)').matches;
    node.animate([{ opacity: 0.2 }, { opacity: 1 }], {
      duration: isReduced ? reducedFadeMs : fadeMs,
      easing: 'ease-out',
    });
  };
}
