import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureInstalled, requireNode } from './install.mjs';
import { projectRoot, run, say } from './process.mjs';
import { hashSources, isBuilt } from './sources.mjs';

/** `npm start`: installs and builds what is missing, then becomes the server (same process, same flags). */
requireNode();
if (!(await ensureInstalled())) process.exit(1);

if (!isBuilt(hashSources())) {
  say('Building Kachel, once: some ten seconds.', 'Baue Kachel, einmalig: etwa zehn Sekunden.');
  const { code, output } = await run(process.execPath, ['server/bootstrap/build.mjs'], { isQuiet: true });
  if (code !== 0) {
    console.error(output.trimEnd());
    say('Building failed; the reason stands above.', 'Das Bauen ist gescheitert, der Grund steht oben.');
    process.exit(1);
  }
}
// npm passes a signal on to its shell, which dies without telling us. So when the parent is gone, we end as if we had been told.
const parentId = process.ppid;
const parentCheckMs = 500;
setInterval(() => {
  if (process.ppid !== parentId) process.kill(process.pid, 'SIGTERM');
}, parentCheckMs).unref();

await import(pathToFileURL(join(projectRoot, 'dist/server/main.js')).href);
