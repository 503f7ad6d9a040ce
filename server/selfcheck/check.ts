import type { FindingLine, FindingName, FindingSubject } from '../../shared/api/selfcheck.ts';
import type { PlainLogins } from '../auth/plain-logins.ts';
import type { Auth } from '../auth/auth.ts';
import type { ClientInfo, Engine } from '../broker/engine/engine.ts';
import type { Asking } from '../rights/asking.ts';
import type { BackupRecord } from '../store/backups.ts';
import type { Tls } from '../tls/plugin.ts';
import type { Door } from './knock.ts';

/** What checks may look at. They change nothing. */
export interface CheckedHouse {
  readonly auth: Pick<Auth, 'people' | 'devices' | 'apps' | 'logins' | 'weakPasswords' | 'nowMs' | 'hasEnded'>;
  readonly asking: Pick<Asking, 'who'>;
  readonly broker: Pick<Engine, 'retainedMatching'> & { clients(): readonly ClientInfo[] };
  readonly tls: Pick<Tls, 'shown' | 'trouble'>;
  readonly plainLogins: Pick<PlainLogins, 'list' | 'sinceMs'>;
  /** Where this house listens now. */
  readonly doors: () => readonly Door[];
  /** Knocks of the check itself are no news for the devices page. */
  readonly overlook: (clientId: string) => () => void;
  /** The address that listeners bind to. */
  readonly host: string;
  readonly ownAddresses: () => readonly string[];
  readonly isPrivate: (address: string) => boolean;
  /** Nobody reaches it from the internet. */
  readonly isUnrouted: (address: string) => boolean;
  readonly isLoopback: (address: string) => boolean;
  /** Names of files that other users of this machine could read. */
  readonly looseFiles: () => readonly string[];
  readonly lastBackup: () => BackupRecord | undefined;
  /** The server stops: what takes long ends. */
  readonly isOver: () => boolean;
}

/** Looks at one thing, now. What it finds may be nothing. */
export interface Check {
  readonly name: string;
  look(house: CheckedHouse): readonly FindingLine[] | Promise<readonly FindingLine[]>;
}

export const found = (
  finding: FindingName,
  params: FindingLine['params'] = {},
  subject?: FindingSubject,
): FindingLine => ({ finding, params, ...(subject ? { subject } : {}) });

/** Names in a sentence; more than these are only counted. */
const maxNames = 4;

/** `Anna, Ben +3` */
export const namesIn = (names: readonly string[]): string => {
  const told = names.slice(0, maxNames).join(', ');
  return names.length > maxNames ? `${told} +${names.length - maxNames}` : told;
};
