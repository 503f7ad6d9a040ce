import { homeName, type TrustReply } from '../../shared/api/trust.ts';

const defaultPorts = { http: 80, https: 443 } as const;

const bare = (hostname: string): string => hostname.replace(/^\[|\]$/g, '');

const origin = (scheme: keyof typeof defaultPorts, hostname: string, port: number): string => {
  const host = hostname.includes(':') ? `[${bare(hostname)}]` : hostname;
  return `${scheme}://${host}${port === defaultPorts[scheme] ? '' : `:${port}`}`;
};

/** A name that the certificate has: the one of every home if it can be had, else its first. */
const nameIn = (names: readonly string[]): string =>
  names.includes(homeName) ? homeName : (names.find((name) => !name.startsWith('*')) ?? homeName);

/** Where this very house answers with TLS: under the name in use if the certificate has it. */
export function secureOrigin(trust: Pick<TrustReply, 'names' | 'httpsPort'>, hostname: string): string | undefined {
  if (trust.httpsPort === undefined) return undefined;
  const isCovered = trust.names.includes(bare(hostname));
  return origin('https', isCovered ? hostname : nameIn(trust.names), trust.httpsPort);
}

/** Where another phone begins: the plain address of this page or, seen from TLS, of the house. */
export function sendAddress(
  trust: Pick<TrustReply, 'host' | 'httpPort'>,
  here: Pick<Location, 'protocol' | 'port'>,
): string | undefined {
  const port = here.protocol === 'http:' ? Number(here.port || defaultPorts.http) : trust.httpPort;
  return port === undefined ? undefined : `${origin('http', trust.host, port)}/trust`;
}

/** `4E 1B 90 C7 2F A3 … 08 D1`: enough to compare, short enough to do it. */
export function shortFingerprint(fingerprint: string): string {
  const bytes = fingerprint.split(':');
  return bytes.length <= 8 ? bytes.join(' ') : `${bytes.slice(0, 6).join(' ')} … ${bytes.slice(-2).join(' ')}`;
}

export const wholeFingerprint = (fingerprint: string): string => fingerprint.replaceAll(':', ' ');
