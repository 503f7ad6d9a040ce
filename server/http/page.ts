import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { resolve, sep } from 'node:path';
import { trustPath } from '../../shared/api/trust.ts';
import type { PageHost } from '../config.ts';
import { sendProblem } from './problems.ts';

const immutable = 'public, max-age=31536000, immutable';
/** Kept, but asked for every time: the ETag then answers with an empty 304. */
const revalidate = 'no-cache';

const notFound = { code: 'not-found', message: 'There is nothing at this address.' } as const;

/** True for requests of the browser's address bar: every address of the page that is not a file is the page itself. */
const wantsPage = (request: FastifyRequest): boolean =>
  (request.method === 'GET' || request.method === 'HEAD') &&
  !request.url.startsWith('/api/') &&
  !/\.[a-z0-9]+$/i.test(request.url.split('?')[0] ?? '');

/** Serves the built page. Only files that lay there at the start have an address, so no path can lead out of the folder. */
export async function servePage(app: FastifyInstance, webDir: string): Promise<void> {
  const assets = resolve(webDir, 'assets') + sep;
  await app.register(fastifyStatic, {
    root: resolve(webDir),
    wildcard: false,
    index: false,
    preCompressed: true,
    cacheControl: false,
    // Vite puts a hash of the content into every name under assets/.
    setHeaders: (reply, path) => void reply.header('cache-control', path.startsWith(assets) ? immutable : revalidate),
  });
  const sendIndex = (_request: FastifyRequest, reply: FastifyReply): FastifyReply => reply.sendFile('index.html');
  app.get('/', sendIndex);
  // A page of its own, so that the house behind the login carries none of it.
  app.get(trustPath, (_request, reply) => reply.sendFile('trust.html'));
  app.setNotFoundHandler((request, reply) =>
    wantsPage(request) ? sendIndex(request, reply) : sendProblem(reply, notFound),
  );
}

/** Development: whatever is not ours goes to Vite, on the same port. */
export function hostPage(app: FastifyInstance, pageHost: PageHost): void {
  app.setNotFoundHandler((request, reply) => {
    if (request.url.startsWith('/api/')) return sendProblem(reply, notFound);
    reply.hijack();
    for (const [name, value] of Object.entries(reply.getHeaders())) {
      if (value !== undefined) reply.raw.setHeader(name, value);
    }
    if (request.url.split('?')[0] === trustPath) request.raw.url = `${trustPath}.html`;
    pageHost.handle(request.raw, reply.raw);
    return reply;
  });
}

/** Neither built nor in development: only the interface. */
export function serveNothing(app: FastifyInstance): void {
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, notFound));
}
