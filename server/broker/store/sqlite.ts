import type { Database } from 'better-sqlite3';
import type { Change, EngineStore, StoredSession, StoredWill } from '../engine/store.ts';
import type { Checkpoints } from '../../store/checkpoints.ts';
import { EndedSessions } from './ended-sessions.ts';
import { subscriptionFlags } from './flags.ts';
import type { LogSync } from './log-sync.ts';
import { loadEngineState } from './sqlite-load.ts';

type Writers = { readonly [T in Change['type']]: (change: Extract<Change, { type: T }>) => void };

const willColumns = (will: StoredWill): unknown[] => [
  will.topic,
  will.payload,
  will.qos,
  Number(will.retain),
  will.propertyFields,
  will.expiresAtMs ?? null,
  will.delaySeconds,
  will.dueAtMs ?? null,
];

const noWill: readonly null[] = Array<null>(8).fill(null);

const sessionRow = ({ clientId, principal, expirySeconds, expiresAtMs, will }: StoredSession): unknown[] => [
  clientId,
  principal.kind,
  principal.id,
  principal.name,
  expirySeconds,
  expiresAtMs ?? null,
  ...(will ? willColumns(will) : noWill),
];

// Each statement may run twice: changes whose sync failed are written once more.
const messageWriters = (db: Database): Pick<Writers, 'retain' | 'unretain' | 'message' | 'message-end'> => {
  const retain = db.prepare('INSERT OR REPLACE INTO engine_retained VALUES (?, ?, ?, ?, ?)');
  const unretain = db.prepare('DELETE FROM engine_retained WHERE topic = ?');
  const message = db.prepare('INSERT OR REPLACE INTO engine_message VALUES (?, ?, ?, ?, ?, ?, ?)');
  const messageEnd = db.prepare('DELETE FROM engine_message WHERE id = ?');
  return {
    retain: ({ message: kept }) =>
      void retain.run(kept.topic, kept.payload, kept.qos, kept.propertyFields, kept.expiresAtMs ?? null),
    unretain: ({ topic }) => void unretain.run(topic),
    message: ({ messageId, message: kept }) =>
      void message.run(
        messageId,
        kept.topic,
        kept.payload,
        kept.qos,
        Number(kept.retain),
        kept.propertyFields,
        kept.expiresAtMs ?? null,
      ),
    'message-end': ({ messageId }) => void messageEnd.run(messageId),
  };
};

const sessionWriters = (
  db: Database,
  endedSessions: EndedSessions,
): Pick<Writers, 'session' | 'session-end' | 'subscribe' | 'unsubscribe'> => {
  const session = db.prepare(`INSERT OR REPLACE INTO engine_session VALUES (${Array(14).fill('?').join(', ')})`);
  const ends = ['engine_session', 'engine_subscription', 'engine_received'].map((table) =>
    db.prepare(`DELETE FROM ${table} WHERE client_id = ?`),
  );
  const subscribe = db.prepare('INSERT OR REPLACE INTO engine_subscription VALUES (?, ?, ?, ?, ?)');
  const unsubscribe = db.prepare('DELETE FROM engine_subscription WHERE client_id = ? AND filter = ?');
  return {
    session: ({ session: kept }) => void session.run(...sessionRow(kept)),
    'session-end': ({ clientId, beforePosition }) => {
      for (const end of ends) end.run(clientId);
      endedSessions.note(clientId, beforePosition);
    },
    subscribe: ({ clientId, subscription }) => {
      const flags =
        (subscription.noLocal ? subscriptionFlags.noLocal : 0) |
        (subscription.retainAsPublished ? subscriptionFlags.retainAsPublished : 0);
      subscribe.run(clientId, subscription.filter, subscription.qos, flags, subscription.identifier ?? null);
    },
    unsubscribe: ({ clientId, filter }) => void unsubscribe.run(clientId, filter),
  };
};

const deliveryWriters = (db: Database): Pick<Writers, 'enqueue' | 'progress' | 'dequeue' | 'received' | 'released'> => {
  const enqueue = db.prepare('INSERT OR REPLACE INTO engine_delivery VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const progress = db.prepare('UPDATE engine_delivery SET packet_id = ?, state = ? WHERE position = ?');
  const dequeue = db.prepare('DELETE FROM engine_delivery WHERE position = ?');
  const received = db.prepare('INSERT OR IGNORE INTO engine_received VALUES (?, ?)');
  const released = db.prepare('DELETE FROM engine_received WHERE client_id = ? AND packet_id = ?');
  return {
    enqueue: ({ clientId, delivery: kept }) =>
      void enqueue.run(
        kept.position,
        clientId,
        kept.messageId,
        kept.qos,
        Number(kept.retain),
        kept.identifiers.join(','),
        kept.packetId,
        kept.state,
      ),
    progress: ({ position, packetId, state }) => void progress.run(packetId, state, position),
    dequeue: ({ position }) => void dequeue.run(position),
    received: ({ clientId, packetId }) => void received.run(clientId, packetId),
    released: ({ clientId, packetId }) => void released.run(clientId, packetId),
  };
};

interface Beside {
  /** Given, a commit that somebody waits for is done when it survives a power cut. */
  readonly logSync?: Pick<LogSync, 'sync'>;
  readonly checkpoints?: Pick<Checkpoints, 'note' | 'finishing'>;
}

/**
 * The engine's store in SQLite. `migrateEngineTables` must have run on this database, which is in WAL mode and `synchronous = NORMAL`:
 * a commit is in the log at once, so that it survives kill -9, without SQLite's own sync, which would stop the event loop. What the
 * promise of a commit waits for happens beside the loop; meanwhile the next changes gather for the next commit.
 */
export const createSqliteEngineStore = (db: Database, { logSync, checkpoints }: Beside = {}): EngineStore => {
  const endedSessions = new EndedSessions(db);
  const writers: Writers = { ...messageWriters(db), ...sessionWriters(db, endedSessions), ...deliveryWriters(db) };
  const write = <T extends Change['type']>(type: T, change: Extract<Change, { type: T }>): void =>
    writers[type](change);
  const transaction = db.transaction((changes: readonly Change[]) => {
    for (const change of changes) write(change.type, change);
    endedSessions.removeSome(changes.length);
  });
  const commit: EngineStore['commit'] = (changes, isAwaited) => {
    try {
      transaction.immediate(changes);
    } catch (error) {
      endedSessions.startOver();
      throw error;
    }
    checkpoints?.note(changes.length);
    return isAwaited ? logSync?.sync() : undefined;
  };
  return {
    load: () => {
      endedSessions.removeAll();
      return loadEngineState(db);
    },
    commit: (changes, isAwaited) => {
      const finishing = checkpoints?.finishing();
      return finishing ? finishing.then(() => commit(changes, isAwaited)) : commit(changes, isAwaited);
    },
  };
};
