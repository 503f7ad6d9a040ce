import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { homeName } from '../../shared/api/trust.ts';
import { parseHost } from './hosts.ts';
import { schemeOf } from './request-origin.ts';

/** What is left of plain HTTP when it may only lead to HTTPS. */
export interface PlainHttp {
  /** The encrypted port, once there is one. */
  readonly httpsPort: number | undefined;
  openHttps(port: number | undefined): void;
  /** True for requests that have to go to HTTPS first. */
  isClosed(request: IncomingMessage): boolean;
  /** Where such a request belongs; undefined when it must not be led anywhere. */
  secureAddress(request: IncomingMessage): string | undefined;
  /** The encrypted counterparts of the name a page was asked under. */
  secureOrigins(request: IncomingMessage): readonly string[];
}

/** The trust page with its files, and what asks for it; nothing that a login protects. */
const openPaths =
  /^\/(?:trust\/?|api\/trust(?:\/[\w.-]*)?|api\/(?:health|public)|\.well-known\/acme-challenge\/[\w-]*|assets\/[\w.-]+|[\w-]+\.(?:svg|png|webmanifest))$/;

const pathOf = (request: IncomingMessage): string => (request.url ?? '').split('?')[0] ?? '';

const isRead = ({ method }: IncomingMessage): boolean => method === 'GET' || method === 'HEAD';

const defaultHttpsPort = 443;

export interface PlainHttpOptions {
  readonly isRedirecting: boolean;
  readonly isHostAllowed: (header: string | undefined) => boolean;
  /** True for addresses that nobody owns on the internet. */
  readonly isPrivate: (address: string) => boolean;
}

/** `[fe80::1]` in an address of the web, everything else as it is. */
const inUrl = (name: string): string => (isIP(name) === 6 ? `[${name}]` : name);

const plainAddress = (address = ''): string => address.replace(/^::ffff:/, '');

export function createPlainHttp({ isRedirecting, isHostAllowed, isPrivate }: PlainHttpOptions): PlainHttp {
  let httpsPort: number | undefined;

  /** The Host check lets any address pass, since nobody else can own one; as a destination it must be ours or of a home. */
  const isDestination = (name: string, request: IncomingMessage): boolean =>
    isIP(name) === 0 || isPrivate(name) || name === plainAddress(request.socket.localAddress);

  const authority = (name: string): string =>
    httpsPort === defaultHttpsPort ? inUrl(name) : `${inUrl(name)}:${httpsPort}`;

  const hostOf = (request: IncomingMessage): string | undefined => {
    const { host: header } = request.headers;
    const host = header !== undefined && isHostAllowed(header) ? parseHost(header) : undefined;
    return host && isDestination(host.name, request) ? host.name : undefined;
  };

  return {
    get httpsPort() {
      return httpsPort;
    },
    openHttps: (port) => {
      httpsPort = port;
    },
    isClosed: (request) =>
      isRedirecting && schemeOf(request) === 'http' && !(isRead(request) && openPaths.test(pathOf(request))),
    secureAddress: (request) => {
      const name = hostOf(request);
      if (name === undefined || httpsPort === undefined || !isRead(request)) return undefined;
      // Put together from parts and never parsed: a path of `//elsewhere` stays a path.
      return `https://${authority(name)}${request.url?.startsWith('/') ? request.url : '/'}`;
    },
    secureOrigins: (request) => {
      const name = hostOf(request);
      if (httpsPort === undefined) return [];
      // A certificate of this house covers its own name in any case, also when the address in use is not one of a home.
      const names = name === undefined ? [homeName] : [name, homeName];
      return [...new Set(names)].map((one) => `https://${authority(one)}`);
    },
  };
}
