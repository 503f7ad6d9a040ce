import fastifyCookie from '@fastify/cookie';
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import fp from 'fastify-plugin';
import type { IncomingMessage } from 'node:http';
import { hostname } from 'node:os';
import type { PageHost } from '../config.ts';
import { inlineHashesIn } from './content-security.ts';
import { compressReply, createDoor, createHeaderWriter } from './guards.ts';
import { createHostCheck } from './hosts.ts';
import { hostPage, serveNothing, servePage } from './page.ts';
import { shallowJson } from './json-body.ts';
import { createPlainHttp, type PlainHttp } from './plain.ts';
import { bug, problemOf, sendProblem, type ProblemReply } from './problems.ts';
import { createRefusals, type Refusals } from './refusals.ts';
import { addressOf, isReadableOnTheWay, isSameOrigin, schemeOf } from './request-origin.ts';
import { createUpgrades, type Upgrades } from './upgrades.ts';
import { compileValidator } from './validation.ts';

/** What the other plugins may ask about a raw request. */
export interface Http {
  readonly upgrades: Upgrades;
  schemeOf(request: IncomingMessage): 'http' | 'https';
  addressOf(request: IncomingMessage): string;
  isSameOrigin(request: IncomingMessage): boolean;
  isReadableOnTheWay(request: IncomingMessage): boolean;
  isHostAllowed(header: string | undefined): boolean;
  readonly plain: PlainHttp;
  readonly refusals: Refusals;
}

declare module 'fastify' {
  interface FastifyInstance {
    http: Http;
  }
  interface FastifyReply {
    /** Ends the request with an expected failure. */
    problem(problem: ProblemReply): FastifyReply;
  }
}

export interface HttpOptions {
  readonly publicHosts: readonly string[];
  /** Without TLS there is only the way to HTTPS. */
  readonly isRedirecting: boolean;
  readonly isPrivate: (address: string) => boolean;
  readonly nowMs: () => number;
  readonly webDir?: string | undefined;
  readonly pageHost?: PageHost | undefined;
}

const plugin = async (app: FastifyInstance, options: HttpOptions): Promise<void> => {
  const { publicHosts, webDir, pageHost, isRedirecting, isPrivate, nowMs } = options;
  const isHostAllowed = createHostCheck(hostname(), publicHosts);
  const plain = createPlainHttp({ isRedirecting, isHostAllowed, isPrivate });
  const refusals = createRefusals(nowMs);
  const upgrades = createUpgrades(
    isHostAllowed,
    (request) => plain.isClosed(request),
    (raw) => refusals.note('foreign-host', { raw, log: app.log }),
  );
  app.decorate('http', {
    upgrades,
    schemeOf,
    addressOf,
    isSameOrigin,
    isReadableOnTheWay,
    isHostAllowed,
    plain,
    refusals,
  });
  app.decorateReply('problem', function (this: FastifyReply, problem: ProblemReply) {
    return sendProblem(this, problem);
  });
  app.removeContentTypeParser(['text/plain', 'application/json']);
  const json = shallowJson(app.getDefaultJsonParser('error', 'error'));
  app.addContentTypeParser('application/json', { parseAs: 'string' }, json);
  app.setValidatorCompiler(compileValidator);
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const problem = problemOf(error);
    if (!problem) request.log.error(error);
    return sendProblem(reply, problem ?? bug);
  });
  app.addHook('onRequest', createHeaderWriter(pageHost ? undefined : inlineHashesIn(webDir), plain));
  app.addHook('onRequest', createDoor(isHostAllowed, plain));
  app.addHook('onSend', compressReply);
  await app.register(fastifyCookie);
  app.server.on('upgrade', upgrades.handle);
  if (pageHost) upgrades.on(pageHost.upgradePath, (...args) => pageHost.upgrade(...args));
  if (pageHost) hostPage(app, pageHost);
  else if (webDir !== undefined) await servePage(app, webDir);
  else serveNothing(app);
};

export const http = fp(plugin, { name: 'http' });
