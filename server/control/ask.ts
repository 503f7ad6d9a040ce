import { connect } from 'node:net';
import * as v from 'valibot';
import { refuse, replySchema, type ControlReply, type ControlRequest } from './protocol.ts';

const replyTimeoutMs = 60_000;
/** Nobody listens there: the file does not exist, or its server was killed. */
const absent = new Set(['ENOENT', 'ECONNREFUSED', 'ENOTSOCK']);

function read(text: string): ControlReply {
  try {
    const reply = v.safeParse(replySchema, JSON.parse(text));
    return reply.success ? reply.output : refuse('other-version', 'The server answered something unknown.');
  } catch {
    return refuse('no-reply', 'The server did not answer.');
  }
}

/** Asks the running server; `undefined` when none runs. */
export function askServer(address: string, request: ControlRequest): Promise<ControlReply | undefined> {
  return new Promise((resolve) => {
    const socket = connect(address);
    const chunks: Buffer[] = [];
    socket.setTimeout(replyTimeoutMs, () => socket.destroy(new Error('timeout')));
    socket.on('connect', () => socket.write(`${JSON.stringify(request)}\n`));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', (error: NodeJS.ErrnoException) =>
      resolve(absent.has(error.code ?? '') ? undefined : refuse('no-reply', error.message)),
    );
    socket.on('end', () => resolve(read(Buffer.concat(chunks).toString())));
  });
}
