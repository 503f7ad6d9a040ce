import { getContext, setContext } from 'svelte';
import { translator, type Translate } from '../text/define.ts';
import { uiWords, type UiKey } from '../text/ui.ts';

const key = Symbol('ui-text');
const english = translator(uiWords, 'en');

/** Gives the parts their translator; `t` should read the chosen language when it is called. */
export const setUiText = (t: Translate<UiKey>): void => {
  setContext(key, t);
};

/** Translator of the parts' own few words. Call while a component initialises. */
export const getUiText = (): Translate<UiKey> => getContext<Translate<UiKey> | undefined>(key) ?? english;
