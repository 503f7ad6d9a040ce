import { afterPicture } from '../../ui/after-picture.ts';
import type { LaterParts } from './later-parts.ts';

let parts: LaterParts | undefined = $state.raw();
let loading: Promise<void> | undefined;

/** Without network it is tried again so often: the banner that says so is one of the parts. */
const retryMs = 3_000;

async function load(): Promise<void> {
  await afterPicture();
  while (!parts) {
    try {
      parts = (await import('./later-parts.ts')).laterParts;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, retryMs));
    }
  }
}

/** Parts round a page that the first picture does not need, in one file: whoever looks for them gets them right after it. */
export const later = {
  /** Reactive. */
  get parts(): LaterParts | undefined {
    loading ??= load();
    return parts;
  },
};
