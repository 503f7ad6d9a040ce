/**
 * The little of Node's `process` that the MQTT client and its streams ask for. `nextTick` is a microtask: the usual replacement takes
 * a timer of several milliseconds for every step of every message.
 */
export const process = {
  env: {},
  browser: true,
  version: 'v20.0.0',
  versions: {},
  nextTick: <Args extends unknown[]>(run: (...args: Args) => void, ...args: Args): void => {
    queueMicrotask(() => run(...args));
  },
};
export const { env, browser, version, versions, nextTick } = process;

// Some of them read the global instead of importing it.
if (!('process' in globalThis)) Object.assign(globalThis, { process });
