import type { Attachment } from 'svelte/attachments';

const property = '--k-toast-inset';

/** Messages stand above this bar while it is there. A bar as high as the page stands beside them and does not count. */
export const toastAbove: Attachment<HTMLElement> = (node) => {
  const { style } = document.documentElement;
  const observer = new ResizeObserver(() => {
    const { top } = node.getBoundingClientRect();
    if (top > 0) style.setProperty(property, `${innerHeight - top}px`);
    else style.removeProperty(property);
  });
  observer.observe(node);
  return () => {
    observer.disconnect();
    style.removeProperty(property);
  };
};
