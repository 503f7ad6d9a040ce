import { once } from 'node:events';
import { connect, type TLSSocket } from 'node:tls';
import { startKachel } from '../../support/kachel.ts';
import type { Row } from '../figures.ts';

const handshakeCount = 600;
const atOnce = 16;
const goal = 200;

const open = async (port: number, session?: Buffer): Promise<TLSSocket> => {
  // Whether the certificate is trusted is not what is measured.
  const options = { host: '127.0.0.1', port, rejectUnauthorized: false, ...(session ? { session } : {}) };
  const socket = connect(options);
  await once(socket, 'secureConnect');
  return socket;
};

/** What a client may keep to come back sooner. */
async function ticketOf(port: number): Promise<Buffer> {
  const socket = await open(port);
  const [ticket] = (await once(socket, 'session')) as [Buffer];
  socket.destroy();
  return ticket;
}

async function perSecond(port: number, session?: Buffer): Promise<number> {
  let next = 0;
  const startedMs = performance.now();
  const work = async (): Promise<void> => {
    while (next++ < handshakeCount) {
      const socket = await open(port, session);
      if (session && !socket.isSessionReused()) throw new Error('the session was not resumed');
      socket.destroy();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return (handshakeCount * 1_000) / (performance.now() - startedMs);
}

/** TLS 1.3 handshakes on the port for MQTT over TLS, with the certificate of the home authority; both ends are on this machine. */
export async function handshakes(): Promise<readonly Row[]> {
  const startedMs = performance.now();
  const kachel = await startKachel();
  const firstStartMs = performance.now() - startedMs;
  try {
    const port = kachel.mqttsPort;
    const ticket = await ticketOf(port);
    const [full, resumed] = [await perSecond(port), await perSecond(port, ticket)];
    return [
      {
        what: 'first start with an owner, a home authority and its certificate',
        value: firstStartMs,
        unit: 'ms',
        goal: 3_000,
      },
      { what: 'TLS handshakes, full', value: full, unit: '/s', goal, isMore: true },
      { what: 'TLS handshakes, resumed', value: resumed, unit: '/s', goal, isMore: true },
    ];
  } finally {
    await kachel.dispose();
  }
}
