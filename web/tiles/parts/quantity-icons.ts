import type { KindIcons } from '../../../shared/tile/kind-icons.ts';
import { quantityLooks } from './quantity.ts';

const looks = Object.entries(quantityLooks);

/** What is measured decides the icon; `auto` is in no list and may mean any. */
export const quantityIcons: KindIcons = {
  option: 'quantity',
  byValue: Object.fromEntries(looks.map(([quantity, { icon }]) => [quantity, [icon]])),
};
