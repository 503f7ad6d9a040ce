/** Seconds since 1970 with whole numbers, as devices understand them. */
const unixSeconds = (atMs: number): string => String(Math.floor(atMs / 1_000));

/**
 * Fills a command template: `{{value}}` with the encoded value, `{{ts}}` with Unix seconds. Blanks inside the braces are allowed.
 * Nothing else is evaluated; an unknown place stays as it is.
 */
export function fillTemplate(template: string | undefined, value: string, atMs: number): string {
  if (template === undefined || template === '') return value;
  return template.replace(/\{\{\s*(value|ts)\s*\}\}/g, (_place, name: string) =>
    name === 'ts' ? unixSeconds(atMs) : value,
  );
}

/** Inside quotes of a JSON template a text must be escaped: `{"text":"{{value}}"}`. */
export function fillTextTemplate(template: string | undefined, value: string, atMs: number): string {
  const isJson = template !== undefined && /^\s*[{[]/.test(template);
  return fillTemplate(template, isJson ? JSON.stringify(value).slice(1, -1) : value, atMs);
}
