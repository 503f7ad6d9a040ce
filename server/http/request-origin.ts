import type { IncomingMessage } from 'node:http';

/** Where a request comes from, read from the raw request because WebSocket upgrades never reach Fastify. */

export const isLoopback = (address: string): boolean =>
  address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.');

const first = (header: string | string[] | undefined): string | undefined => {
  const text = Array.isArray(header) ? header.join(',') : header;
  return text?.split(',')[0]?.trim().toLowerCase();
};
const last = (header: string | string[] | undefined): string | undefined => {
  const text = Array.isArray(header) ? header.join(',') : header;
  return text?.split(',').at(-1)?.trim();
};

/** Only a proxy on this machine is believed: anybody else could write these headers himself. */
const isBehindProxy = (request: IncomingMessage): boolean => isLoopback(request.socket.remoteAddress ?? '');

/** `https` when the browser's side of the connection is encrypted, also in front of a local reverse proxy. */
export function schemeOf(request: IncomingMessage): 'http' | 'https' {
  if ('encrypted' in request.socket && request.socket.encrypted === true) return 'https';
  return isBehindProxy(request) && first(request.headers['x-forwarded-proto']) === 'https' ? 'https' : 'http';
}

const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/, '');

/** The client's address; a local reverse proxy names the one it saw. */
export function addressOf(request: IncomingMessage): string {
  const forwarded = isBehindProxy(request) ? last(request.headers['x-forwarded-for']) : undefined;
  return plain(forwarded ?? request.socket.remoteAddress ?? '');
}

/** Whether somebody on the way could read along: neither encrypted nor within this machine. */
export const isReadableOnTheWay = (request: IncomingMessage): boolean =>
  schemeOf(request) === 'http' && !isLoopback(addressOf(request));

/** True when `Origin` names exactly the scheme, host and port under which this request came. */
export function isSameOrigin(request: IncomingMessage): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined || host === undefined) return false;
  const here = `${schemeOf(request)}://${host}`;
  return URL.canParse(here) && origin === new URL(here).origin;
}

/** A write may come without Origin only from programs; a browser then says by Sec-Fetch-Site whose page it was. */
export function isTrustedWrite(request: IncomingMessage): boolean {
  if (request.headers.origin !== undefined) return isSameOrigin(request);
  const site = first(request.headers['sec-fetch-site']);
  return site === undefined || site === 'same-origin' || site === 'none';
}
