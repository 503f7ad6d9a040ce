import { runChecks } from './checks.mjs';

/** `npm run check`: format, lint, types, canaries. */
const { failed } = await runChecks();
process.exitCode = failed === 0 ? 0 : 1;
