import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import * as v from 'valibot';
import { maxRequestBytes, refuse, requestSchema, type ControlReply, type Operations } from './protocol.ts';

const requestTimeoutMs = 30_000;
const maxConnections = 8;

async function answer(line: string, operations: Operations): Promise<ControlReply> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return refuse('other-version', 'The request is not JSON.');
  }
  const request = v.safeParse(requestSchema, parsed);
  if (!request.success)
    return refuse('other-version', 'This server does not know that command; it may be another version.');
  return operations[request.output.operation](request.output.input);
}

function serve(socket: Socket, operations: Operations, onbug: (error: unknown) => void): void {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  const reply = (value: ControlReply): void => void socket.end(`${JSON.stringify(value)}\n`);
  socket.setTimeout(requestTimeoutMs, () => socket.destroy());
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    sizeBytes += chunk.length;
    if (sizeBytes > maxRequestBytes) return reply(refuse('too-large', 'The request is too large.'));
    chunks.push(chunk);
    if (!chunk.includes(10)) return;
    answer(Buffer.concat(chunks).toString(), operations).then(reply, (error: unknown) => {
      onbug(error);
      reply(refuse('server-failed', 'The server failed; its log says why.'));
    });
  });
}

/**
 * Listens for sub-commands of the same machine and user. The data directory's lock is held already, so a socket file that lies there is a
 * leftover. Returns dispose.
 */
export async function listenForCommands(
  address: string,
  operations: Operations,
  onbug: (error: unknown) => void,
): Promise<() => Promise<void>> {
  const isFile = !address.startsWith('\\\\');
  if (isFile) rmSync(address, { force: true });
  const server = createServer((socket) => serve(socket, operations, onbug));
  server.maxConnections = maxConnections;
  const formerMask = process.umask(0o177);
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(address, resolve);
    });
  } finally {
    process.umask(formerMask);
  }
  if (isFile) chmodSync(address, 0o600);
  return () => new Promise((resolve) => server.close(() => resolve()));
}
