import { listenHttps, type HttpsOptions } from './https.ts';
import type { Keeper } from './keeper.ts';
import type { Log } from './source.ts';

/** A listener of MQTT over TLS, as the broker makes it. */
export interface SecureListener {
  readonly port: number;
  setSecureContext(options: object): void;
  dispose(): Promise<void>;
}

export interface ListenersOptions extends Omit<HttpsOptions, 'port' | 'onRefused'> {
  readonly httpsPort: number | 'off';
  readonly mqttsPort: number | 'off';
  readonly keeper: Keeper;
  readonly listenMqtts: (port: number) => Promise<SecureListener>;
  readonly onRefused: HttpsOptions['onRefused'];
  /** A port that nobody chose may be somebody else's: then the house starts without it. */
  readonly mayMiss: (port: number) => boolean;
  readonly log: Log;
}

export interface Listeners {
  readonly httpsPort: number | undefined;
  readonly mqttsPort: number | undefined;
  /** No new connections. */
  stop(): void;
  dispose(): Promise<void>;
}

const isTaken = (error: unknown): boolean => {
  const { code, cause }: { code?: unknown; cause?: unknown } = typeof error === 'object' && error !== null ? error : {};
  return code === 'EADDRINUSE' || (cause !== undefined && isTaken(cause));
};

/** Opens a port, or goes without when it was only a default and is taken. */
async function open<T>(
  port: number | 'off',
  flag: string,
  listen: (port: number) => Promise<T>,
  { mayMiss, log }: Pick<ListenersOptions, 'mayMiss' | 'log'>,
): Promise<T | undefined> {
  if (port === 'off') return undefined;
  try {
    return await listen(port);
  } catch (error) {
    if (!mayMiss(port) || !isTaken(error)) throw error;
    log.warn(`Port ${port} is in use by another program: Kachel goes without it. Choose another with ${flag}.`);
    return undefined;
  }
}

/** HTTPS and MQTT over TLS, both with the current certificate. */
export async function openListeners(options: ListenersOptions): Promise<Listeners> {
  const { keeper, httpsPort, mqttsPort, listenMqtts } = options;
  const https = await open(httpsPort, '--https-port', (port) => listenHttps({ ...options, port }), options);
  const mqtts = await open(mqttsPort, '--mqtts-port', listenMqtts, options).catch(async (error: unknown) => {
    await https?.dispose();
    throw error;
  });
  const unfollow = mqtts && keeper.follow(mqtts);
  let closed: Promise<void> | undefined;
  const stop = (): void => {
    unfollow?.();
    https?.stop();
    closed ??= mqtts?.dispose();
  };
  return {
    httpsPort: https?.port,
    mqttsPort: mqtts?.port,
    stop,
    dispose: async () => {
      stop();
      await https?.dispose();
      await closed;
    },
  };
}
