import type { Domain } from '../../shared/house/house.ts';

const colours: readonly Domain[] = ['glaze', 'delft', 'honey', 'terra', 'moss', 'mangan'];

/** Letter and colour of a person; the same id has the same colour everywhere. */
export function initialOf(id: string, name: string): { readonly letter: string; readonly domain: Domain } {
  const sum = [...id].reduce((before, letter) => (before * 31 + (letter.codePointAt(0) ?? 0)) % 997, 7);
  const [first = ''] = name.trim();
  return { letter: first.toLocaleUpperCase(), domain: colours[sum % colours.length] ?? 'glaze' };
}
