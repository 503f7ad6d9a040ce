import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('../../../web/styles/colours.css', import.meta.url), 'utf8');

function block(opening: RegExp): Map<string, string> {
  const start = opening.exec(css);
  if (!start) throw new Error(`no block ${String(opening)}`);
  const body = css.slice(start.index + start[0].length, css.indexOf('}', start.index));
  return new Map(
    [...body.matchAll(/--k-([\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name!, value!.replace(/\s+/g, ' ')]),
  );
}

const themes = {
  light: block(/^:root \{/m),
  auto: block(/:root:not\(\[data-theme='light'\]\) \{/),
  dark: block(/:root\[data-theme='dark'\] \{/),
};

function luminance(hex: string): number {
  const channel = (at: number): number => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

function contrast(theme: Map<string, string>, one: string, other: string): number {
  const [a, b] = [luminance(theme.get(one)!), luminance(theme.get(other)!)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

const domains = ['glaze', 'honey', 'terra', 'delft', 'mangan', 'moss', 'alarm'];

describe('colours', () => {
  it('are the same in the chosen and the automatic dark theme', () => {
    expect(themes.auto).toEqual(themes.dark);
  });

  it('name the same tokens in both themes', () => {
    expect([...themes.light.keys()].toSorted()).toEqual([...themes.dark.keys()].toSorted());
  });

  describe.each(['light', 'dark'] as const)('in %s', (name) => {
    const theme = themes[name];

    it.each(domains)('%s can be read', (domain) => {
      expect(contrast(theme, `on-${domain}`, domain)).toBeGreaterThanOrEqual(4.85);
      expect(contrast(theme, 'ink', `${domain}-soft`)).toBeGreaterThanOrEqual(10);
      expect(contrast(theme, `${domain}-accent`, 'surface')).toBeGreaterThanOrEqual(5.5);
      expect(contrast(theme, `${domain}-accent`, `${domain}-soft`)).toBeGreaterThanOrEqual(4.5);
    });

    it.each(['ground', 'surface', 'raised', 'well'])('ink can be read on %s', (ground) => {
      for (const ink of ['ink', 'ink-2', 'ink-3']) expect(contrast(theme, ink, ground)).toBeGreaterThanOrEqual(4.5);
    });

    it('shows focus and borders', () => {
      expect(contrast(theme, 'focus', 'ground')).toBeGreaterThanOrEqual(4.8);
      expect(contrast(theme, 'line-strong', 'surface')).toBeGreaterThanOrEqual(3);
    });
  });
});
