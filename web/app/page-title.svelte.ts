/**
 * The browser's name for a page, in tabs, history and to screen readers [WCAG 2.4.2]: what it is about, then the home
 * (once, where both are the same). Called while the page is made; whatever lay over another page gives its name back.
 */
export function namePage(title: () => string, home: () => string = () => 'Kachel'): void {
  $effect(() => {
    const before = document.title;
    document.title = title() === home() ? home() : `${title()} · ${home()}`;
    return () => void (document.title = before);
  });
}
