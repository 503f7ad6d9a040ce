/** Choices of this device that no account knows: text size, contrast, hand. */
export interface Preferences {
  /** Percent, 100-200. */
  readonly textSize: number;
  readonly isBrightSun: boolean;
  readonly isLeftHand: boolean;
}

/** What preferences need of a page: storage that never throws, and the root element. */
export interface PreferencesPlace {
  readonly keep: { read(key: string): string | null; write(key: string, value: string): void };
  readonly root: { readonly dataset: DOMStringMap; readonly style: { fontSize: string } };
}

/** index.html applies what was kept under these keys before the first paint. */
const textSizeKey = 'kachel-text-scale';
const contrastKey = 'kachel-contrast';
const handKey = 'kachel-hand';

export const textSizes = [100, 115, 130, 150, 175, 200] as const;

export function readPreferences({ keep }: PreferencesPlace): Preferences {
  const textSize = Number(keep.read(textSizeKey));
  return {
    textSize: textSize >= 100 && textSize <= 200 ? textSize : 100,
    isBrightSun: keep.read(contrastKey) === 'more',
    isLeftHand: keep.read(handKey) === 'left',
  };
}

export function keepPreferences({ keep }: PreferencesPlace, preferences: Preferences): void {
  keep.write(textSizeKey, String(preferences.textSize));
  keep.write(contrastKey, preferences.isBrightSun ? 'more' : '');
  keep.write(handKey, preferences.isLeftHand ? 'left' : '');
}

/** Lets the page look like it. Without *Bright sun* the system's own wish for contrast still counts. */
export function applyPreferences({ root }: PreferencesPlace, { textSize, isBrightSun, isLeftHand }: Preferences): void {
  root.style.fontSize = textSize === 100 ? '' : `${textSize}%`;
  if (isBrightSun) root.dataset['contrast'] = 'more';
  else delete root.dataset['contrast'];
  if (isLeftHand) root.dataset['hand'] = 'left';
  else delete root.dataset['hand'];
}
