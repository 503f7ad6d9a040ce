import { X509Certificate } from 'node:crypto';
import { createSecureContext, type SecureContext } from 'node:tls';
import { fail, ok, type Result } from '../../shared/result.ts';
import { canonicalAddress } from './ranges.ts';

/** A certificate that a server can show: its chain, its key, and what pages and the terminal say about it. */
export interface Certificate {
  readonly certPem: string;
  readonly keyPem: string;
  readonly context: SecureContext;
  readonly x509: X509Certificate;
  /** DNS names and addresses, in the certificate's order. */
  readonly names: readonly string[];
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
  /** SHA-256, `AB:CD:…`. */
  readonly fingerprint: string;
}

/** TLS below this is broken, and no device of a home needs it. */
export const minVersion = 'TLSv1.2';

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function namesOf(alternatives: string | undefined): string[] {
  const parts = (alternatives ?? '').split(', ').map((part) => /^(?:DNS|IP Address):(.+)$/.exec(part)?.[1]);
  return parts.filter((name) => name !== undefined).map((name) => canonicalAddress(name.toLowerCase()));
}

/** Reads PEM; fails with OpenSSL's own words when a file is cut off, or the key is another certificate's. */
export function readCertificate(certPem: string, keyPem: string): Result<Certificate, string> {
  try {
    const context = createSecureContext({ cert: certPem, key: keyPem, minVersion });
    const x509 = new X509Certificate(certPem);
    return ok({
      certPem,
      keyPem,
      context,
      x509,
      names: namesOf(x509.subjectAltName),
      notBeforeMs: Date.parse(x509.validFrom),
      notAfterMs: Date.parse(x509.validTo),
      fingerprint: x509.fingerprint256,
    });
  } catch (error) {
    return fail(reasonOf(error));
  }
}

/** True from the moment at which this share of a certificate's life is over. */
export const isPast = ({ notBeforeMs, notAfterMs }: Certificate, share: number, nowMs: number): boolean =>
  nowMs >= notBeforeMs + (notAfterMs - notBeforeMs) * share;

/** Whether a server that shows this certificate may be called so; `*` stands for one level. */
export function covers({ names }: Pick<Certificate, 'names'>, name: string): boolean {
  const wanted = name.toLowerCase();
  return names.includes(wanted) || names.includes(wanted.replace(/^[^.]+/, '*'));
}
