/**
 * Attachment for a scrolling list of links: keeps the current one in view whenever `key` changes. Scrolls the list only, never the page.
 * It measures when the observer first calls, right after the frame's own layout: asking earlier would lay the page out twice.
 */
export function keepVisible(key: () => unknown): (list: HTMLElement) => () => void {
  return (list) => {
    key();
    const observer = new ResizeObserver(() => {
      observer.disconnect();
      const current = list.querySelector<HTMLElement>('[aria-current="page"]');
      if (current) scrollInto(list, current);
    });
    observer.observe(list);
    return () => observer.disconnect();
  };
}

function scrollInto(list: HTMLElement, item: HTMLElement): void {
  const outer = list.getBoundingClientRect();
  const inner = item.getBoundingClientRect();
  list.scrollLeft += overshoot(inner.left, inner.right, outer.left, outer.right);
  list.scrollTop += overshoot(inner.top, inner.bottom, outer.top, outer.bottom);
}

/** How far to scroll so that start…end lies inside from…to. */
const overshoot = (start: number, end: number, from: number, to: number): number =>
  start < from ? start - from : Math.max(0, end - to);
