import type { ClientPacket } from '../codec/packet.ts';
import { protocolError } from '../codec/reason.ts';
import type { Connection } from '../connection.ts';
import type { Core } from '../core.ts';
import { handleAuth } from './auth.ts';
import { handleDisconnect } from './disconnect.ts';
import { handlePingreq } from './pingreq.ts';
import { handlePuback } from './puback.ts';
import { handlePubcomp } from './pubcomp.ts';
import { handlePublish } from './publish.ts';
import { handlePubrec } from './pubrec.ts';
import { handlePubrel } from './pubrel.ts';
import { handleSubscribe } from './subscribe.ts';
import { handleUnsubscribe } from './unsubscribe.ts';

/** Hands a packet of an open connection to the one who knows it. */
export const dispatch = (core: Core, connection: Connection, packet: ClientPacket): void => {
  const session = connection.session;
  if (!session) return protocolError('no session');
  switch (packet.type) {
    case 'publish':
      return handlePublish(core, connection, session, packet);
    case 'puback':
      return handlePuback(core, connection, session, packet);
    case 'pubrec':
      return handlePubrec(core, connection, session, packet);
    case 'pubrel':
      return handlePubrel(core, connection, session, packet);
    case 'pubcomp':
      return handlePubcomp(core, connection, session, packet);
    case 'subscribe':
      return handleSubscribe(core, connection, session, packet);
    case 'unsubscribe':
      return handleUnsubscribe(core, connection, session, packet);
    case 'pingreq':
      return handlePingreq(connection);
    case 'disconnect':
      return handleDisconnect(core, connection, session, packet);
    case 'auth':
      return handleAuth();
    case 'connect':
      return protocolError('second CONNECT'); // [MQTT-3.1.0-2]
  }
};
