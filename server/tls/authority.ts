// First: the certificate library needs it before it is loaded.
import 'reflect-metadata';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { createPrivateKey, KeyObject, randomBytes, webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import { homeName } from '../../shared/api/trust.ts';
import { nameConstraints, nameConstraintsId } from './name-constraints.ts';

/** Makes certificates. Loaded only when one has to be made. */

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const yearMs = 365 * 86_400_000;
const rootLifeMs = 10 * yearMs;
/** Phones refuse certificates that live longer than 397 days; the day before now is for clocks that are behind. */
const leafLifeMs = 396 * 86_400_000;
const backdatedMs = 86_400_000;

/** A certificate and its private key as PEM. */
export interface Pair {
  readonly certPem: string;
  readonly keyPem: string;
}

/** Positive, 127 random bits. */
const serialNumber = (): string => {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes.toString('hex');
};

const newKeys = (): Promise<webcrypto.CryptoKeyPair> =>
  webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);

const pemOf = (key: webcrypto.CryptoKey): string =>
  KeyObject.from(key).export({ type: 'pkcs8', format: 'pem' }).toString();

/** Text that may stand in a distinguished name as it is. */
const plainName = (text: string): string => text.replace(/[^\p{L}\p{N} .-]/gu, ' ').trim();

export interface RootOptions {
  /** Shown on the phone's list of authorities. */
  readonly commonName: string;
  /** It may vouch for these and what lies under them, and for private addresses. */
  readonly names: readonly string[];
  readonly nowMs: number;
}

/** The root of a home: it can vouch for this home's names and private addresses, and for nobody's bank. */
export async function makeRoot({ commonName, names, nowMs }: RootOptions): Promise<Pair> {
  const keys = await newKeys();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: `CN=${plainName(commonName)}, O=Kachel`,
    keys,
    serialNumber: serialNumber(),
    signingAlgorithm: algorithm,
    notBefore: new Date(nowMs - backdatedMs),
    notAfter: new Date(nowMs + rootLifeMs),
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      new Extension(nameConstraintsId, true, new Uint8Array(nameConstraints(names))),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certPem: certificate.toString('pem'), keyPem: pemOf(keys.privateKey) };
}

const importKey = (keyPem: string): Promise<webcrypto.CryptoKey> =>
  webcrypto.subtle.importKey(
    'pkcs8',
    createPrivateKey(keyPem).export({ type: 'pkcs8', format: 'der' }),
    algorithm,
    false,
    ['sign'],
  );

/** A server's certificate under the root. `names` holds DNS names and addresses. */
export async function makeLeaf(root: Pair, names: readonly string[], nowMs: number): Promise<Pair> {
  const keys = await newKeys();
  const issuer = new X509Certificate(root.certPem);
  const notAfterMs = Math.min(nowMs + leafLifeMs, issuer.notAfter.getTime());
  const certificate = await X509CertificateGenerator.create({
    subject: `CN=${plainName(names[0] ?? homeName)}`,
    issuer: issuer.subject,
    publicKey: keys.publicKey,
    signingKey: await importKey(root.keyPem),
    serialNumber: serialNumber(),
    signingAlgorithm: algorithm,
    notBefore: new Date(nowMs - backdatedMs),
    notAfter: new Date(notAfterMs),
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(
        names.map((value) => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value }) as const),
      ),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
      await AuthorityKeyIdentifierExtension.create(issuer.publicKey),
    ],
  });
  return { certPem: certificate.toString('pem'), keyPem: pemOf(keys.privateKey) };
}
