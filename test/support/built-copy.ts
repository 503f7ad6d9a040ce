import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** A copy of what was built, that can become the next version. */
export interface BuiltCopy {
  /** The program of the copy. */
  readonly entry: string;
  /** Makes the next version: a page that says so, and a precache list with its new revision. */
  change(): void;
  dispose(): void;
}

export function copyBuild(): BuiltCopy {
  const root = mkdtempSync(join(tmpdir(), 'kachel-build-'));
  cpSync(resolve('dist'), join(root, 'dist'), { recursive: true });
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
  writeFileSync(join(root, 'package.json'), '{"type":"module"}');
  /** Rewrites a file; what lies beside it compressed would be the old one. */
  const rewrite = (name: string, change: (text: string) => string): void => {
    const file = join(root, 'dist/web', name);
    const before = readFileSync(file, 'utf8');
    const after = change(before);
    if (after === before) throw new Error(`nothing to change in ${name}`);
    writeFileSync(file, after);
    for (const compressed of ['.br', '.gz']) rmSync(file + compressed, { force: true });
  };
  return {
    entry: join(root, 'dist/server/main.js'),
    change: () => {
      rewrite('index.html', (html) => html.replace('<head>', '<head><meta name="build" content="next">'));
      rewrite('service-worker.js', (worker) =>
        worker.replace(/"revision":"[0-9a-f]+"(?=,"url":"index\.html")/, '"revision":"0000000000000000"'),
      );
    },
    dispose: () => rmSync(root, { recursive: true, force: true }),
  };
}
