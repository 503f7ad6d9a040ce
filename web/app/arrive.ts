/** Screen readers and keyboards begin at the new page's heading. The heading itself shows no ring. */
export function focusPage(): void {
  const heading = document.querySelector<HTMLElement>('main h1');
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}
