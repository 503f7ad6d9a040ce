import * as v from 'valibot';
import { isRuleFilter } from '../acl/filters.ts';
import type { Way } from '../house/house.ts';
import type { LoginInfo } from './contract.ts';
import {
  atMostPercentSchema,
  rangeSchema,
  timesPerHourSchema,
  usesSchema,
  type LimitReason,
  type Range,
  type RoleRanges,
} from './limits.ts';

/** The part of the HTTP interface that is about people, devices, rights. Only pages that load later use it. */

const text = (max: number) => v.pipe(v.string(), v.maxLength(max));
const name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(80));
const id = v.pipe(v.string(), v.maxLength(64));
/** Wall clock, ms since 1970. */
const time = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Owner: everything. Member: what the rooms say, may arrange. Guest: what was shared, until an end. Kiosk: a wall panel, no settings. */
export const roles = ['owner', 'member', 'guest', 'kiosk'] as const;
export type Role = (typeof roles)[number];

/** What somebody may do in a room or with a tile. */
export const levels = ['no', 'see', 'operate'] as const;
export type Level = (typeof levels)[number];

const minuteOfDay = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_440));

/** When an exception's `operate` holds, in the house's time zone. Outside of it only seeing is left. `from` > `to` goes over midnight. */
export const hoursSchema = v.strictObject({
  /** 1 = Monday … 7 = Sunday. */
  days: v.pipe(v.array(v.picklist([1, 2, 3, 4, 5, 6, 7])), v.minLength(1), v.maxLength(7)),
  fromMinute: minuteOfDay,
  toMinute: minuteOfDay,
});
export type Hours = v.InferOutput<typeof hoursSchema>;

/** Exceptions win over the room. */
export const exceptionSchema = v.strictObject({
  tileId: id,
  level: v.picklist(levels),
  /** Operating needs holding for a second, whatever the tile says. The page does this; the broker cannot see a finger. */
  hold: v.optional(v.boolean()),
  /** Operating needs this person's PIN; the broker holds it. */
  pin: v.optional(v.boolean()),
  hours: v.optional(hoursSchema),
  range: v.optional(rangeSchema),
  timesPerHour: v.optional(timesPerHourSchema),
});
export type Exception = v.InferOutput<typeof exceptionSchema>;

export const maxExceptions = 200;
export const grantsSchema = v.strictObject({
  /** For rooms that are not listed, also those made later. */
  otherRooms: v.picklist(levels),
  rooms: v.record(id, v.picklist(levels)),
  exceptions: v.pipe(v.array(exceptionSchema), v.maxLength(maxExceptions)),
  /** Nothing of it from elsewhere than the home network. Not for owners: they would lock themselves out. */
  onlyAtHome: v.optional(v.boolean()),
  atMostPercent: v.optional(atMostPercentSchema),
});
/** What a person may do by rooms and tiles. The owner's grants are not asked. */
export type Grants = v.InferOutput<typeof grantsSchema>;

export const accesses = ['read', 'write', 'readwrite', 'deny'] as const;
export type Access = (typeof accesses)[number];

/** An explicit topic rule. The filter may use `+`, `#`, `%u` (MQTT user name) and `%c` (client id), each as a whole level. */
export const topicRuleSchema = v.strictObject({
  access: v.picklist(accesses),
  filter: v.pipe(text(512), v.check(isRuleFilter, 'Not a topic filter')),
});
export type TopicRule = v.InferOutput<typeof topicRuleSchema>;
export const maxTopicRules = 200;
const topicRules = v.pipe(v.array(topicRuleSchema), v.maxLength(maxTopicRules));

/** GET /api/people: owners see everybody, others themselves. */
export interface PeopleReply {
  readonly serverNowMs: number;
  /** IANA name, for example `Europe/Berlin`. */
  readonly timeZone: string;
  readonly people: readonly PersonInfo[];
  readonly invites: readonly InviteInfo[];
  readonly groups: readonly GroupInfo[];
}
export interface PersonInfo {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly createdAtMs: number;
  /** Guests, and whoever else got an end. */
  readonly endsAtMs?: number;
  /** Uses that are left before it ends by itself; absent = they are not counted. */
  readonly usesLeft?: number;
  /** The end has passed, or the owner ended it; never revived by a clock. */
  readonly hasEnded: boolean;
  readonly grants: Grants;
  /** Beside rooms and tiles; asked first. */
  readonly rules: readonly TopicRule[];
  readonly loginCount: number;
  readonly lastSeenAtMs?: number;
  readonly isConnected: boolean;
  /** Absent: has no PIN. */
  readonly pinSetAtMs?: number;
}
/** PATCH /api/people/:id: what is absent stays. Acts at once, also on open connections. Owner only. */
export const personChangeBody = v.partial(
  v.strictObject({
    name,
    role: v.picklist(roles),
    endsAtMs: v.nullable(time),
    /** null: uses are not counted. */
    usesLeft: v.nullable(usesSchema),
    grants: grantsSchema,
    rules: topicRules,
  }),
);
export type PersonChange = v.InferOutput<typeof personChangeBody>;
/** GET /api/people/logins (owner): where everybody is signed in; people without a login are left out. */
export interface PersonLogins {
  readonly personId: string;
  readonly name: string;
  readonly role: Role;
  readonly logins: readonly LoginInfo[];
}
/* DELETE /api/people/:id · POST /api/people/:id/end (a guest's card, at once) · GET /api/people/:id/logins → LoginInfo[] ·
   DELETE /api/people/:id/logins (all but the one that asks) · DELETE /api/people/:id/logins/:loginId. The last owner can be neither removed nor made something else: `last-owner`. */

