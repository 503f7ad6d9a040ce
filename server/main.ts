import { fileURLToPath } from 'node:url';
import { run } from './cli/run.ts';
import { stopOnSignal } from './cli/stop-on-signal.ts';
import { tidyMemory } from './cli/tidy-memory.ts';

/** Production entry: `node dist/server/main.js`. Everything the build made lies beside it. */
const beside = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const outcome = await run(
  process.argv.slice(2),
  {
    webDir: beside('../web'),
    schemaFile: beside('./house.schema.json'),
    iconsFile: beside('./icons.json'),
    iconTableFile: beside('./icon-table.json'),
  },
  {
    env: process.env,
    isTerminal: process.stdout.isTTY === true,
    print: (text) => console.log(text),
    complain: (text) => console.error(text),
  },
);
if ('server' in outcome) {
  stopOnSignal(outcome.server);
  await tidyMemory();
} else process.exitCode = outcome.exitCode;
