import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { TLSSocket } from 'node:tls';
import {
  certificatePath,
  pemPath,
  probePath,
  profilePath,
  trustApi,
  type ProbeReply,
  type TrustReply,
} from '../../shared/api/trust.ts';
import type { Certificate } from './certificate.ts';
import { mobileConfig } from './mobileconfig.ts';
import type { Shown } from './source.ts';

export interface TrustOptions {
  readonly shown: () => Shown | undefined;
  readonly home: () => string;
  readonly httpsPort: () => number | undefined;
  readonly httpPort: () => number | undefined;
  /** The machine's address in the home network; another phone cannot use "localhost". */
  readonly lanAddress: () => Promise<string | undefined>;
}

const isHere = (host: string): boolean => host === 'localhost' || host === '[::1]' || host.startsWith('127.');

/** `CN=Kachel nas` → `Kachel nas`. */
export const commonName = ({ x509 }: Certificate): string => /^CN=(.*)$/m.exec(x509.subject)?.[1] ?? 'Kachel';

async function hostFor(request: FastifyRequest, options: TrustOptions): Promise<string> {
  const here = new URL(`http://${request.headers.host ?? 'localhost'}`).hostname;
  return isHere(here) ? ((await options.lanAddress()) ?? here) : here;
}

type Certified = Pick<TrustReply, 'source' | 'names' | 'authority' | 'fingerprint' | 'notAfterMs'>;

function certified(shown: Shown | undefined): Certified {
  if (!shown) return { source: 'off', names: [] };
  const { source, main, named, root } = shown;
  const names = [...new Set([...(named?.names ?? []), ...main.names])];
  const certificate = named ?? main;
  return {
    source,
    names,
    fingerprint: (root ?? certificate).fingerprint,
    notAfterMs: certificate.notAfterMs,
    ...(root && { authority: commonName(root) }),
  };
}

async function trustReply(request: FastifyRequest, options: TrustOptions): Promise<TrustReply> {
  const [httpsPort, httpPort] = [options.httpsPort(), options.httpPort()];
  return {
    ...certified(options.shown()),
    home: options.home(),
    host: await hostFor(request, options),
    ...(httpsPort !== undefined && { httpsPort }),
    ...(httpPort !== undefined && { httpPort }),
  };
}

/** Letters that are safe in a file name and in a header. */
const fileName = (authority: string): string =>
  authority
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

function probeReply({ raw }: FastifyRequest): ProbeReply {
  const protocol = 'getProtocol' in raw.socket ? (raw.socket as TLSSocket).getProtocol() : null;
  return protocol === null ? {} : { protocol };
}

/** The page of the same house on its plain port may read the answer; nobody else's. */
function allowOrigin(request: FastifyRequest, reply: FastifyReply): void {
  const { origin } = request.headers;
  const url = origin !== undefined && URL.canParse(origin) ? new URL(origin) : undefined;
  if (url?.protocol !== 'http:' || !request.server.http.isHostAllowed(url.host)) return;
  reply.header('access-control-allow-origin', url.origin).header('vary', 'origin');
}

/** `GET /api/trust` · `/api/trust/probe` · the home authority as profile, DER and PEM. All public: they say nothing secret. */
export async function trustRoutes(app: FastifyInstance, options: TrustOptions): Promise<void> {
  const open = { config: { needs: 'nobody' } } as const;

  const sendRoot = (path: string, type: string, extension: string, write: (root: Certificate) => string | Buffer) =>
    app.get(path, open, async (_request, reply) => {
      const root = options.shown()?.root;
      if (!root) return reply.problem({ code: 'not-found', message: 'This house uses no authority of its own.' });
      return reply
        .header('content-type', type)
        .header('content-disposition', `attachment; filename="${fileName(commonName(root))}.${extension}"`)
        .send(write(root));
    });

  app.get(trustApi, open, (request) => trustReply(request, options));

  app.get(probePath, open, async (request, reply) => {
    allowOrigin(request, reply);
    return probeReply(request);
  });

  sendRoot(certificatePath, 'application/x-x509-ca-cert', 'crt', ({ x509 }) => Buffer.from(x509.raw));
  sendRoot(pemPath, 'application/x-pem-file', 'pem', ({ certPem }) => `${certPem.trimEnd()}\n`);
  sendRoot(profilePath, 'application/x-apple-aspen-config', 'mobileconfig', (root) =>
    mobileConfig({
      der: Buffer.from(root.x509.raw),
      fingerprint: root.fingerprint,
      title: options.home() === '' ? commonName(root) : options.home(),
      authority: commonName(root),
      description: 'Lets this device check that it speaks to your Kachel. It vouches for your home only.',
    }),
  );
}