/** GET /api/invites is part of PeopleReply. POST /api/invites (owner) → NewInvite · DELETE /api/invites/:id */
export const inviteBody = v.strictObject({
  role: v.picklist(roles),
  /** Proposed; a member may choose another when accepting. */
  name,
  grants: grantsSchema,
  /** The link itself, at most `maxInviteMs` from now. */
  validUntilMs: time,
  /** End of the account that comes out of it (guests). */
  endsAtMs: v.optional(time),
  /** Or it ends after so many uses, whichever comes first. */
  uses: v.optional(usesSchema),
});
export type InviteInput = v.InferOutput<typeof inviteBody>;
export const maxInviteMs = 30 * 86_400_000;
export interface InviteInfo {
  readonly id: string;
  readonly role: Role;
  readonly name: string;
  readonly validUntilMs: number;
  readonly endsAtMs?: number;
  readonly uses?: number;
}
/** The code (≥ 128 bits) is told this once; the page makes the link `<origin>/#invite=<code>` and its QR code. */
export interface NewInvite extends InviteInfo {
  readonly code: string;
}
/** POST /api/invite/look (public, throttled): what an invite is about, without using it up. */
export const inviteLookBody = v.strictObject({ code: text(128) });
export interface InviteLook {
  readonly home: string;
  /** Who invites. */
  readonly by: string;
  readonly role: Role;
  readonly name: string;
  readonly endsAtMs?: number;
  readonly uses?: number;
}
/** POST /api/invite/accept (public, throttled): makes the account and logs this browser in. Guests and kiosks have no password. */
export const inviteAcceptBody = v.strictObject({ code: text(128), name, password: v.optional(text(256)) });

/** A set of people and devices that rules can name. GET in PeopleReply · PUT /api/groups/:id · POST /api/groups · DELETE /api/groups/:id */
export const groupBody = v.strictObject({
  name,
  people: v.pipe(v.array(id), v.maxLength(100)),
  devices: v.pipe(v.array(id), v.maxLength(1_000)),
  rules: topicRules,
});
export interface GroupInfo extends v.InferOutput<typeof groupBody> {
  readonly id: string;
}
/** GET|PUT /api/roles: topic rules per role, beside what the role may do anyway. */
export const roleRulesBody = v.strictObject({ member: topicRules, guest: topicRules, kiosk: topicRules });
export type RoleRules = v.InferOutput<typeof roleRulesBody>;

/** Login for MQTT clients beyond Kachel's own pages; never more than its person may. GET|POST /api/app-passwords · DELETE …/:id
    (own; owners add `?person=<id>` to list and end those of others). */
export const appPasswordBody = v.strictObject({
  name,
  level: v.picklist(['see', 'operate']),
  /** Only these rooms; absent = all rooms of the person. */
  rooms: v.optional(v.pipe(v.array(id), v.maxLength(64))),
});
export type AppPasswordInput = v.InferOutput<typeof appPasswordBody>;
export interface AppPasswordInfo {
  readonly id: string;
  readonly name: string;
  readonly username: string;
  readonly level: 'see' | 'operate';
  readonly rooms?: readonly string[];
  readonly createdAtMs: number;
  readonly lastSeenAtMs?: number;
}
/** The password is told this once. */
export interface NewAppPassword extends AppPasswordInfo {
  readonly password: string;
}

/** POST /api/devices (owner). Without rules it may use topics that carry its name. */
export const deviceBody = v.object({ name: text(80), rules: v.optional(topicRules) });

/** GET /api/devices/:id/rights (owner) */
export interface DeviceRights {
  readonly rules: readonly TopicRule[];
  readonly isBlocked: boolean;
  /** Has `readwrite #`, as devices from before there were rules. */
  readonly isWide: boolean;
  /** Topics it used since the server started, most used first, at most `maxSeenTopics`. */
  readonly used: readonly UsedTopic[];
  /** Topics it was refused, newest first, at most `maxSeenTopics`. */
  readonly refused: readonly UsedTopic[];
  /** Narrow rules made from `used`. */
  readonly proposed: readonly TopicRule[];
}
export interface UsedTopic {
  /** A topic (written) or topic filter (read, as subscribed). */
  readonly filter: string;
  readonly access: 'read' | 'write';
  readonly count: number;
  readonly lastAtMs: number;
}
export const maxSeenTopics = 100;
/** PATCH /api/devices/:id (owner): acts at once; blocking cuts the connection. */
export const deviceChangeBody = v.partial(v.strictObject({ name, rules: topicRules, isBlocked: v.boolean() }));
export type DeviceChange = v.InferOutput<typeof deviceChangeBody>;

