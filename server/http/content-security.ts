import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Hashes of what stands inline in a page, so that nothing else inline may run. */
export interface InlineHashes {
  readonly scripts: readonly string[];
  readonly styles: readonly string[];
}

const hashOf = (content: string): string => `'sha256-${createHash('sha256').update(content).digest('base64')}'`;

const contents = (html: string, tag: 'script' | 'style'): string[] => {
  const element = new RegExp(`<${tag}(?![^>]*\\ssrc=)[^>]*>([\\s\\S]*?)</${tag}>`, 'gi');
  return [...html.replace(/<!--[\s\S]*?-->/g, '').matchAll(element)].map((match) => match[1] ?? '');
};

/** Reads the inline scripts and styles of one HTML text. */
export const inlineHashes = (html: string): InlineHashes => ({
  scripts: contents(html, 'script').map(hashOf),
  styles: contents(html, 'style').map(hashOf),
});

/** The same over every page of the built folder. */
export function inlineHashesIn(webDir: string | undefined): InlineHashes {
  if (webDir === undefined || !existsSync(webDir)) return { scripts: [], styles: [] };
  const pages = readdirSync(webDir).filter((name) => name.endsWith('.html'));
  const all = pages.map((name) => inlineHashes(readFileSync(join(webDir, name), 'utf8')));
  return { scripts: all.flatMap((one) => one.scripts), styles: all.flatMap((one) => one.styles) };
}

/**
 * The policy of one reply. `host` is a checked Host header: older browsers do not take `'self'` for WebSockets. `further` are origins
 * that the page may ask.
 */
export function contentSecurityPolicy(
  { scripts, styles }: InlineHashes,
  host: string,
  further: readonly string[] = [],
): string {
  return [
    "default-src 'none'",
    ["script-src 'self'", ...scripts].join(' '),
    ["style-src 'self'", ...styles].join(' '),
    "img-src 'self' data:",
    "font-src 'self'",
    [`connect-src 'self' ws://${host} wss://${host}`, ...further].join(' '),
    "manifest-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
}
