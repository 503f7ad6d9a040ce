/** Tiles this close to the view count as seen: a finger may bring them in before the next look. */
const marginPx = 40;

/** The ids of tiles that are drawn, but out of view. Measures: to be asked before a frame changes anything. */
export function unseenTiles(): ReadonlySet<string> {
  const unseen = new Set<string>();
  const seen = new Set<string>();
  for (const element of document.querySelectorAll<HTMLElement>('[data-tile]')) {
    const { top, bottom } = element.getBoundingClientRect();
    const isSeen = bottom > -marginPx && top < innerHeight + marginPx;
    (isSeen ? seen : unseen).add(element.dataset['tile'] ?? '');
  }
  // The same tile may be drawn twice.
  for (const id of seen) unseen.delete(id);
  return unseen;
}
