import { runTool } from './process.mjs';

/** The checkers as `npm run check` and its canaries both call them, so that a canary proves what the check relies on. */
const quiet = { isQuiet: true };

/** @param {string} room a folder with a tsconfig.json @param {readonly string[]} [more] */
export const tsc = (room, more = []) => runTool('tsc', ['-p', room, ...more], quiet);

/**
 * Types of the page with its components, Svelte's warnings (accessibility among them) and CSS.
 * @param {string} room @param {readonly string[]} [more]
 */
export const svelteCheck = (room, more = []) =>
  runTool(
    'svelteCheck',
    // The option is called experimental: should it ever go blind, the canaries say so.
    ['--tsconfig', `${room}/tsconfig.json`, '--tsgo-experimental-api', '--fail-on-warnings', ...more],
    quiet,
  );
