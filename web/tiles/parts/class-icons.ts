import type { KindIcons } from '../../../shared/tile/kind-icons.ts';

type Looks = Readonly<Record<string, { readonly icons: { readonly off: string; readonly on?: string } }>>;

/** The icons of a kind whose device class decides; a document that names none means `usual`. */
export const classIcons = (looks: Looks, usual: string): KindIcons => {
  const byValue = Object.fromEntries(Object.entries(looks).map(([name, { icons }]) => [name, Object.values(icons)]));
  return { option: 'deviceClass', byValue: { ...byValue, undefined: byValue[usual] ?? [] } };
};
