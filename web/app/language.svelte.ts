import { learn } from '../text/learn.ts';
import { translator, type Language, type Translate, type Words } from '../text/define.ts';
import type { Keep } from './theme.svelte.ts';

export const languageKey = 'kachel-language';

export interface LanguageStore {
  readonly language: Language;
  readonly chosen: Language | 'auto';
  /** BCP 47 tag for numbers and dates: the browser's own where it is of the same language. */
  readonly locale: string;
  set(language: Language | 'auto'): void;
  text<Key extends string>(part: Words<Key>): Translate<Key>;
}

/** `auto` follows the browser; everything but German reads English. */
export const languageOf = (tag: string): Language => (/^de(-|$)/i.test(tag) ? 'de' : 'en');

/** The first of the browser's tags that speaks this language, so that an Austrian gets Austrian dates. */
export const localeOf = (language: Language, tags: readonly string[]): string =>
  tags.find((tag) => tag.toLowerCase().startsWith(language)) ?? (language === 'de' ? 'de-DE' : 'en-GB');

export interface LanguageEnvironment {
  readonly keep: Keep;
  readonly tags: readonly string[];
  readonly root: { lang: string };
}

export function createLanguage({ keep, tags, root }: LanguageEnvironment): LanguageStore {
  const kept = keep.read(languageKey);
  let chosen = $state<Language | 'auto'>(kept === 'de' || kept === 'en' ? kept : 'auto');
  const language = $derived(chosen === 'auto' ? languageOf(tags[0] ?? 'en') : chosen);
  const locale = $derived(localeOf(language, tags));
  return {
    get language() {
      return language;
    },
    get chosen() {
      return chosen;
    },
    get locale() {
      return locale;
    },
    set: (next) => {
      keep.write(languageKey, next === 'auto' ? '' : next);
      void learn(next === 'auto' ? languageOf(tags[0] ?? 'en') : next).then(() => {
        chosen = next;
        root.lang = language;
      });
    },
    // Reads the language when it is called, so that a text in a template follows a change.
    text: (part) => (key, params) => translator(part, language)(key, params),
  };
}
