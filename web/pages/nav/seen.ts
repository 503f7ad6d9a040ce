/** Attachment: tells whether an element is in view. */
export function seen(onchange: (isSeen: boolean) => void): (element: HTMLElement) => () => void {
  return (element) => {
    const observer = new IntersectionObserver(([entry]) => {
      if (entry) onchange(entry.isIntersecting);
    });
    observer.observe(element);
    return () => observer.disconnect();
  };
}
