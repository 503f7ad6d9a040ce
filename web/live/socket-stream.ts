import { Duplex } from 'readable-stream';

type Bytes = Uint8Array<ArrayBuffer>;
type Done = (error?: Error | null) => void;

/** Beyond this much unsent data the socket is given up: the line is dead or far too slow. */
const maxUnsentBytes = 4_194_304;

/** A WebSocket as the byte stream that the MQTT client expects; what is written in one turn leaves as one frame. */
export function socketStream(socket: WebSocket): Duplex {
  socket.binaryType = 'arraybuffer';
  let waiting: (() => void) | undefined;

  const stream = new Duplex({
    read: () => undefined,
    write: (chunk: Bytes, _encoding, done) => send([chunk], done),
    writev: (chunks: ArrayLike<{ readonly chunk: Bytes }>, done: Done) =>
      send(
        Array.from(chunks, ({ chunk }) => chunk),
        done,
      ),
    destroy: (error, done) => {
      socket.close();
      done(error);
    },
  });

  const send = (chunks: readonly Bytes[], done: Done): void => {
    if (socket.readyState === socket.CONNECTING) {
      waiting = () => send(chunks, done);
      return;
    }
    if (socket.readyState !== socket.OPEN) return done(new Error('The socket is closed'));
    if (socket.bufferedAmount > maxUnsentBytes) return done(new Error('The line is too slow'));
    socket.send(chunks.length === 1 && chunks[0] ? chunks[0] : joined(chunks));
    done();
  };

  socket.addEventListener('open', () => waiting?.());
  socket.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (event.data instanceof ArrayBuffer) stream.push(new Uint8Array(event.data));
  });
  // `error` tells nothing that `close` does not.
  socket.addEventListener('close', () => stream.destroy());
  return stream;
}

function joined(chunks: readonly Bytes[]): Bytes {
  const whole = new Uint8Array(chunks.reduce((sum, one) => sum + one.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
