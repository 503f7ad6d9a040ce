/** Hours and minutes of the wall clock. */
export const clockTime = (atMs: number, locale: string): string =>
  new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }).format(atMs);
