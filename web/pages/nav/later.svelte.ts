import { afterPicture } from '../../ui/after-picture.ts';
import type { LaterParts } from './later-parts.ts';

let parts: LaterParts | undefined = $state.raw();
let loading: Promise<void> | undefined;

async function load(): Promise<void> {
  await afterPicture();
  parts = (await import('./later-parts.ts')).laterParts;
}

/** Parts round a page that the first picture does not need, in one file: whoever looks for them gets them right after it. */
export const later = {
  /** Reactive. */
  get parts(): LaterParts | undefined {
    loading ??= load().catch(() => {
      // No network: the next one who looks tries again.
      loading = undefined;
    });
    return parts;
  },
};
