import type { Clock } from './clock.ts';
import type { Action, Authentication, ConnectRequest, Origin, Principal } from './engine.ts';
import type { EngineLimits } from './limits.ts';
import type { EngineStore } from './store.ts';

/** May this principal do that, over this client id? Asked often and on the hot path: must answer at once and never throw. */
export type Authorize = (principal: Principal, action: Action, topic: string, clientId: string) => boolean;

/**
 * Looks at one message to a topic that its sender may publish to: undefined lets it pass, else it is refused for this reason, which
 * the client is told. Asked last, so a yes may use something up. On the hot path: must answer at once and never throw.
 */
export type Inspector = (topic: string, payload: Uint8Array) => string | undefined;

/** Whose messages are to be inspected. `origin` is absent for a will, which no connection stands behind. */
export interface Inspected {
  readonly principal: Principal;
  readonly clientId: string;
  readonly origin?: Origin;
}

/** Where the engine reports what an administrator should know; never payloads, never secrets. */
export interface EngineLog {
  info(message: string, details?: Readonly<Record<string, unknown>>): void;
  warn(message: string, details?: Readonly<Record<string, unknown>>): void;
  error(message: string, details?: Readonly<Record<string, unknown>>): void;
}

export const silentLog: EngineLog = { info: () => undefined, warn: () => undefined, error: () => undefined };

export interface EngineOptions {
  readonly store: EngineStore;
  /** Who is it? May take its time (packets behind CONNECT wait for it), or answer at once: then the client is in within this turn. */
  authenticate(request: ConnectRequest): Authentication | Promise<Authentication>;
  readonly authorize: Authorize;
  /** Asked once per connection, and for each will that is due; undefined: nobody looks at this client's messages. */
  inspectorFor?(inspected: Inspected): Inspector | undefined;
  /** Whether acknowledgements wait for the store; default true. False: what was acknowledged in the last half second may be lost. */
  readonly isAwaiting?: boolean;
  readonly limits?: Partial<EngineLimits>;
  readonly clock?: Clock;
  readonly log?: EngineLog;
  /** Shown as `$SYS/broker/version`. */
  readonly version?: string;
}
