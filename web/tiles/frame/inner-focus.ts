import type { Attachment } from 'svelte/attachments';

const controls = 'button, a, select, textarea, input, [role="slider"]';

/** Takes the controls inside a tile out of the tab order while another tile of the grid holds the tab stop. */
export const innerFocus =
  (isActive: boolean): Attachment<HTMLElement> =>
  (node) => {
    const apply = (): void => {
      for (const control of node.querySelectorAll<HTMLElement>(controls)) {
        if (!control.hasAttribute('data-hit')) control.tabIndex = isActive ? 0 : -1;
      }
    };
    apply();
    const observer = new MutationObserver(apply);
    observer.observe(node, { childList: true, subtree: true });
    return () => observer.disconnect();
  };
