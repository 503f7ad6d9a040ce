import type { FastifyReply, FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';
import { stayMs } from './logins.ts';

/** Browsers take a `__Host-` cookie only over HTTPS, and never one that another host of the same domain made. */
const nameFor = (isSecure: boolean): string => (isSecure ? '__Host-kachel' : 'kachel');

const options = (isSecure: boolean) => ({ path: '/', httpOnly: true, sameSite: 'strict', secure: isSecure }) as const;

const isSecure = (request: FastifyRequest): boolean => request.server.http.schemeOf(request.raw) === 'https';

/** Writes the login cookie. "Stay" lasts, else it ends with the browser. */
export function writeLoginCookie(reply: FastifyReply, secret: string, isStaying: boolean): void {
  const secure = isSecure(reply.request);
  const maxAge = isStaying ? { maxAge: stayMs / 1_000 } : {};
  reply.setCookie(nameFor(secure), secret, { ...options(secure), ...maxAge });
}

export function clearLoginCookie(reply: FastifyReply): void {
  const secure = isSecure(reply.request);
  reply.clearCookie(nameFor(secure), options(secure));
}

/** The secret in a raw request's cookie. */
export const readLoginCookie = (
  request: IncomingMessage,
  parse: (header: string) => Record<string, string | undefined>,
  scheme: 'http' | 'https',
): string | undefined => parse(request.headers.cookie ?? '')[nameFor(scheme === 'https')];
