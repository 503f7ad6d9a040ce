/** Hours and minutes of the wall clock: 21:47, 09:05, 9:05 PM. Without a time zone: of this device. */
export function clockTime(atMs: number, locale: string, timeZone?: string): string {
  const hasNoon = new Intl.DateTimeFormat(locale, { hour: 'numeric' }).resolvedOptions().hour12 === true;
  const hour = hasNoon ? 'numeric' : '2-digit';
  return new Intl.DateTimeFormat(locale, { hour, minute: '2-digit', timeZone }).format(atMs);
}
