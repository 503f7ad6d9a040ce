import type { Attachment } from 'svelte/attachments';

/** Way that closes, and speed that closes earlier. */
const closeAfterPx = 96;
const closeFromPxPerMs = 0.6;

/** Lets the top of a sheet be pulled down with the finger: the sheet follows, and closes or springs back. */
export const swipeDown =
  (onclose: () => void): Attachment<HTMLElement> =>
  (grip) => {
    let start: { readonly id: number; readonly y: number; readonly atMs: number } | undefined;
    const sheet = (): HTMLElement | null => grip.closest<HTMLElement>('[data-sheet]');
    const pull = (px: number): void => {
      const element = sheet();
      if (element) element.style.transform = px > 0 ? `translateY(${px}px)` : '';
    };
    const isFromBelow = (): boolean => window.matchMedia('(max-width: 599.98px) and (min-height: 480px)').matches;

    const down = (event: PointerEvent): void => {
      const isControl = event.target instanceof Element && event.target.closest('button, a, input, select');
      if (start || isControl || event.pointerType === 'mouse' || !isFromBelow()) return;
      start = { id: event.pointerId, y: event.clientY, atMs: event.timeStamp };
      grip.setPointerCapture(event.pointerId);
    };
    const move = (event: PointerEvent): void => {
      if (start?.id === event.pointerId) pull(event.clientY - start.y);
    };
    const end = (event: PointerEvent): void => {
      if (start?.id !== event.pointerId) return;
      const px = event.clientY - start.y;
      const speed = px / Math.max(1, event.timeStamp - start.atMs);
      start = undefined;
      const isClosing = event.type === 'pointerup' && (px > closeAfterPx || (px > 24 && speed > closeFromPxPerMs));
      if (isClosing) onclose();
      else pull(0);
    };
    const listen = new AbortController();
    const options = { signal: listen.signal };
    grip.addEventListener('pointerdown', down, options);
    grip.addEventListener('pointermove', move, options);
    grip.addEventListener('pointerup', end, options);
    grip.addEventListener('pointercancel', end, options);
    return () => listen.abort();
  };
