import 'reflect-metadata';
import { Pkcs10CertificateRequest } from '@peculiar/x509';
import { createHash, createPublicKey, randomBytes, verify, type JsonWebKey } from 'node:crypto';
import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { namesIn, signRequest, testRoot, type TestRoot } from './test-root.ts';

/** A small ACME authority (RFC 8555): it checks signatures and nonces, really looks for HTTP-01 answers, and signs the request. */
export interface AcmeServer {
  readonly directoryUrl: string;
  /** PEM of its root. */
  readonly ca: string;
  /** Account keys that ordered, as thumbprints; how many orders ended with a certificate. */
  readonly accounts: ReadonlySet<string>;
  issued(): number;
  /** Days that the next certificates live. */
  lifeDays: number;
}

export interface AcmeServerOptions {
  /** Where names of the internet lead: every challenge is fetched from this port of this machine. */
  readonly challengePort: () => number;
  readonly nowMs: () => number;
  /** A name that it forgets in its certificates. */
  readonly leavesOut?: string;
}

interface Order {
  readonly names: readonly string[];
  readonly token: string;
  readonly thumbprint: string;
  status: 'pending' | 'ready' | 'valid' | 'invalid';
  certificate?: string;
}

interface Signed {
  readonly header: { readonly nonce: string; readonly url: string; readonly jwk?: JsonWebKey; readonly kid?: string };
  readonly payload: Record<string, unknown>;
  readonly thumbprint: string;
}

/** RFC 7638: the members of the key, in this order. */
const thumbprintOf = ({ crv, kty, x, y }: JsonWebKey): string =>
  createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');

/** Fetches the answer as an authority does: over plain HTTP, by the name. */
async function fetchAnswer(name: string, port: number, path: string): Promise<string> {
  const sent = get({ host: '127.0.0.1', port, path, headers: { host: name } });
  const [reply] = (await once(sent, 'response')) as [IncomingMessage];
  return reply.statusCode === 200 ? text(reply) : `status ${reply.statusCode}`;
}

class Authority {
  readonly accounts = new Map<string, JsonWebKey>();
  readonly ordered = new Set<string>();
  readonly #nonces = new Set<string>();
  readonly #orders: Order[] = [];
  readonly #options: AcmeServerOptions;
  readonly root: TestRoot;
  url = '';
  lifeDays = 90;
  issued = 0;

  constructor(root: TestRoot, options: AcmeServerOptions) {
    this.root = root;
    this.#options = options;
  }

  nonce(): string {
    const nonce = randomBytes(16).toString('base64url');
    this.#nonces.add(nonce);
    return nonce;
  }

