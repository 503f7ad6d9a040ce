import { join } from 'node:path';
import { covers, isPast, readCertificate, type Certificate } from './certificate.ts';
import type { Challenges } from './challenges.ts';
import { readText } from '../read-text.ts';
import { writeSecret } from './files.ts';
import { renewAtShare } from './home.ts';
import type { CertificateSource, Log, Shown } from './source.ts';

/** After a failure the authority is asked again later and later; it forbids impatience. */
const firstPauseMs = 10 * 60_000;
const longestPauseMs = 12 * 3_600_000;

export interface AcmeOptions {
  /** `tls/` in the data directory. */
  readonly dir: string;
  readonly names: readonly string[];
  readonly email: string | undefined;
  readonly directoryUrl: string;
  readonly challenges: Challenges;
  /** Shown until there is a public certificate, and to whoever comes by an address. */
  readonly home: CertificateSource;
  readonly log: Log;
}

export interface AcmeSource extends CertificateSource {
  /** The authority's questions can be answered from now on. */
  begin(): void;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function readStored(dir: string): Certificate | undefined {
  const [cert, key] = [readText(join(dir, 'acme.crt')), readText(join(dir, 'acme.key'))];
  const read = cert.ok && key.ok ? readCertificate(cert.value, key.value) : undefined;
  return read?.ok ? read.value : undefined;
}

async function accountKey(dir: string): Promise<string> {
  const file = join(dir, 'acme-account.key');
  const stored = readText(file);
  if (stored.ok) return stored.value;
  const { newAccountKey } = await import('./acme-order.ts');
  const made = await newAccountKey();
  writeSecret(file, made);
  return made;
}

async function order({ dir, names, email, directoryUrl, challenges }: AcmeOptions): Promise<Certificate> {
  const { orderCertificate } = await import('./acme-order.ts');
  const accountKeyPem = await accountKey(dir);
  const pair = await orderCertificate({ directoryUrl, accountKeyPem, email, names, challenges });
  const read = readCertificate(pair.certPem, pair.keyPem);
  if (!read.ok) throw new Error(read.error);
  const missing = names.filter((name) => !covers(read.value, name));
  if (missing.length > 0) throw new Error(`the authority left out ${missing.join(', ')}`);
  writeSecret(join(dir, 'acme.key'), pair.keyPem);
  writeSecret(join(dir, 'acme.crt'), pair.certPem);
  return read.value;
}

/** Certificates from Let's Encrypt or another ACME authority, renewed by themselves when two thirds of their life are over. */
export function createAcmeSource(options: AcmeOptions): AcmeSource {
  const { dir, names, home, log } = options;
  let stored = readStored(dir);
  let isAnswerable = false;
  let isOrdering = false;
  let failures = 0;
  let failure: string | undefined;
  let nextTryMs = -Infinity;
  let onChange: () => void = () => undefined;

  const isDue = (nowMs: number): boolean =>
    !stored || isPast(stored, renewAtShare, nowMs) || !names.every((name) => stored && covers(stored, name));

  const orderNow = async (nowMs: number): Promise<void> => {
    try {
      stored = await order(options);
      failures = 0;
      failure = undefined;
      log.info(`There is a certificate for ${stored.names.join(', ')}.`);
      onChange();
    } catch (error) {
      const pauseMs = Math.min(firstPauseMs * 2 ** failures++, longestPauseMs);
      nextTryMs = nowMs + pauseMs;
      const minutes = Math.round(pauseMs / 60_000);
      failure = `No certificate for ${names.join(', ')}: ${messageOf(error)}.`;
      log.warn(`${failure} Next try in ${minutes} minutes.`);
    }
  };

  const orderIfDue = (nowMs: number): void => {
    if (!isAnswerable || isOrdering || nowMs < nextTryMs || !isDue(nowMs)) return;
    isOrdering = true;
    void orderNow(nowMs).finally(() => (isOrdering = false));
  };

  return {
    check: async (nowMs): Promise<Shown> => {
      const base = await home.check(nowMs);
      orderIfDue(nowMs);
      const own = failure === undefined ? base : { ...base, failure };
      return stored && nowMs < stored.notAfterMs ? { ...own, source: 'acme', named: stored } : own;
    },
    watch: (listener) => {
      onChange = listener;
      return () => (onChange = () => undefined);
    },
    begin: () => {
      isAnswerable = true;
      onChange();
    },
  };
}
