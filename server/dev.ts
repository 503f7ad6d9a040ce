import { resolve } from 'node:path';
import { version } from '../package.json';
import { announce } from './cli/announce.ts';
import { startServer } from './cli/serve.ts';
import { readInvocation } from './cli/settings.ts';
import { explain, terminalLanguage } from './cli/words.ts';
import type { IconTable } from '../shared/tile/kind-icons.ts';
import type { PageHost } from './config.ts';

/** Development differs from production in this: the demo house is on, and the data lies out of the way. */
const devDefaults = { KACHEL_DEMO: '1', KACHEL_DATA_DIR: '.kachel/dev' };

/** Starts the app under Vite (server/bootstrap/dev.mjs); returns dispose. */
export async function startDev(options: {
  pageHost: PageHost;
  iconsFile: string;
  iconTable: IconTable;
  houseJsonSchema: object;
  args: readonly string[];
}): Promise<() => Promise<void>> {
  const language = terminalLanguage(process.env);
  const { args, ...files } = options;
  const invocation = readInvocation(args, { ...devDefaults, ...process.env });
  if (!invocation.ok) throw new Error(explain(language, invocation.error));
  const { settings } = invocation.value;
  const config = { ...settings, ...files, dataDir: resolve(settings.dataDir) };
  const started = await startServer(config);
  if (!started.ok) throw new Error(explain(language, started.error));
  const isTerminal = process.stdout.isTTY === true;
  console.log(await announce(started.value, config, { version, isTerminal, language }));
  return started.value.stop;
}