  /** Reads a signed request; throws when the signature, the nonce or the address is wrong. */
  read(body: string, path: string): Signed {
    const jws = JSON.parse(body) as { protected: string; payload: string; signature: string };
    const header = JSON.parse(Buffer.from(jws.protected, 'base64url').toString()) as Signed['header'];
    if (!this.#nonces.delete(header.nonce)) throw new Error('badNonce');
    if (header.url !== this.url + path) throw new Error('unauthorized');
    const jwk = header.jwk ?? this.accounts.get(header.kid ?? '');
    if (!jwk) throw new Error('accountDoesNotExist');
    const key = { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' } as const;
    const isRight = verify(
      'sha256',
      Buffer.from(`${jws.protected}.${jws.payload}`),
      key,
      Buffer.from(jws.signature, 'base64url'),
    );
    if (!isRight) throw new Error('malformed');
    const payload =
      jws.payload === '' ? {} : (JSON.parse(Buffer.from(jws.payload, 'base64url').toString()) as Signed['payload']);
    return { header, payload, thumbprint: thumbprintOf(jwk) };
  }

  newAccount({ header, thumbprint }: Signed): Reply {
    const id = `${this.url}/account/${thumbprint}`;
    if (header.jwk) this.accounts.set(id, header.jwk);
    return { status: 201, body: { status: 'valid' }, location: id };
  }

  newOrder({ payload, thumbprint }: Signed): Reply {
    const identifiers = payload.identifiers as { value: string }[];
    const names = identifiers.map(({ value }) => value);
    this.#orders.push({ names, token: randomBytes(16).toString('base64url'), thumbprint, status: 'pending' });
    this.ordered.add(thumbprint);
    return { ...this.order(this.#orders.length - 1), status: 201 };
  }

  order(index: number): Reply {
    const order = this.#at(index);
    const at = `${this.url}/order/${index}`;
    return {
      status: 200,
      location: at,
      body: {
        status: order.status,
        identifiers: order.names.map((value) => ({ type: 'dns', value })),
        authorizations: order.names.map((_, n) => `${this.url}/authorization/${index}-${n}`),
        finalize: `${at}/finalize`,
        ...(order.certificate !== undefined && { certificate: `${this.url}/certificate/${index}` }),
      },
    };
  }

  authorization(index: number, n: number): Reply {
    const order = this.#at(index);
    const status = order.status === 'ready' ? 'valid' : order.status;
    const challenge = { type: 'http-01', status, token: order.token, url: `${this.url}/challenge/${index}-${n}` };
    return {
      status: 200,
      body: { status, identifier: { type: 'dns', value: order.names[n] }, challenges: [challenge] },
    };
  }

  /** The look: it must find exactly the token and the thumbprint of the key that ordered. */
  async challenge(index: number, n: number): Promise<Reply> {
    const order = this.#at(index);
    const path = `/.well-known/acme-challenge/${order.token}`;
    const answer = await fetchAnswer(order.names[n] ?? '', this.#options.challengePort(), path).catch(() => '');
    order.status = answer === `${order.token}.${order.thumbprint}` ? 'ready' : 'invalid';
    const status = order.status === 'ready' ? 'valid' : 'invalid';
    return {
      status: 200,
      body: { type: 'http-01', status, token: order.token, url: `${this.url}/challenge/${index}-${n}` },
    };
  }

  async finalize(index: number, { payload }: Signed): Promise<Reply> {
    const order = this.#at(index);
    const request = new Pkcs10CertificateRequest(Buffer.from(String(payload.csr), 'base64url'));
    const wanted = namesIn(request);
    const isRight = (await request.verify()) && wanted.every((name) => order.names.includes(name));
    if (order.status !== 'ready' || !isRight)
      return { status: 403, body: { type: 'urn:ietf:params:acme:error:badCSR' } };
    const { leavesOut } = this.#options;
    const life = { nowMs: this.#options.nowMs(), lifeDays: this.lifeDays, leavesOut };
    order.certificate = await signRequest(this.root, request, life);
    order.status = 'valid';
    this.issued++;
    return this.order(index);
  }

  certificate(index: number): Reply {
    return { status: 200, body: this.#at(index).certificate ?? '' };
  }

  #at(index: number): Order {
    const order = this.#orders[index];
    if (!order) throw new Error('malformed');
    return order;
  }
}

interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly location?: string;
}

async function answer(authority: Authority, path: string, signed: Signed): Promise<Reply> {
  const [, noun, rest = '', verb] = path.split('/');
  const [index = 0, n = 0] = rest.split('-').map(Number);
  if (noun === 'new-account') return authority.newAccount(signed);
  if (noun === 'new-order') return authority.newOrder(signed);
  if (noun === 'authorization') return authority.authorization(index, n);
  if (noun === 'challenge') return authority.challenge(index, n);
  if (noun === 'certificate') return authority.certificate(index);
  return verb === 'finalize' ? authority.finalize(index, signed) : authority.order(index);
}

async function serve(authority: Authority, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = request.url ?? '';
  const { url } = authority;
  response.setHeader('replay-nonce', authority.nonce());
  if (path === '/directory') {
    const directory = { newNonce: `${url}/nonce`, newAccount: `${url}/new-account`, newOrder: `${url}/new-order` };
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ ...directory, meta: {} }));
    return;
  }
  if (path === '/nonce') return void response.end();
  try {
    const reply = await answer(authority, path, authority.read(await text(request), path));
    response.statusCode = reply.status;
    if (reply.location !== undefined) response.setHeader('location', reply.location);
    const isText = typeof reply.body === 'string';
    response.setHeader('content-type', isText ? 'application/pem-certificate-chain' : 'application/json');
    response.end(isText ? reply.body : JSON.stringify(reply.body));
  } catch (error) {
    const type = `urn:ietf:params:acme:error:${error instanceof Error ? error.message : 'malformed'}`;
    response.writeHead(400, { 'content-type': 'application/problem+json' }).end(JSON.stringify({ type }));
  }
}

/** Starts an authority that ends with the test. */
export async function acmeServer(options: AcmeServerOptions): Promise<AcmeServer> {
  const authority = new Authority(await testRoot('Test authority'), options);
  const server = createServer((request, response) => void serve(authority, request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  authority.url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  return {
    directoryUrl: `${authority.url}/directory`,
    ca: authority.root.certPem,
    accounts: authority.ordered,
    issued: () => authority.issued,
    get lifeDays() {
      return authority.lifeDays;
    },
    set lifeDays(days) {
      authority.lifeDays = days;
    },
  };
}
