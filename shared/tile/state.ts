import type { LimitReason, RoleRanges } from '../api/limits.ts';
import type { Way } from '../house/house.ts';
import type { DecodeProblem, Value } from '../payload/decoded.ts';

/** What is known about one role of a tile, as the device reported it. */
export interface RoleState {
  /** Last readable value; absent = none yet. */
  readonly value?: Value;
  /** Set when the newest message could not be read; `shown` is its text, shortened. */
  readonly problem?: { readonly code: DecodeProblem; readonly shown?: string };
  /** Server time of the newest message, ms. */
  readonly atMs?: number;
  /** How many limits lie below the zone that is shown, see `ZoneMemory`; absent = the role has no zones. */
  readonly zone?: number;
}

/** The one command a tile waits for (a further tap replaces it), or how the last one ended. */
export interface CommandState {
  /** Grows with every command, so that animations and toasts can tell two apart. */
  readonly id: number;
  readonly role: string;
  readonly value: Value;
  readonly sentAtMs: number;
  readonly status:
    | 'sent' // on its way, no answer yet
    | 'confirmed' // the state topic says so
    | 'not-confirmed' // time-out passed
    | 'not-sent' // offline: nothing left this phone
    | 'refused' // the broker said no
    | 'no-feedback'; // nobody can confirm: the role has no state topic
  /** Text key of the reason for `not-sent` and `refused`. */
  readonly reason?: 'offline' | 'not-allowed' | 'view-only' | 'too-large' | 'broker' | 'pin' | LimitReason;
  /** When a limit lets it through again, as the house's clocks show it: `14:05`. */
  readonly againAt?: string | undefined;
  /** What the broker refused, for the question why. */
  readonly refused?: { readonly topic: string; readonly payload: string };
}

/** The rights of whoever sent it are the reason, or the limits that belong to them. */
export const isByRight = ({ reason }: Pick<CommandState, 'reason'>): boolean =>
  reason === 'not-allowed' || reason === 'range' || reason === 'times' || reason === 'uses';

export type Freshness = 'none' | 'fresh' | 'old';

/** Everything a tile needs to draw itself; computed purely from messages, the tile, the pending command and the server's clock. */
export interface TileState {
  readonly roles: Readonly<Record<string, RoleState>>;
  readonly isAvailable: boolean;
  /** Server time since when it is unavailable. */
  readonly unavailableSinceMs?: number;
  /** Of the newest message of any role. */
  readonly freshness: Freshness;
  readonly ageMs?: number;
  readonly command?: CommandState;
  /** False while the link is down or before the first values came: controls are disabled. */
  readonly isLive: boolean;
  /** The page's first link is on its way: nothing is lost, nothing can be sent yet. Absent = no. */
  readonly isConnecting?: boolean;
  /** The person or the tile may only look. */
  readonly isViewOnly: boolean;
  /** The person must hold it for a second, whatever the tile says. Absent = no. */
  readonly needsHold?: boolean;
  /** Within what this person may set its roles. Absent = all that the tile itself allows. */
  readonly ranges?: RoleRanges;
  /** For which way the PIN comes before a command. Absent = for none. */
  readonly pin?: Way;
}
