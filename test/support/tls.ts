import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import type { IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { onTestFinished } from 'vitest';
import { testApp, type TestApp, type TestAppOptions } from './app.ts';

/** A folder that goes with the test. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kachel-tls-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface SecureApp extends TestApp {
  readonly dataDir: string;
  readonly httpsPort: number;
  readonly mqttsPort: number;
  /** PEM of the home authority. */
  readonly ca: string;
}

/** A whole server with real encrypted ports. */
export async function secureApp(options: TestAppOptions = {}): Promise<SecureApp> {
  const dataDir = testFolder();
  const config = { dataDir, httpsPort: 0, mqttsPort: 0, ...options.config };
  const started = await testApp({ ...options, config });
  const { httpsPort = 0, mqttsPort = 0 } = started.app.tls;
  const usesFiles = config.tlsCert !== undefined;
  const ca = usesFiles ? '' : readFileSync(join(config.dataDir, 'tls', 'root.crt'), 'utf8');
  return { ...started, dataDir: config.dataDir, httpsPort, mqttsPort, ca };
}

/** A finished handshake, or the sentence with which it failed. */
export function handshake(port: number, options: ConnectionOptions): Promise<TLSSocket | string> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', servername: 'localhost', ...options });
    socket.once('secureConnect', () => resolve(socket));
    socket.once('error', (error: Error & { code?: string }) => resolve(error.code ?? error.message));
  });
}

export interface SecureReply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** One HTTPS request on a connection of its own. */
export function ask(
  port: number,
  path: string,
  options: ConnectionOptions & {
    readonly headers?: Record<string, string>;
    readonly method?: string;
    readonly body?: string;
  },
): Promise<SecureReply> {
  const { headers = {}, body, ...rest } = options;
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        port,
        host: '127.0.0.1',
        servername: 'localhost',
        path,
        agent: false,
        ...rest,
        headers: { host: `localhost:${port}`, ...headers },
      },
      (reply) => {
        text(reply).then(
          (answer) => resolve({ status: reply.statusCode ?? 0, headers: reply.headers, body: answer }),
          reject,
        );
      },
    );
    sent.once('error', reject);
    sent.end(body);
  });
}
