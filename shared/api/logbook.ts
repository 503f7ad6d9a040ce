import type { Value } from '../payload/decoded.ts';
import type { Level, Role, StepKind } from './people.ts';

/** The part of the HTTP interface that tells who switched what. */

/**
 * `command`: somebody asked a tile's device for something. `change`: a device changed and nobody in Kachel had asked.
 * `refused`: a right said no. `arranged`: somebody saved the house. `access`: somebody changed who may what; owners only.
 */
export const logKinds = ['command', 'change', 'refused', 'arranged', 'access'] as const;
export type LogKind = (typeof logKinds)[number];

/** `waiting`: no answer yet. `silent`: none came in time. `no-feedback`: the tile has no state topic, nobody can know. */
export type LogOutcome = 'waiting' | 'confirmed' | 'silent' | 'no-feedback';

/** Names are as they were then: the log stays true when somebody is renamed or leaves. */
export interface LogActor {
  readonly kind: 'person' | 'app' | 'device' | 'anonymous' | 'server';
  readonly id: string;
  readonly name: string;
  readonly via?: 'page' | 'mqtt';
  readonly address?: string;
}

export interface LogTile {
  readonly id: string;
  readonly title: string;
  readonly roomId: string;
  readonly room: string;
}

/** What can be done to rights and logins. */
export const deedKinds = [
  'invited',
  'invite-withdrawn',
  'joined',
  'person-added',
  'person-changed',
  'person-ended',
  'person-removed',
  'password-reset',
  'pin-given',
  'pin-taken',
  'logins-ended',
  'access-given',
  'access-refused',
  'allowed',
  'disallowed',
  'app-added',
  'app-ended',
  'device-added',
  'device-renewed',
  'device-changed',
  'device-blocked',
  'device-let-in',
  'device-removed',
  'group-added',
  'group-changed',
  'group-removed',
  'roles-changed',
  'logins-imported',
  'house-imported',
] as const;
export type DeedKind = (typeof deedKinds)[number];

/** What of a person, device or group is different now. */
export const deedParts = ['name', 'role', 'end', 'rooms', 'rules', 'members'] as const;
export type DeedPart = (typeof deedParts)[number];

/** One deed, told by names; what it is about may be gone tomorrow. Never a password, a code or a hash. */
export interface Deed {
  readonly what: DeedKind;
  /** Of the person, device, app password or group. */
  readonly name?: string;
  readonly parts?: readonly DeedPart[];
  /** Of whoever comes, or is something else now. */
  readonly role?: Role;
  /** The room or tile that was given or refused, and how far. */
  readonly target?: string;
  readonly level?: Level;
  /** How many came in. */
  readonly count?: number;
}

export interface LogEntry {
  /** Grows with time. */
  readonly id: number;
  /** Server's wall clock, ms. */
  readonly atMs: number;
  readonly kind: LogKind;
  /** Absent: nobody in Kachel did this. */
  readonly actor?: LogActor;
  readonly tile?: LogTile;
  readonly topic?: string;
  /** What was sent, cut at `maxLogPayloadLength`; absent when it is no text. */
  readonly payload?: string;
  /** What that means to the tile, when it means anything. */
  readonly value?: Value;
  readonly unit?: string;
  readonly decimals?: number;
  readonly outcome?: LogOutcome;
  readonly answeredAfterMs?: number;
  /** Commands in quick succession are one entry: how many. */
  readonly count?: number;
  /** For `arranged`. */
  readonly arranged?: { readonly rooms: readonly string[]; readonly tilesChanged: number };
  /** For `access`. Without an actor it came by itself: an end that was reached. An actor `server` sat at its terminal. */
  readonly deed?: Deed;
  /** For `refused`: the kind of rule that decided. */
  readonly decidedBy?: StepKind;
  readonly action?: 'send' | 'read';
  /** For `refused`: a PIN was typed, and it was the wrong one. */
  readonly isWrongPin?: true;
}

export const maxLogPayloadLength = 256;
export const maxLogPage = 200;
/** What the file is called that holds the log. */
export const logCsvName = 'kachel-log.csv';

/** GET /api/log?kind=&tile=&room=&actor=&search=&before=&limit= · GET /api/log.csv with the same filters. Newest first. */
export interface LogReply {
  readonly serverNowMs: number;
  /** Of the house, IANA name. */
  readonly timeZone: string;
  readonly entries: readonly LogEntry[];
  readonly hasMore: boolean;
  /** Refused in the last 24 hours, for the chip. */
  readonly refusedToday: number;
}
