import { runChecks } from './checks.mjs';
import { ensureInstalled, requireNode } from './install.mjs';

/** `npm run check`: format, lint, types, canaries. */
requireNode();
if (!(await ensureInstalled())) process.exit(1);
const { failed } = await runChecks();
process.exitCode = failed === 0 ? 0 : 1;
