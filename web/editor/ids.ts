import { comparable } from '../../shared/discovery/rooms.ts';

const maxSlugLength = 40;
const suffixBytes = 4;

/** Letters and digits a browser gives on plain HTTP as well. */
export function randomSuffix(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(suffixBytes));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * A readable id that nobody else chooses at the same time: `ceiling-light-5f3a01bc`. Two people may add "Lamp" at once, so the
 * suffix is always there.
 */
export function newId(title: string, suffix: string): string {
  const slug = title
    .split(/\s+/)
    .map((word) => comparable(word).replace(/[^a-z0-9]+/g, ''))
    .filter((word) => word !== '')
    .join('-')
    .slice(0, maxSlugLength)
    .replace(/-+$/, '');
  return `${slug || 'item'}-${suffix}`;
}
