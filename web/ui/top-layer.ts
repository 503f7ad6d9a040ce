import type { Attachment } from 'svelte/attachments';

/** Told on `document` whenever a sheet opens or closes. */
export const sheetEvent = 'kachel-sheet';

/**
 * Keeps an element reachable: a modal dialog covers everything outside it, so the element moves into the topmost open one and back home after.
 * Its home must hold nothing else.
 */
export const topLayerPlace: Attachment<HTMLElement> = (node) => {
  const home = node.parentElement;
  const place = (): void => {
    const dialogs = [...document.querySelectorAll<HTMLDialogElement>('dialog[data-modal][open]')];
    const target = dialogs.at(-1) ?? home;
    if (target && node.parentElement !== target) target.append(node);
  };
  place();
  document.addEventListener(sheetEvent, place);
  return () => {
    document.removeEventListener(sheetEvent, place);
    node.remove();
  };
};
