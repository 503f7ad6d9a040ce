import type { FastifyReply, FastifyRequest } from 'fastify';
import { trustPath } from '../../shared/api/trust.ts';
import { chooseEncoding, compress, smallestToCompressBytes } from './compression.ts';
import { contentSecurityPolicy, type InlineHashes } from './content-security.ts';
import { refuseHost } from './foreign-host.ts';
import type { PlainHttp } from './plain.ts';
import { sendProblem } from './problems.ts';
import { isTrustedWrite, schemeOf } from './request-origin.ts';

const isWrite = (method: string): boolean => method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS';

/** Asked for again under HTTPS, with the same method; not kept, so that nothing breaks when the setting changes. */
const useHttps = 307;

/** Refuses names that are not ours, leads to HTTPS where that is wanted, and refuses writes that another page caused. */
export function createDoor(isHostAllowed: (header: string | undefined) => boolean, plain: PlainHttp) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    if (!isHostAllowed(request.headers.host)) return refuseHost(request, reply);
    if (plain.isClosed(request.raw)) {
      const address = plain.secureAddress(request.raw);
      // A write has told its secrets already; repeating it encrypted would hide that.
      return address === undefined
        ? sendProblem(reply, { code: 'https-only', message: 'This works only over HTTPS.' })
        : reply.header('cache-control', 'no-store').redirect(address, useHttps);
    }
    if (isWrite(request.method) && !isTrustedWrite(request.raw)) {
      return sendProblem(reply, { code: 'foreign-origin', message: 'This request came from another page.' });
    }
    return undefined;
  };
}

const fixedHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
} as const;

/** Browsers honour (and otherwise complain about) this one only where the connection counts as secure. */
const isSecureContext = (request: FastifyRequest): boolean =>
  schemeOf(request.raw) === 'https' || /^(localhost|127\.|\[::1\])/.test(request.headers.host ?? '');

/** The one page that may ask its own house on another port: whether HTTPS works. */
const isTrustPage = ({ url }: FastifyRequest): boolean => url.split('?')[0] === trustPath;

/** Security headers of every reply. `hashes` is absent in development, where Vite needs what the policy forbids. */
export function createHeaderWriter(hashes: InlineHashes | undefined, plain: PlainHttp) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    reply.headers(fixedHeaders);
    if (isSecureContext(request)) reply.header('cross-origin-opener-policy', 'same-origin');
    if (request.routeOptions.url?.startsWith('/api/')) reply.header('cache-control', 'no-store');
    if (!hashes) return;
    const secure = isTrustPage(request) ? plain.secureOrigins(request.raw) : [];
    reply.header('content-security-policy', contentSecurityPolicy(hashes, request.headers.host ?? '', secure));
  };
}

/** Compresses JSON replies on the way out; files come precompressed. */
export async function compressReply(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
  if (typeof payload !== 'string' || payload.length < smallestToCompressBytes) return payload;
  const encoding = chooseEncoding(request.headers['accept-encoding']);
  if (!encoding || reply.hasHeader('content-encoding')) return payload;
  reply.header('vary', 'accept-encoding').header('content-encoding', encoding).removeHeader('content-length');
  return compress(payload, encoding);
}
