import type { Server as TlsServer, TlsOptions } from 'node:tls';
import type { Clock } from '../broker/engine/clock.ts';
import { covers, minVersion } from './certificate.ts';
import type { CertificateSource, Log, Shown } from './source.ts';
import { createTroubleLog, troubleOf } from './trouble.ts';

/** How often it is looked whether a certificate must be renewed or an address changed. */
const checkEveryMs = 5 * 60_000;
/** A peer that does not finish its handshake within this time holds a socket for nothing. */
const handshakeTimeoutMs = 10_000;

/** Keeps the certificate current, and every server that shows it. */
export interface Keeper {
  /** Options for a new server. */
  options(): TlsOptions;
  /** Shows each later certificate on this server too, without touching open connections; returns dispose. */
  follow(server: Pick<TlsServer, 'setSecureContext'>): () => void;
  shown(): Shown;
  /** Looks now; used by tests and when a file changed. */
  check(): Promise<void>;
  dispose(): void;
}

const contextOf = ({ main }: Shown): TlsOptions => ({ cert: main.certPem, key: main.keyPem, minVersion });

const isSame = (a: Shown, b: Shown): boolean =>
  a.main.fingerprint === b.main.fingerprint && a.named?.fingerprint === b.named?.fingerprint;

/** Gets the first certificate, or rejects when there can be none. */
export async function startKeeper(source: CertificateSource, clock: Clock, log: Log): Promise<Keeper> {
  let shown = await source.check(clock.now());
  const servers = new Set<Pick<TlsServer, 'setSecureContext'>>();
  let running: Promise<void> | undefined;
  let isDueAgain = false;
  const warnOfEnd = createTroubleLog((sentence) => log.warn(sentence));
  const tellTrouble = (): void => warnOfEnd(troubleOf(shown, clock.now()), clock.now());
  tellTrouble();

  const look = async (): Promise<void> => {
    do {
      isDueAgain = false;
      const next = await source.check(clock.now());
      const isNew = !isSame(shown, next);
      shown = next;
      tellTrouble();
      if (isNew) for (const server of servers) server.setSecureContext(contextOf(shown));
    } while (isDueAgain);
  };
  const check = (): Promise<void> => {
    isDueAgain = running !== undefined;
    running ??= look().finally(() => (running = undefined));
    return running;
  };
  const checkQuietly = (): void =>
    void check().catch((error: unknown) => log.warn(`The certificate could not be checked: ${String(error)}`));

  const stopClock = clock.every(checkEveryMs, checkQuietly);
  const stopWatch = source.watch?.(checkQuietly);
  return {
    options: () => ({
      ...contextOf(shown),
      handshakeTimeout: handshakeTimeoutMs,
      SNICallback: (name, answer) => {
        const { named } = shown;
        answer(null, named && covers(named, name) ? named.context : undefined);
      },
    }),
    follow: (server) => {
      servers.add(server);
      return () => void servers.delete(server);
    },
    shown: () => shown,
    check,
    dispose: () => {
      stopClock();
      stopWatch?.();
    },
  };
}
