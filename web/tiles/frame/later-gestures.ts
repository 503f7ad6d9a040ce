import type { Attachment } from 'svelte/attachments';
import { afterPicture } from '../../ui/after-picture.ts';
import type { GestureHandlers } from './gestures.ts';

/** Gestures come after the first picture: until then a tap is a plain click. */
export const laterGestures =
  (handlers: GestureHandlers): Attachment<HTMLElement> =>
  (node) => {
    let isGone = false;
    let stop: (() => void) | void;
    void afterPicture()
      .then(() => import('./gestures.ts'))
      .then(({ gestures }) => {
        if (!isGone) stop = gestures(handlers)(node);
      });
    return () => {
      isGone = true;
      stop?.();
    };
  };
