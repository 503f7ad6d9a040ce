/** Languages Kachel speaks. */
export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

/** One part of the catalogue: the same keys in every language, checked by the compiler. */
export interface Words<Key extends string> {
  readonly en: Readonly<Record<Key, string>>;
  readonly de: Readonly<Record<Key, string>>;
}

export type Params = Readonly<Record<string, string | number>>;

/** `t('lightsOn', { n: 3 })` → text in the chosen language. */
export type Translate<Key extends string> = (key: Key, params?: Params) => string;

/** Declares a part of the catalogue. Texts may hold `{name}` places, and `one|other` forms chosen by the parameter `n`. */
export const words = <const Key extends string>(
  en: Readonly<Record<Key, string>>,
  de: Readonly<Record<Key, string>>,
): Words<Key> => ({ en, de });

/** Fills one text. Pure; an unknown place stays visible. */
export function fill(text: string, params: Params = {}): string {
  const forms = text.split('|');
  const form = forms.length === 2 && params['n'] !== 1 ? forms[1] : forms[0];
  return (form ?? text).replace(/\{(\w+)\}/g, (place, key: string) => String(params[key] ?? place));
}

/** A translator bound to one language; components get one through `web/app/language.svelte.ts`. */
export const translator =
  <Key extends string>(part: Words<Key>, language: Language): Translate<Key> =>
  (key, params) =>
    fill(part[language][key], params);
