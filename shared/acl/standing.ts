import type { Access, Grants, Role, StepKind, TopicRule } from '../api/people.ts';
import type { ZoneOffset } from './hours.ts';
import type { Spending } from './limits.ts';

/** Explicit topic rules of one kind. Within a list a fitting denial wins over allowances, whatever its place. */
export interface RuleList {
  readonly kind: Extract<StepKind, 'allowance' | 'topic-rule' | 'group-rule' | 'role-rule'>;
  readonly rules: readonly ListedRule[];
}
export interface ListedRule extends TopicRule {
  /** Name of the group or role that it comes from. */
  readonly name?: string;
  /** Fits nothing from then on. */
  readonly untilMs?: number;
}

/** What an app password may at most. */
export interface AppLimits {
  readonly name: string;
  readonly level: 'see' | 'operate';
  /** Absent = all rooms. */
  readonly rooms?: readonly string[];
}

/** Everything about one subject that its rights depend on. Apps have the role, grants and rules of their person. */
export interface Standing {
  readonly kind: 'person' | 'device' | 'app';
  /** Stands for `%u`. */
  readonly userName: string;
  /** Blocked, ended or removed: nothing is allowed. */
  readonly isOut: boolean;
  readonly endsAtMs?: number;
  /** Uses that a guest's card has left; absent = they are not counted. */
  readonly usesLeft?: number;
  readonly role?: Role;
  readonly grants?: Grants;
  readonly app?: AppLimits;
  /** In the order in which they are asked. */
  readonly lists: readonly RuleList[];
}

/** `receive`: is this topic's message passed on? `subscribe`: may this filter be subscribed to? */
export type Action = 'publish' | 'subscribe' | 'receive';

export interface Question {
  readonly action: Action;
  /** A topic, or for `subscribe` a topic filter. */
  readonly topic: string;
  /** Stands for `%c`; empty when it is not known, then such rules fit nothing. */
  readonly clientId: string;
  readonly atMs: number;
  readonly zone: ZoneOffset;
  /** What is sent, when the question is about that too. */
  readonly payload?: Uint8Array;
  /** What was used so far; absent: nothing. */
  readonly spending?: Spending;
}

export type Need = 'read' | 'write';
export const needOf = (action: Action): Need => (action === 'publish' ? 'write' : 'read');
export const allows = (access: Access, need: Need): boolean => access === 'readwrite' || access === need;
export const isOwner = ({ kind, role }: Standing): boolean => kind !== 'device' && role === 'owner';
/** Rooms and tiles count for everybody but owners, who are not asked for them. */
export const grantsOf = (standing: Standing): Grants | undefined => (isOwner(standing) ? undefined : standing.grants);
