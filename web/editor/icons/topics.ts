import type { EditorKey } from '../../text/editor.ts';

/** Chips over the icons: each searches for words of which one is enough. */
export const iconTopics: readonly { readonly label: EditorKey; readonly words: string }[] = [
  { label: 'iconLight', words: 'lamp lightbulb light led' },
  { label: 'iconRooms', words: 'sofa bed shower stove desk garage stairs flower' },
  { label: 'iconClimate', words: 'thermometer radiator fan weather humidity snowflake' },
  { label: 'iconSecurity', words: 'lock door window shield cctv alarm smoke' },
  { label: 'iconEnergy', words: 'power battery solar meter plug flash' },
  { label: 'iconMedia', words: 'speaker television music radio movie gamepad' },
];
