/** One value, and the labels that tell it from its siblings. */
export interface Sample {
  readonly labels?: Readonly<Record<string, string | number>>;
  readonly value: number;
}

/** Counts per upper bound, not added up; the last one is for what is above all bounds. */
export interface Buckets {
  readonly bounds: readonly number[];
  readonly counts: readonly number[];
  readonly sum: number;
}

/** Everything of one name. */
export type Family = { readonly name: string; readonly help: string } & (
  | { readonly type: 'counter' | 'gauge'; readonly samples: readonly Sample[] }
  | { readonly type: 'histogram'; readonly buckets: Buckets }
);

export const contentType = 'text/plain; version=0.0.4; charset=utf-8';

const escapeHelp = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
const escapeLabel = (text: string): string => escapeHelp(text).replaceAll('"', '\\"');

const shown = (value: number): string => {
  if (Number.isNaN(value)) return 'NaN';
  return Number.isFinite(value) ? String(value) : `${value < 0 ? '-' : '+'}Inf`;
};

const line = (name: string, { labels = {}, value }: Sample): string => {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escapeLabel(String(text))}"`);
  return `${name}${pairs.length > 0 ? `{${pairs.join(',')}}` : ''} ${shown(value)}`;
};

function histogramLines(name: string, { bounds, counts, sum }: Buckets): string[] {
  let count = 0;
  const lines = counts.map((own, index) => {
    count += own;
    return line(`${name}_bucket`, { labels: { le: shown(bounds[index] ?? Infinity) }, value: count });
  });
  return [...lines, line(`${name}_sum`, { value: sum }), line(`${name}_count`, { value: count })];
}

/** Prometheus' text format 0.0.4. A client library would bring registries and global state for these few lines. */
export function exposition(families: readonly Family[]): string {
  const lines = families.flatMap((family) => [
    `# HELP ${family.name} ${escapeHelp(family.help)}`,
    `# TYPE ${family.name} ${family.type}`,
    ...(family.type === 'histogram'
      ? histogramLines(family.name, family.buckets)
      : family.samples.map((sample) => line(family.name, sample))),
  ]);
  return `${lines.join('\n')}\n`;
}
