import { randomUUID } from 'node:crypto';
import type { Message } from '../../../shared/mqtt/message.ts';
import { isTopicName } from '../../../shared/mqtt/topic.ts';
import { Addresses, limitAgainst } from './admission.ts';
import { ChangeLog } from './change-log.ts';
import { systemClock } from './clock.ts';
import { reason } from './codec/reason.ts';
import { Connection } from './connection.ts';
import type { Core } from './core.ts';
import { Counters } from './counters.ts';
import { pump } from './delivery.ts';
import type { ClientInfo, Engine, EngineEvent, SessionInfo, Origin, Transport } from './engine.ts';
import { figuresOf, statsOf } from './figures.ts';
import { endConnection, endSession, endUnstored } from './lifecycle.ts';
import { defaultLimits } from './limits.ts';
import { expiryOf, fromPublicProperties, RoutedMessage, toPublic } from './message.ts';
import { Observers } from './observers.ts';
import { silentLog } from './options.ts';
import type { EngineLog, EngineOptions } from './options.ts';
import { acceptMessage } from './publish.ts';
import { receive } from './receive.ts';
import { recheckRights } from './recheck.ts';
import { noteTurnedAway } from './refusals.ts';
import { restore } from './restore.ts';
import { Retained } from './retained.ts';
import { Routes } from './routes.ts';
import type { Session } from './session.ts';
import { Spaces } from './spaces.ts';
import { sweep, sweepIntervalMs } from './sweep.ts';
import { createSys } from './sys.ts';
import { Topics } from './topics.ts';
import { Turn } from './turn.ts';

const makeCore = (options: EngineOptions, emit: (event: EngineEvent) => void): Core => {
  const clock = options.clock ?? systemClock;
  const log = options.log ?? silentLog;
  const limits = { ...defaultLimits, ...options.limits };
  const observers = new Observers(log);
  const changes: ChangeLog = new ChangeLog({
    store: options.store,
    isAwaiting: options.isAwaiting ?? true,
    maxLazyChanges: limits.maxLazyChanges,
    log,
    onFailing: (message) => emit({ type: 'store-failed', message }),
    onSettled: (isStored) => (isStored ? core.turn.release() : endUnstored(core)),
  });
  let lastStoredId = 0;
  const core: Core = {
    clock,
    limits,
    log,
    observers,
    changes,
    emit,
    counters: new Counters(),
    topics: new Topics(limits, () => core.routes.invalidate()),
    routes: new Routes({
      authorize: options.authorize,
      watchersOf: (topic) => observers.of(topic),
      maxRememberedTargets: limits.maxRememberedTargets,
    }),
    retained: new Retained(limits),
    turn: new Turn(clock, changes, observers),
    spaces: new Spaces(),
    sessions: new Map(),
    connections: new Set(),
    halfOpen: new Set(),
    addresses: new Addresses(),
    expired: [],
    authorize: options.authorize,
    inspectorFor: (inspected) => options.inspectorFor?.(inspected),
    authenticate: (request) => options.authenticate(request),
    nextStoredId: () => ++lastStoredId,
    inventClientId: () => `auto-${randomUUID()}`,
    isCongested: false,
    isQueueCongested: false,
    isClosing: false,
  };
  const state = options.store.load();
  lastStoredId = restore(core, state.sessions, state);
  return core;
};

const attach = (core: Core, transport: Transport, origin: Origin): void => {
  core.counters.socketsOpened++;
  const connection = new Connection(core, transport, origin);
  transport.onClose(() => endConnection(core, connection, { text: 'connection lost' }));
  if (core.isClosing) return endConnection(core, connection, { text: 'the broker is shutting down' });
  const limit = limitAgainst(core, origin);
  if (limit) {
    core.counters.exceed(limit);
    noteTurnedAway(core, origin.remoteAddress, 'limit');
    endConnection(core, connection, { text: 'too many connections' });
    return;
  }
  core.connections.add(connection);
  core.addresses.add(origin.remoteAddress);
  core.halfOpen.add(connection);
  if (core.halfOpen.size > core.limits.maxHalfOpenConnections) endOldestHalfOpen(core);
  transport.onData((bytes) => receive(core, connection, asBuffer(bytes)));
  transport.onDrain?.(() => connection.session && pump(core, connection.session));
};

/** Who has waited longest without a word is the least likely to be a client. */
const endOldestHalfOpen = (core: Core): void => {
  const [oldest] = core.halfOpen;
  if (!oldest) return;
  core.counters.exceed('maxHalfOpenConnections');
  endConnection(core, oldest, { text: 'too many connections that do not log in' });
};

