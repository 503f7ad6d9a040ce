/** Prometheus' text format 0.0.4, read as strictly as Prometheus reads it. */
export interface ReadFamily {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  readonly samples: readonly ReadSample[];
}

export interface ReadSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const sampleLine = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)$/;
const labelPair = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\n"])*)"(?:,|$)/y;

function readLabels(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  labelPair.lastIndex = 0;
  while (labelPair.lastIndex < text.length) {
    const pair = labelPair.exec(text);
    if (!pair) throw new Error(`labels cannot be read: ${text}`);
    labels[pair[1]!] = pair[2]!.replaceAll(/\\(.)/g, (_, char: string) => (char === 'n' ? '\n' : char));
  }
  return labels;
}

function readValue(text: string): number {
  const value = text === '+Inf' ? Infinity : Number(text);
  if (Number.isNaN(value)) throw new Error(`not a number: ${text}`);
  return value;
}

const suffixes: Readonly<Record<string, readonly string[]>> = { histogram: ['_bucket', '_sum', '_count'] };

/** Collects families, and throws for everything that a scrape would refuse. */
class Reader {
  readonly families: (ReadFamily & { readonly samples: ReadSample[] })[] = [];
  readonly #seen = new Set<string>();
  #help = { name: '', text: '' };

  comment(kind: string, name: string, text: string): void {
    if (kind === 'HELP') {
      this.#help = { name, text };
      return;
    }
    const isKnown = this.families.some((family) => family.name === name);
    if (this.#help.name !== name || isKnown) throw new Error(`out of order: ${name}`);
    this.families.push({ name, type: text, help: this.#help.text, samples: [] });
  }

  sample(line: string): void {
    const [, name = '', labels = '', value = ''] = sampleLine.exec(line) ?? [];
    const family = this.families.at(-1);
    const allowed = (suffixes[family?.type ?? ''] ?? ['']).map((suffix) => `${family?.name}${suffix}`);
    const key = `${name}{${labels}}`;
    if (!allowed.includes(name) || this.#seen.has(key)) throw new Error(`does not belong here: ${line}`);
    this.#seen.add(key);
    family?.samples.push({ name, labels: readLabels(labels), value: readValue(value) });
  }
}

/** Order, names, types, escapes, and no series twice. */
export function readExposition(text: string): readonly ReadFamily[] {
  if (!text.endsWith('\n')) throw new Error('the last line does not end');
  const reader = new Reader();
  for (const line of text.slice(0, -1).split('\n')) {
    const comment = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line);
    if (comment) reader.comment(comment[1]!, comment[2]!, comment[3]!);
    else reader.sample(line);
  }
  return reader.families;
}
