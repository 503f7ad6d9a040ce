import { expiryWarningMs, type CertificateTrouble } from '../../shared/api/trust.ts';
import { isPast } from './certificate.ts';
import { renewAtShare } from './home.ts';
import type { Shown } from './source.ts';

/**
 * What an owner has to know about the certificate. This house renews its own by itself; one of somebody else ends unless that somebody
 * renews it, and one from an authority of the internet may not be given. Certificates of a few days are always close to their end, so that
 * two thirds of their life must be over too.
 */
export function troubleOf({ source, main, named, failure }: Shown, nowMs: number): CertificateTrouble | undefined {
  const certificate = named ?? main;
  const { notAfterMs } = certificate;
  if (notAfterMs <= nowMs) return { kind: 'ended', notAfterMs };
  if (failure !== undefined) return { kind: 'not-renewed', notAfterMs, reason: failure };
  if (source !== 'file') return undefined;
  const isClose = notAfterMs - nowMs < expiryWarningMs && isPast(certificate, renewAtShare, nowMs);
  return isClose ? { kind: 'ends-soon', notAfterMs } : undefined;
}

const dayMs = 86_400_000;
const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** The same for the log; why there is no newer one has been said already. */
function sentenceOf(trouble: CertificateTrouble | undefined): string {
  if (trouble?.kind === 'ended')
    return `The certificate ended on ${day(trouble.notAfterMs)}: browsers and devices refuse it.`;
  if (trouble?.kind !== 'ends-soon') return '';
  return `The certificate ends on ${day(trouble.notAfterMs)} and nobody has renewed it.`;
}

/** Says it when it begins, and then once a day. */
export function createTroubleLog(
  warn: (sentence: string) => void,
): (trouble: CertificateTrouble | undefined, nowMs: number) => void {
  let told = '';
  let toldAtMs = -Infinity;
  return (trouble, nowMs) => {
    const sentence = sentenceOf(trouble);
    if (sentence === told && nowMs - toldAtMs < dayMs) return;
    [told, toldAtMs] = [sentence, nowMs];
    if (sentence !== '') warn(sentence);
  };
}
