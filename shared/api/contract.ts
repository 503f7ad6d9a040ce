import * as v from 'valibot';
import type { CertificateTrouble } from './trust.ts';
import type { House } from '../house/house.ts';
import type { OwnAccess, Role } from './people.ts';

/** The HTTP interface, both sides. Bodies are schemas (the server reads them), replies are types (the page trusts its own server). */

const text = (max: number) => v.pipe(v.string(), v.maxLength(max));

export const minPasswordLength = 10;
export const setupBody = v.object({ code: text(64), home: text(80), name: text(80), password: text(256) });
export const loginBody = v.object({ name: text(80), password: text(256), stay: v.boolean() });
export const passwordBody = v.object({ current: text(256), next: text(256) });
/** The document stays `unknown` here: the house schema of the build judges it. */
export const saveHouseBody = v.object({ baseRevision: v.pipe(v.number(), v.integer()), house: v.unknown() });

/** A payload as JSON can carry it: UTF-8 text or, when it is not UTF-8, base64. Cut at `maxSnapshotPayloadBytes`. */
export interface PayloadJson {
  readonly text?: string;
  readonly base64?: string;
  /** Whole size in bytes when it was cut. */
  readonly cutFromBytes?: number;
}
export const maxSnapshotPayloadBytes = 16_384;

/** Last message of a topic. */
export interface TopicValue extends PayloadJson {
  readonly topic: string;
  /** Server's wall clock, ms. */
  readonly atMs: number;
  /** Name of the person or device that published it, when known. */
  readonly by?: string;
  readonly retained: boolean;
  /** Usual time between two messages as the server saw it (median of the last ones); absent below 4 messages. */
  readonly usualIntervalMs?: number;
}

export interface Account {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** When this account ends (guests). */
  readonly endsAtMs?: number;
  /** Uses that are left before it ends by itself. */
  readonly usesLeft?: number;
}

/** GET /api/snapshot: everything a first screen needs, in one reply. */
export interface Snapshot {
  readonly version: string;
  readonly serverNowMs: number;
  readonly revision: number;
  readonly house: House;
  readonly values: readonly TopicValue[];
  /** Icon name → SVG path data (24 × 24), for every icon the house uses. */
  readonly icons: Readonly<Record<string, string>>;
  readonly account: Account;
  readonly access: OwnAccess;
  readonly isBrokerUp: boolean;
  readonly isDemoRunning: boolean;
  /** Only true with `--allow-anonymous`: every page warns. */
  readonly allowAnonymous: boolean;
  /** Only for owners, and only when there is something to do. */
  readonly certificate?: CertificateTrouble;
  /** Names of those who ask for access; only for owners, and only when somebody does. */
  readonly wishes?: readonly string[];
}

/** Minute bucket `[startMs, min, max]`; a boolean counts 0 and 1. Raw reported numbers, before `scale` and `offset`. */
export type SeriesPoint = readonly [startMs: number, min: number, max: number];
/** GET /api/history?tiles=a,b&hours=6 (a week at most; beyond a day in steps of ten minutes): tile id → role → points, oldest first. At most `maxHistoryTiles` tiles. */
export type HistoryReply = Readonly<Record<string, Readonly<Record<string, readonly SeriesPoint[]>>>>;

/** GET /api/values?topic=…&topic=…: fresh last values, with authors; unknown topics are left out. */
export type ValuesReply = { readonly serverNowMs: number; readonly values: readonly TopicValue[] };

/** GET /api/topics?search=…&limit=…: the server's bounded index of live topics, newest first. */
export interface LiveTopic extends TopicValue {
  readonly count: number;
  /** A few recent distinct texts, newest first, for guessing a kind. */
  readonly samples: readonly string[];
}
export interface TopicsReply {
  readonly serverNowMs: number;
  readonly total: number;
  readonly topics: readonly LiveTopic[];
}

/** GET /api/public: what a page may know before login. */
export interface PublicReply {
  readonly needsSetup: boolean;
  readonly home: string;
  readonly version: string;
  readonly isBrokerUp: boolean;
  readonly allowAnonymous: boolean;
}

/** GET /api/house and the reply of a save; 409 `stale-revision` carries the newer one as `current`. */
export interface HouseReply {
  readonly revision: number;
  readonly house: House;
  /** Who saved this revision. */
  readonly by?: string;
}

/** GET /api/logins */
export interface LoginInfo {
  readonly id: string;
  readonly isThis: boolean;
  readonly createdAtMs: number;
  readonly lastSeenAtMs: number;
  readonly userAgent: string;
  readonly address: string;
  /** Whether it came over HTTPS; undefined within the server's machine, and for logins from before this was known. */
  readonly isEncrypted?: boolean;
}

/** GET /api/devices */
export interface DevicesReply {
  readonly serverNowMs: number;
  readonly devices: readonly DeviceInfo[];
  /** Connections without a device account: people's pages and scripts, simulated devices. */
  readonly others: readonly DeviceConnection[];
  readonly turnedAway: readonly TurnedAway[];
  /** For copyable examples. */
  readonly addresses: {
    readonly host: string;
    readonly mqttPort: number | null;
    /** MQTT over TLS. */
    readonly mqttsPort: number | null;
    readonly httpPort: number;
  };
}
export interface DeviceInfo {
  readonly id: string;
  readonly name: string;
  readonly username: string;
  readonly createdAtMs: number;
  readonly connections: readonly DeviceConnection[];
  readonly lastSeenAtMs?: number;
  /** When it was given its password; unknown of one that it brought from elsewhere. */
  readonly passwordAtMs?: number;
  /** It may not connect until somebody lets it in again. */
  readonly isBlocked?: boolean;
  /** Has `readwrite #`; see `DeviceRights`. */
  readonly isWide?: boolean;
  /** Topics that it was refused since the server started and still may not use. */
  readonly refusedTopics?: number;
}
export interface DeviceConnection {
  readonly clientId: string;
  readonly name: string;
  readonly address: string;
  readonly via: 'tcp' | 'tls' | 'websocket' | 'memory';
  /** 3 is MQTT 3.1, 4 is 3.1.1. */
  readonly protocolVersion: 3 | 4 | 5;
  readonly connectedAtMs: number;
  readonly messagesIn: number;
  readonly messagesOut: number;
  readonly will?: { readonly topic: string; readonly payload: string };
}
export interface TurnedAway {
  readonly clientId: string;
  readonly username?: string;
  readonly address: string;
  readonly reason:
    | 'no-credentials'
    | 'bad-credentials'
    | 'throttled'
    | 'blocked'
    | 'limit'
    | 'protocol'
    | 'network'
    | 'tls'
    | 'origin';
  readonly atMs: number;
  readonly count: number;
}
/** POST /api/devices and POST /api/devices/:id/password: the password is shown this once. */
export interface DeviceSecret {
  readonly id: string;
  readonly name: string;
  readonly username: string;
  readonly password: string;
}

/** GET /api/icons?search=…, or `?fits=…` where one word in common is enough: at most `maxIconHits` icons, best first. */
export interface IconsReply {
  readonly icons: readonly IconHit[];
  /** How many fit, and how many there are. */
  readonly found: number;
  readonly all: number;
}
export interface IconHit {
  readonly name: string;
  readonly path: string;
}
export const maxIconHits = 60;
