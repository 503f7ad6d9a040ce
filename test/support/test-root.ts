import 'reflect-metadata';
import {
  BasicConstraintsExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
  type Pkcs10CertificateRequest,
  type X509Certificate,
} from '@peculiar/x509';
import { KeyObject, randomBytes, webcrypto } from 'node:crypto';
import type { Pair } from '../../server/tls/authority.ts';

/** An authority without constraints, as companies and the internet have them. */
export interface TestRoot {
  readonly certPem: string;
  readonly certificate: X509Certificate;
  readonly keys: webcrypto.CryptoKeyPair;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const dayMs = 86_400_000;
const newKeys = (): Promise<webcrypto.CryptoKeyPair> =>
  webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
const serialNumber = (): string => `40${randomBytes(8).toString('hex')}`;

export async function testRoot(name: string): Promise<TestRoot> {
  const keys = await newKeys();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    keys,
    serialNumber: serialNumber(),
    signingAlgorithm: algorithm,
    notBefore: new Date(0),
    notAfter: new Date(Date.UTC(2100, 0, 1)),
    extensions: [new BasicConstraintsExtension(true, undefined, true)],
  });
  return { certPem: certificate.toString('pem'), certificate, keys };
}

interface Life {
  readonly nowMs: number;
  readonly lifeDays: number;
}

async function sign(
  root: TestRoot,
  names: readonly string[],
  publicKey: webcrypto.CryptoKey,
  life: Life,
): Promise<string> {
  const certificate = await X509CertificateGenerator.create({
    subject: `CN=${names[0]}`,
    issuer: root.certificate.subject,
    publicKey,
    signingKey: root.keys.privateKey,
    serialNumber: serialNumber(),
    signingAlgorithm: algorithm,
    notBefore: new Date(life.nowMs),
    notAfter: new Date(life.nowMs + life.lifeDays * dayMs),
    extensions: [new SubjectAlternativeNameExtension(names.map((value) => ({ type: 'dns', value }) as const))],
  });
  return certificate.toString('pem');
}

/** DNS names that a request asks for. */
export const namesIn = (request: Pkcs10CertificateRequest): string[] =>
  request.extensions.flatMap((one) =>
    one instanceof SubjectAlternativeNameExtension ? one.names.items.map(({ value }) => value) : [],
  );

/** Signs what somebody asked for, but for the names that are left out; the chain holds the root too. */
export async function signRequest(
  root: TestRoot,
  request: Pkcs10CertificateRequest,
  { leavesOut, ...life }: Life & { readonly leavesOut?: string | undefined },
): Promise<string> {
  const names = namesIn(request).filter((name) => name !== leavesOut);
  const publicKey = await request.publicKey.export();
  return `${await sign(root, names, publicKey, life)}\n${root.certPem}\n`;
}

/** A certificate with a key of its own. */
export async function testPair(
  root: TestRoot,
  names: readonly string[],
  life: Life = { nowMs: Date.now() - dayMs, lifeDays: 90 },
): Promise<Pair> {
  const keys = await newKeys();
  return {
    certPem: await sign(root, names, keys.publicKey, life),
    keyPem: KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}
