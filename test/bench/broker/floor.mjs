/** The least that Node.js can do for a client: takes the connection and answers whatever comes with a CONNACK. For `brokers.ts`. */
import { createServer } from 'node:net';
import process from 'node:process';

const connack = Buffer.from([0x20, 2, 0, 0]);
const options = { noDelay: true, keepAlive: true, keepAliveInitialDelay: 60_000 };

createServer(options, (socket) => {
  socket.on('error', () => undefined);
  socket.on('data', () => socket.write(connack));
}).listen({ host: '127.0.0.1', port: Number(process.argv[2]), backlog: 1_024 });
