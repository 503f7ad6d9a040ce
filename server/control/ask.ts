import { connect } from 'node:net';
import * as v from 'valibot';
import { replySchema, type ControlReply, type ControlRequest } from './protocol.ts';

const replyTimeoutMs = 60_000;
/** Nobody listens there: the file does not exist, or its server was killed. */
const absent = new Set(['ENOENT', 'ECONNREFUSED', 'ENOTSOCK']);

const silent = (message: string): ControlReply => ({ ok: false, error: { message } });

function read(text: string): ControlReply {
  try {
    const reply = v.safeParse(replySchema, JSON.parse(text));
    return reply.success ? reply.output : silent('unknown reply');
  } catch {
    return silent('no reply');
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
      resolve(absent.has(error.code ?? '') ? undefined : silent(error.message)),
    );
    socket.on('end', () => resolve(read(Buffer.concat(chunks).toString())));
  });
}