const asBuffer = (bytes: Uint8Array): Buffer =>
  Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const publish = async (core: Core, message: Message): Promise<void> => {
  if (!isTopicName(message.topic)) throw new Error(`${JSON.stringify(message.topic)} is not a topic name`);
  const { topic, payload, qos, retain, properties } = message;
  const routed = new RoutedMessage({
    topic: core.topics.fromName(topic),
    payload: Buffer.from(payload),
    qos,
    retain,
    properties: properties && fromPublicProperties(properties),
    expiresAtMs: expiryOf(properties?.messageExpiryIntervalSeconds, core.clock.now()),
  });
  const urgentBefore = core.changes.urgentChanges;
  acceptMessage(core, routed, undefined);
  if (!retain && core.changes.urgentChanges === urgentBefore) return;
  const isStored = core.changes.whenStored(qos > 0);
  core.turn.schedule();
  if (!(await isStored)) throw new Error('the message could not be stored');
};

/** A bug in a listener must not reach the client whose coming or going it was told of. */
const tell = (listener: (event: EngineEvent) => void, event: EngineEvent, log: EngineLog): void => {
  try {
    listener(event);
  } catch (error) {
    log.error('A listener of broker events failed.', { event: event.type, error });
  }
};

const retainedMatching = (core: Core, filter: string, limit: number): readonly Message[] => {
  const nowMs = core.clock.now();
  const matches = core.retained.matches(filter);
  const found: Message[] = [];
  for (let one = matches.next(); one && found.length < limit; one = matches.next()) {
    if (!one.isExpired(nowMs)) found.push(toPublic(one, nowMs));
  }
  return found;
};

/** Makes a broker. It reads its store at once and takes connections from then on. */
export const createEngine = (options: EngineOptions): Engine => {
  const listeners = new Set<(event: EngineEvent) => void>();
  const log = options.log ?? silentLog;
  const emit = (event: EngineEvent): void => {
    for (const listener of listeners) tell(listener, event, log);
  };
  const core = makeCore(options, emit);
  const renewSys = createSys(core, options.version ?? 'kachel');
  const stopSweep = core.clock.every(sweepIntervalMs, () => {
    sweep(core);
    renewSys();
  });

  return {
    attach: (transport, origin) => attach(core, transport, origin),
    noteRefused: (remoteAddress, why) => noteTurnedAway(core, remoteAddress, why),
    publish: (message) => publish(core, message),
    observe: (filter, listener) => {
      const dispose = core.observers.add(filter, listener);
      core.routes.invalidate();
      return () => {
        dispose();
        core.routes.invalidate();
      };
    },
    retained: (topic) => {
      const nowMs = core.clock.now();
      const message = core.retained.get(topic);
      return message && !message.isExpired(nowMs) ? toPublic(message, nowMs) : undefined;
    },
    retainedMatching: (filter, limit) => retainedMatching(core, filter, limit),
    disconnect: (test, why) => disconnectWhere(core, test, why),
    recheckRights: () => recheckRights(core),
    clients: () => clientsOf(core),
    sessions: () => [...core.sessions.values()].map(sessionInfo),
    endSessions: (test) => endSessionsWhere(core, test),
    stats: () => statsOf(core),
    figures: () => figuresOf(core),
    onEvent: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: async () => {
      stopSweep();
      core.isClosing = true;
      for (const connection of [...core.connections])
        endConnection(core, connection, { text: 'the broker is shutting down', code: reason.serverShuttingDown });
      const isStored = core.changes.whenStored(true);
      core.turn.finish();
      await isStored;
    },
  };
};

const disconnectCodes = {
  'taken-over': reason.sessionTakenOver,
  'not-authorized': reason.notAuthorized,
  administrative: reason.administrativeAction,
} as const;

const disconnectWhere = (
  core: Core,
  test: (client: ClientInfo) => boolean,
  why: keyof typeof disconnectCodes,
): number => {
  let count = 0;
  for (const connection of [...core.connections]) {
    const client = connection.info();
    if (!client || !test(client)) continue;
    endConnection(core, connection, { text: why, code: disconnectCodes[why] });
    count++;
  }
  return count;
};

const sessionInfo = ({ clientId, principal, subscriptions }: Session): SessionInfo => ({
  clientId,
  principal,
  filters: [...subscriptions.values()].map(({ topicFilter }) => topicFilter),
});

const endSessionsWhere = (core: Core, test: (session: SessionInfo) => boolean): number => {
  const gone = [...core.sessions.values()].filter((session) => test(sessionInfo(session)));
  for (const session of gone) {
    if (session.connection)
      endConnection(core, session.connection, { text: 'the account is gone', code: reason.notAuthorized });
    if (core.sessions.get(session.clientId) === session) endSession(core, session);
  }
  return gone.length;
};

const clientsOf = (core: Core): ClientInfo[] => {
  const clients: ClientInfo[] = [];
  for (const connection of core.connections) {
    const client = connection.info();
    if (client) clients.push(client);
  }
  return clients;
};
