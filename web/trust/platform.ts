/** Kinds of devices that learn to trust in different ways. */
const platforms = ['iphone', 'android', 'computer'] as const;
export type Platform = (typeof platforms)[number];

/** Where a computer keeps the authorities that it trusts. */
export type System = 'windows' | 'mac' | 'linux' | 'firefox';

export interface Browser {
  readonly userAgent: string;
  readonly maxTouchPoints: number;
}

/** iPads call themselves Macs; only they have touch points. */
export function platformOf({ userAgent, maxTouchPoints }: Browser): Platform {
  if (/iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && maxTouchPoints > 1)) return 'iphone';
  return /Android/.test(userAgent) ? 'android' : 'computer';
}

/** Firefox asks its own list, whatever the system. */
export function systemOf({ userAgent }: Pick<Browser, 'userAgent'>): System {
  if (/Firefox\//.test(userAgent)) return 'firefox';
  if (/Windows/.test(userAgent)) return 'windows';
  return /Macintosh/.test(userAgent) ? 'mac' : 'linux';
}

/** The own one first. */
export const ordered = (own: Platform): readonly Platform[] => [own, ...platforms.filter((one) => one !== own)];
