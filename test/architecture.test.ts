import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { violationsIn } from './support/architecture.ts';

const root = join(import.meta.dirname, '..');

function sources(): Map<string, string> {
  const paths = ['shared', 'server', 'web'].flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' }).map((path) =>
      `${room}/${path}`.replaceAll('\\', '/'),
    ),
  );
  const code = paths.filter((path) => /\.(ts|svelte)$/.test(path));
  return new Map(code.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

/** Each plants one violation beside two innocent files. */
const planted: readonly (readonly [path: string, text: string, found: string])[] = [
  ['shared/bad.ts', "import { buildApp } from '../server/app.ts';", 'shared/bad.ts → server/app.ts'],
  ['shared/bad.ts', "import { readFile } from 'node:fs';", 'shared/bad.ts → node:fs'],
  ['shared/bad.ts', "export * from './mqtt/topic.ts';", 'no barrels'],
  ['server/bad.ts', "import { words } from '../web/text/ui.ts';", 'server/bad.ts → web/text/ui.ts'],
  ['web/app/bad.ts', "import type { Config } from '../../server/config.ts';", 'the page does not know the server'],
  ['web/ui/Bad.svelte', "<script>\n  import { x } from '../live/topics.ts';\n</script>", 'parts know props only'],
  ['web/tiles/light/bad.ts', "import { x } from '../switch/look.ts';", 'a kind never imports another kind'],
  ['web/tiles/bad.ts', "const page = () => import('../pages/Home.svelte');", 'tiles know no pages'],
  ['web/pages/bad.ts', "import mqtt from 'mqtt';", 'only web/live/connection.ts speaks MQTT'],
  [
    'server/house/bad.ts',
    "import { hash } from '../auth/password.ts';",
    'server/house/bad.ts → server/auth/password.ts',
  ],
  ['server/house/bad.ts', "import type { History } from '../history/history.ts';", 'a plugin names only types'],
  ['server/broker/engine/bad.ts', "import fp from 'fastify-plugin';", 'framework-free'],
  ['shared/ring.ts', "import { friend } from './friend.ts';", 'files in a ring'],
];

const innocent: readonly (readonly [string, string])[] = [
  ['server/house/plugin.ts', "export const options = { name: 'house', dependencies: ['store', 'auth'] };"],
  [
    'server/house/good.ts',
    "import type { Auth } from '../auth/plugin.ts';\nimport { ok } from '../../shared/result.ts';",
  ],
  ['web/tiles/switch/index.ts', "import { x } from '../parts/read.ts';"],
  ['shared/friend.ts', "import { ring } from './ring.ts';"],
];

describe('the architecture', () => {
  it('lets nobody import what is not theirs', () => {
    expect(violationsIn(sources())).toEqual([]);
  });

  it('finds nothing wrong with innocent files', () => {
    expect(violationsIn(new Map(innocent))).toEqual([]);
  });

  it.each(planted)('notices %s with %s', (path, text, found) => {
    expect(violationsIn(new Map([...innocent, [path, text]])).join('\n')).toContain(found);
  });
});
