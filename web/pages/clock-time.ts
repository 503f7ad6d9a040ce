/** Hours and minutes of the wall clock: 21:47, 09:05, 9:05 PM. */
export function clockTime(atMs: number, locale: string): string {
  const hasNoon = new Intl.DateTimeFormat(locale, { hour: 'numeric' }).resolvedOptions().hour12 === true;
  return new Intl.DateTimeFormat(locale, { hour: hasNoon ? 'numeric' : '2-digit', minute: '2-digit' }).format(atMs);
}
