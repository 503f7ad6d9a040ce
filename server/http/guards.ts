import type { FastifyReply, FastifyRequest } from 'fastify';
import { chooseEncoding, compress, smallestToCompressBytes } from './compression.ts';
import { contentSecurityPolicy, type InlineHashes } from './content-security.ts';
import { sendProblem } from './problems.ts';
import { isTrustedWrite, schemeOf } from './request-origin.ts';

const isWrite = (method: string): boolean => method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS';

/** Refuses names that are not ours, and writes that another page caused. */
export function createDoor(isHostAllowed: (header: string | undefined) => boolean) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    if (!isHostAllowed(request.headers.host)) {
      return sendProblem(reply, {
        code: 'foreign-host',
        message: 'Kachel does not know this name. Start it with --public-host NAME to allow it.',
      });
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

/** Security headers of every reply. `hashes` is absent in development, where Vite needs what the policy forbids. */
export function createHeaderWriter(hashes: InlineHashes | undefined) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    reply.headers(fixedHeaders);
    if (isSecureContext(request)) reply.header('cross-origin-opener-policy', 'same-origin');
    if (request.routeOptions.url?.startsWith('/api/')) reply.header('cache-control', 'no-store');
    if (hashes) reply.header('content-security-policy', contentSecurityPolicy(hashes, request.headers.host ?? ''));
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
