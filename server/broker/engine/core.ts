import type { Addresses } from './admission.ts';
import type { ChangeLog } from './change-log.ts';
import type { Clock } from './clock.ts';
import type { Connection } from './connection.ts';
import type { Counters } from './counters.ts';
import type { Authentication, ConnectRequest, EngineEvent } from './engine.ts';
import type { EngineLimits } from './limits.ts';
import type { Observers } from './observers.ts';
import type { Authorize, EngineLog, Inspected, Inspector } from './options.ts';
import type { Retained } from './retained.ts';
import type { Routes } from './routes.ts';
import type { Session } from './session.ts';
import type { Spaces } from './spaces.ts';
import type { Topics } from './topics.ts';
import type { Turn } from './turn.ts';

/** What the handlers share: the state of one broker. */
export interface Core {
  readonly clock: Clock;
  readonly limits: EngineLimits;
  readonly log: EngineLog;
  readonly counters: Counters;
  readonly topics: Topics;
  readonly routes: Routes;
  readonly retained: Retained;
  readonly observers: Observers;
  readonly changes: ChangeLog;
  readonly turn: Turn;
  readonly spaces: Spaces;
  readonly sessions: Map<string, Session>;
  readonly connections: Set<Connection>;
  /** Those of `connections` whose CONNECT has not come, the oldest first. */
  readonly halfOpen: Set<Connection>;
  readonly addresses: Addresses;
  /** Sessions whose time is over and which have not been ended yet. */
  readonly expired: Session[];
  readonly authorize: Authorize;
  inspectorFor(inspected: Inspected): Inspector | undefined;
  authenticate(request: ConnectRequest): Authentication | Promise<Authentication>;
  emit(event: EngineEvent): void;
  /** Keys of the store, never used twice. */
  nextStoredId(): number;
  /** A client id for a client that brought none. */
  inventClientId(): string;
  /** Too many bytes wait for all clients together; looked at in each sweep. */
  isCongested: boolean;
  /** Too much waits in all queues together; looked at in each sweep. */
  isQueueCongested: boolean;
  isClosing: boolean;
}
