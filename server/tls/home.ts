import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { isPast, readCertificate, type Certificate } from './certificate.ts';
import { readText } from '../read-text.ts';
import { writeSecret } from './files.ts';
import { isPermitted } from './name-constraints.ts';
import { constrainedNames, ownAddresses, ownNames, shortName, type Place } from './names.ts';

/** The home authority: a root of this house's own, and the server's certificate under it. Both live in `tls/` of the data directory. */
export interface HomeAuthority {
  readonly root: Certificate;
  readonly leaf: Certificate;
}

export interface HomeOptions {
  /** `tls/` in the data directory. */
  readonly dir: string;
  readonly place: () => Place;
  readonly log: { info(message: string): void; warn(message: string): void };
}

/** A certificate is renewed when two thirds of its life are over: months of reserve for a machine that is rarely on. */
export const renewAtShare = 2 / 3;
/** No clock of a running Kachel can be before: a Raspberry Pi wakes up in the past, and its root must still be valid tomorrow. */
const earliestMs = Date.UTC(2026, 0, 1);

const loadAuthority = () => import('./authority.ts');

function readPair(dir: string, name: string): Certificate | 'absent' | 'broken' {
  const [cert, key] = [readText(join(dir, `${name}.crt`)), readText(join(dir, `${name}.key`))];
  if (!cert.ok && !key.ok) return 'absent';
  const read = cert.ok && key.ok ? readCertificate(cert.value, key.value) : undefined;
  return read?.ok ? read.value : 'broken';
}

function writePair(dir: string, name: string, pair: { certPem: string; keyPem: string }): Certificate {
  writeSecret(join(dir, `${name}.key`), pair.keyPem);
  writeSecret(join(dir, `${name}.crt`), pair.certPem);
  const read = readCertificate(pair.certPem, pair.keyPem);
  if (!read.ok) throw new Error(`A new certificate cannot be used: ${read.error}`);
  return read.value;
}

/** What cannot be read is kept for whoever wants to look, out of the way. */
function putAside(dir: string, name: string): void {
  for (const file of [`${name}.crt`, `${name}.key`]) {
    if (existsSync(join(dir, file))) renameSync(join(dir, file), join(dir, `${file}.broken`));
  }
}

const isAlive = ({ notBeforeMs, notAfterMs }: Certificate, nowMs: number): boolean =>
  notBeforeMs <= nowMs && nowMs < notAfterMs;

async function rootOf({ dir, place, log }: HomeOptions, nowMs: number): Promise<Certificate> {
  const found = readPair(dir, 'root');
  if (typeof found === 'object' && isAlive(found, nowMs)) return found;
  if (found === 'broken') log.warn('The home authority cannot be read. A new one is made: phones must trust it anew.');
  if (typeof found === 'object') log.warn('The home authority is over. A new one is made: phones must trust it anew.');
  putAside(dir, 'root');
  const { makeRoot } = await loadAuthority();
  const commonName = `Kachel ${shortName(place().machineName)}`;
  return writePair(dir, 'root', await makeRoot({ commonName, names: constrainedNames(place()), nowMs }));
}

type Found = Certificate | 'absent' | 'broken';

function whyRenew(leaf: Found, root: Certificate, wanted: readonly string[], nowMs: number): string | undefined {
  if (typeof leaf === 'string') return leaf;
  if (!leaf.x509.checkIssued(root.x509)) return 'another authority';
  if (!isAlive(leaf, nowMs) || isPast(leaf, renewAtShare, nowMs)) return 'its time is nearly over';
  const missing = wanted.filter((name) => !leaf.names.includes(name));
  return missing.length > 0 ? `it lacked ${missing.join(', ')}` : undefined;
}

/** Keeps the authority and the certificate under it: makes what is missing, renews what is due. Cheap when nothing is. */
export function createHome(options: HomeOptions): { check(nowMs: number): Promise<HomeAuthority> } {
  const { dir, place, log } = options;
  let told = '';

  /** Names that the root may not vouch for would spoil the whole certificate. */
  const permitted = (root: Certificate): string[] => {
    const names = ownNames(place());
    const refused = names.filter((name) => !isPermitted(root.x509.raw, name));
    const text = refused.join(', ');
    if (text !== '' && text !== told) {
      log.warn(`The home authority is older than these names and does not cover them: ${text}.`);
    }
    told = text;
    return names.filter((name) => !refused.includes(name));
  };

  return {
    check: async (wallMs) => {
      const nowMs = Math.max(wallMs, earliestMs);
      const root = await rootOf(options, nowMs);
      const wanted = [...permitted(root), ...ownAddresses(place())];
      const found = readPair(dir, 'server');
      const why = whyRenew(found, root, wanted, nowMs);
      if (why === undefined && typeof found === 'object') return { root, leaf: found };
      const { makeLeaf } = await loadAuthority();
      const leaf = writePair(dir, 'server', await makeLeaf(root, wanted, nowMs));
      if (why !== 'absent') log.info(`The certificate of this house was renewed: ${why}.`);
      return { root, leaf };
    },
  };
}