/** Whose rights a question is about. */
export const subjectSchema = v.strictObject({ kind: v.picklist(['person', 'device', 'app']), id });
export type Subject = v.InferOutput<typeof subjectSchema>;

/** POST /api/rights/ask: "May this person send OPEN to house/garage/set now?" Owners ask about all, others about themselves. */
export const askBody = v.strictObject({
  subject: subjectSchema,
  action: v.picklist(['send', 'read']),
  topic: text(512),
  /** What would be sent; without it limits of the payload are not asked. */
  payload: v.optional(text(1_024)),
  /** Default: now. */
  atMs: v.optional(time),
});
export type AskInput = v.InferOutput<typeof askBody>;

/** A rule that was looked at, in order. The first that fits decides; those after it are not asked. */
export interface AskStep {
  readonly kind: StepKind;
  readonly outcome: 'passes' | 'decides' | 'not-asked';
  /** Names to put into the sentence: of the tile, room, group, role; or the rule's filter. */
  readonly name?: string;
  readonly tileId?: string;
  readonly roomId?: string;
  readonly level?: Level;
  readonly hours?: Hours;
  readonly range?: Range;
  readonly timesPerHour?: number;
  readonly atMostPercent?: number;
  /** The limit that says no. */
  readonly because?: LimitReason;
  /** The PIN is asked for: by this exception, or for which way by this tile. */
  readonly pin?: true | Way;
  readonly rule?: TopicRule;
  /** Of an allowance: when it is over. */
  readonly untilMs?: number;
}
/**
 * `account`: blocked, ended, removed. `system`: `$SYS` and Kachel's own topics. `allowance`: given for a while. `topic-rule`, `group-rule`, `role-rule`: explicit topic rules.
 * `app`: the app password's own limits. `pin`: a tile that asks for it, which an app password cannot give. `card`: what limits a guest's card as a whole.
 * `exception`: of a tile. `room`. `role`: what the role may do anyway. `closed`: nothing fitted.
 */
export type StepKind =
  | 'account'
  | 'system'
  | 'app'
  | 'allowance'
  | 'pin'
  | 'topic-rule'
  | 'group-rule'
  | 'role-rule'
  | 'card'
  | 'exception'
  | 'room'
  | 'role'
  | 'closed';

export interface AskReply {
  readonly isAllowed: boolean;
  /** Only with `isAllowed`: the page asks for holding. */
  readonly needsHold?: boolean;
  /** Only with `isAllowed`: for which way it needs the PIN; an app password, which has none, may the other way. */
  readonly needsPin?: Way;
  /** When hours, or times per hour, are the reason: the next time the answer would be yes. */
  readonly nextYesAtMs?: number;
  readonly steps: readonly AskStep[];
}
/** GET /api/rights/who?action=send&topic=… (owner): "Who can open the garage?" */
export interface WhoReply {
  readonly who: readonly {
    readonly subject: Subject;
    readonly name: string;
    readonly isAllowed: boolean;
    readonly decidedBy: AskStep;
  }[];
}

/** PUT /api/settings/time-zone (owner) */
export const timeZoneBody = v.strictObject({ timeZone: text(64) });

/** What this account sees, in the snapshot. Rooms and tiles without a right are not in its house at all. */
export interface OwnAccess {
  readonly mayArrange: boolean;
  readonly mayManage: boolean;
  /** Tiles that can be seen but not operated now. */
  readonly viewOnly: readonly string[];
  /** Tiles that need holding beyond what the tile itself says. */
  readonly hold: readonly string[];
  /** Tiles that may be set within a range only. Absent = none. */
  readonly ranges?: Readonly<Record<string, RoleRanges>>;
  /** Tile → for which way it asks for the PIN; those that do not are not there. */
  readonly pin?: Readonly<Record<string, Way>>;
  /** How many digits the PIN of this person has; absent: there is none. */
  readonly pinLength?: number;
  /** Whom to ask for more: the owner who invited this person, else the first one. Absent for owners. */
  readonly decidedBy?: string;
}
/* Any GET with `seenAsHeader` (owner): what this person gets, their `account` and `access` in the snapshot included; and `/mqtt?as=<person>`
   receives what this person may and sends nothing.
   GET /api/snapshot with the cookie of an account that has ended: `account-ended`, `params.by` = whom to ask for a new card.
   When somebody's rights, role or end change, or an hour passes that changes `viewOnly`, `houseChangedTopic` is published too:
   every page looks again, and the message tells nothing else. `peopleChangedTopic`: people, invites, groups or logins changed. */
