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

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * The way back from `fillTemplate`: what stands at the place of `{{value}}` (the same at all of them), or '' when the template has
 * no such place. `undefined`: the text was not made with this template.
 */
export function matchTemplate(template: string | undefined, text: string): string | undefined {
  if (template === undefined || template === '') return text;
  let isFirst = true;
  const place = (name: string | undefined): string => {
    if (name === 'ts') return '\\d+';
    const pattern = isFirst ? '([^]*?)' : '\\1';
    isFirst = false;
    return pattern;
  };
  // split keeps the captured names at the odd places.
  const parts = template.split(/\{\{\s*(value|ts)\s*\}\}/);
  const pattern = parts.map((part, at) => (at % 2 === 0 ? escapeRegExp(part) : place(part))).join('');
  const match = new RegExp(`^${pattern}$`).exec(text);
  return match ? (match[1] ?? '') : undefined;
}
