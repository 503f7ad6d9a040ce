import type { App } from '../../app/context.ts';

/** Lets the app follow a link itself, unless the person wants it in a new tab or window. */
export function followLink(
  event: MouseEvent,
  href: string,
  app: Pick<App, 'navigate'>,
  options?: { readonly replace?: boolean },
): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
    return;
  event.preventDefault();
  app.navigate(href, options);
}
