import { existsSync, mkdirSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { dirname, join } from 'node:path';
import { createServer } from 'vite';
import { emitIcons } from './icons.mjs';
import { ensureInstalled, requireNode } from './install.mjs';
import { projectRoot, say } from './process.mjs';

/** `npm run dev`: our server with Vite inside it. One process, one port, hot reload, the demo house. */
requireNode();
if (!(await ensureInstalled())) process.exit(1);
process.chdir(projectRoot);

const upgradePath = '/__vite_hmr';
const settleMs = 100;
const iconsFile = join(projectRoot, 'node_modules/.cache/kachel/icons.json');
if (!existsSync(iconsFile)) {
  mkdirSync(dirname(iconsFile), { recursive: true });
  emitIcons(iconsFile);
}

// Vite outlives restarts of our app, so its HMR socket hangs on a server that never listens; the app hands the upgrades over.
const hmrServer = createHttpServer();
const vite = await createServer({
  server: { middlewareMode: true, ws: { server: hmrServer, path: upgradePath } },
  appType: 'spa',
});

const pageHost = {
  upgradePath,
  /** @type {import('../config.ts').PageHost['handle']} */
  handle: (request, response) => vite.middlewares(request, response),
  /** @type {import('../config.ts').PageHost['upgrade']} */
  upgrade: (request, socket, head) => void hmrServer.emit('upgrade', request, socket, head),
};

/** @type {(() => Promise<void>) | undefined} */
let stop;

async function restart() {
  await stop?.();
  stop = undefined;
  try {
    const { startDev } = await vite.ssrLoadModule(join(projectRoot, 'server/dev.ts'));
    const { houseJsonSchema } = await vite.ssrLoadModule('/tiles/house-schema.ts');
    const { iconTable } = await vite.ssrLoadModule('/tiles/icon-table.ts');
    const emitted = { iconsFile, iconTable: iconTable(), houseJsonSchema: houseJsonSchema() };
    stop = await startDev({ pageHost, ...emitted, args: process.argv.slice(2) });
  } catch (error) {
    vite.ssrFixStacktrace(/** @type {Error} */ (error));
    console.error(error);
  }
}

let running = restart();
/** @type {NodeJS.Timeout | undefined} */
let timer;
vite.watcher.add([join(projectRoot, 'server'), join(projectRoot, 'shared')]);
vite.watcher.on('all', (_event, path) => {
  const file = path.replaceAll('\\', '/').slice(projectRoot.length);
  if (!/^(server|shared)\/.*\.ts$/.test(file)) return;
  clearTimeout(timer);
  timer = setTimeout(() => {
    say(`Changed: ${file}`, `Geändert: ${file}`);
    running = running.then(restart);
  }, settleMs);
});

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    await running;
    await stop?.();
    await vite.close();
    process.exit(0);
  });
}
