import { getHouse } from './context.ts';

/**
 * The browser's name for a page, in tabs, history and to screen readers [WCAG 2.4.2]: what it is about, then the home
 * (once, where both are the same). Called while the page is made; whatever lay over another page gives its name back.
 */
export function namePage(title: () => string): void {
  const house = getHouse();
  nameGate(title, () => house.house.name);
}

/** The same for a page that stands before the home. */
export function nameGate(title: () => string, home: () => string = () => 'Kachel'): void {
  $effect(() => {
    const before = document.title;
    document.title = title() === home() ? home() : `${title()} · ${home()}`;
    return () => void (document.title = before);
  });
}
