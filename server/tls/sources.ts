import { isIP } from 'node:net';
import { createAcmeSource, type AcmeSource } from './acme-source.ts';
import type { Challenges } from './challenges.ts';
import { createFileSource } from './file-source.ts';
import { createHome } from './home.ts';
import type { Place } from './names.ts';
import type { CertificateSource, Log } from './source.ts';

export interface SourceOptions {
  readonly dir: string;
  readonly certFile?: string | undefined;
  readonly keyFile?: string | undefined;
  readonly acme: boolean;
  readonly acmeEmail?: string | undefined;
  readonly acmeDirectory: string;
  readonly publicHosts: readonly string[];
  readonly machineName: string;
  readonly addresses: () => readonly string[];
  readonly log: Log;
}

/** Names that an authority of the internet can look up. */
const isPublicName = (name: string): boolean =>
  name.includes('.') && isIP(name) === 0 && !/\.(local|lan|home\.arpa)$/.test(name);

function homeSource({ dir, machineName, publicHosts, addresses, log }: SourceOptions): CertificateSource {
  const place = (): Place => ({ machineName, publicHosts, addresses: addresses() });
  const home = createHome({ dir, place, log });
  return {
    check: async (nowMs) => {
      const { root, leaf } = await home.check(nowMs);
      return { source: 'home', main: leaf, root };
    },
  };
}

export type AnySource = CertificateSource & Partial<Pick<AcmeSource, 'begin'>>;

/** The one source that the flags ask for. */
export function createSource(options: SourceOptions, challenges: Challenges): AnySource {
  const { dir, certFile, keyFile, acme, acmeEmail: email, acmeDirectory: directoryUrl, publicHosts, log } = options;
  if (certFile !== undefined && keyFile !== undefined) return createFileSource({ certFile, keyFile, log });
  const home = homeSource(options);
  const names = publicHosts.filter(isPublicName);
  return acme ? createAcmeSource({ dir, names, email, directoryUrl, challenges, home, log }) : home;
}
