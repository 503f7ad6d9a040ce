import type { Attachment } from 'svelte/attachments';

/** Digits that change faster than this are not animated: they would never stand still. */
export const calmMs = 2_000;
/** Digits that change faster than this get a layer of their own for a while: the tile under them is not painted with each of them. */
export const busyMs = 200;
export const layerMs = 1_000;

/** Lets a changed number fade in. One per place; `text` tells, reactively, what is written there. The first text never fades. */
export function fadeChanges(text: () => string | undefined): Attachment<HTMLElement> {
  let last: string | undefined;
  let lastAtMs = 0;
  return (node) => {
    const before = last;
    last = text();
    if (last === before) return;
    const atMs = performance.now();
    const passedMs = atMs - lastAtMs;
    lastAtMs = atMs;
    if (before === undefined) return;
    if (passedMs < busyMs) layer(node.style);
    if (passedMs < calmMs) return;
    const duration = matchMedia('(prefers-reduced-motion: reduce)').matches ? 120 : 200;
    node.animate([{ opacity: 0.2 }, { opacity: 1 }], { duration, easing: 'ease-out' });
  };
}

function layer(style: CSSStyleDeclaration): void {
  if (style.willChange) return;
  style.willChange = 'transform';
  setTimeout(() => (style.willChange = ''), layerMs);
}
