import { browserKeep } from '../../app/keep.ts';
import { applyPreferences, readPreferences, type PreferencesPlace } from './preferences.ts';

export const browserPlace = (): PreferencesPlace => ({ keep: browserKeep, root: document.documentElement });

/** Applies what was chosen on this device; called before the first page is drawn. */
export function applyKeptPreferences(): void {
  const place = browserPlace();
  applyPreferences(place, readPreferences(place));
}
