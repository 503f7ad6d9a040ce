import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What an ACME authority asks for over plain HTTP (RFC 8555, 8.3). */
export const challengePrefix = '/.well-known/acme-challenge/';
const requestTimeoutMs = 10_000;
const maxConnections = 64;

/** Answers to open questions of the authority: token → key authorization. */
export type Challenges = Map<string, string>;

/** Somebody else has port 80, or this user may not open it; the terminal says what to do. */
export class AcmePortError extends Error {
  readonly code: 'KACHEL_ACME_PORT_TAKEN' | 'KACHEL_ACME_PORT_FORBIDDEN';
  readonly port: number;
  constructor(port: number, cause: NodeJS.ErrnoException) {
    super(cause.message, { cause });
    this.code = cause.code === 'EACCES' ? 'KACHEL_ACME_PORT_FORBIDDEN' : 'KACHEL_ACME_PORT_TAKEN';
    this.port = port;
  }
}

export interface ChallengeOptions {
  readonly host: string;
  readonly port: number;
  readonly challenges: Challenges;
  /** Where everything else belongs; undefined = nowhere. */
  readonly secureAddress: (request: IncomingMessage) => string | undefined;
}

function answer({ challenges, secureAddress }: ChallengeOptions, request: IncomingMessage, response: ServerResponse) {
  const path = (request.url ?? '').split('?')[0] ?? '';
  const known = path.startsWith(challengePrefix) ? challenges.get(path.slice(challengePrefix.length)) : undefined;
  response.setHeader('cache-control', 'no-store');
  if (known !== undefined) return response.setHeader('content-type', 'application/octet-stream').end(known);
  const address = path.startsWith(challengePrefix) ? undefined : secureAddress(request);
  if (address !== undefined) response.setHeader('location', address);
  response.statusCode = address === undefined ? 404 : 307;
  return response.end();
}

/** A small server on port 80: it answers the authority, and leads everybody else to HTTPS. Returns its port and dispose. */
export function listenForChallenges(
  options: ChallengeOptions,
): Promise<{ readonly port: number; readonly dispose: () => Promise<void> }> {
  const server = createServer((request, response) => void answer(options, request, response));
  server.requestTimeout = requestTimeoutMs;
  server.maxConnections = maxConnections;
  const dispose = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return new Promise((resolve, reject) => {
    const refuse = (error: NodeJS.ErrnoException): void => {
      const isAnswerable = error.code === 'EADDRINUSE' || error.code === 'EACCES';
      reject(isAnswerable ? new AcmePortError(options.port, error) : error);
    };
    server.once('error', refuse);
    server.listen({ host: options.host, port: options.port }, () => {
      server.off('error', refuse);
      server.on('error', () => undefined);
      resolve({ port: (server.address() as AddressInfo).port, dispose }); // a TCP server has a port, not a path
    });
  });
}
