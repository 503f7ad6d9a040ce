import { browserKeep } from '../../app/keep.ts';
import type { PreferencesPlace } from './preferences.ts';

export const browserPlace = (): PreferencesPlace => ({ keep: browserKeep, root: document.documentElement });
