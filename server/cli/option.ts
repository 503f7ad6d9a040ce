import { minPasswordLength } from '../../shared/api/contract.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Config } from '../config.ts';
import type { Complaint, TerminalLanguage } from './words.ts';

/** What flags and variables can say; the rest of `Config` is found beside the program. */
export type Settings = Omit<Config, 'webDir' | 'pageHost' | 'iconsFile' | 'iconTable' | 'houseJsonSchema'>;

export interface Option {
  readonly flag: string;
  /** Absent: only a variable, because a secret in the arguments is seen by every user of the machine. */
  readonly isVariableOnly?: boolean;
  readonly variable: string;
  /** Its value is never repeated on the screen. */
  readonly isSecret?: boolean;
  /** What stands for the value in `--help`; absent for a switch. */
  readonly placeholder?: string;
  readonly isRepeatable?: boolean;
  readonly shownDefault?: string;
  readonly help: Readonly<Record<TerminalLanguage, string>>;
  /** Reads one value into the settings. */
  readonly read: (text: string, settings: Settings) => Result<Partial<Settings>, Complaint>;
}

/** How `KACHEL_OWNER` is written. */
export const needsOwner: Complaint = { word: 'needsOwner', params: { n: minPasswordLength } };

const portPattern = /^\d{1,5}$/;

export type PortName = 'httpPort' | 'mqttPort' | 'httpsPort' | 'mqttsPort' | 'acmePort';

export const port =
  (name: PortName) =>
  (text: string): Result<Partial<Settings>, Complaint> => {
    if (text === 'off') return ok({ [name]: 'off' });
    if (!portPattern.test(text) || Number(text) > 65_535) return fail({ word: 'needsPort' });
    return ok({ [name]: Number(text) });
  };

export const words =
  (name: 'dataDir' | 'host' | 'tlsCert' | 'tlsKey') =>
  (text: string): Result<Partial<Settings>, Complaint> =>
    text.trim() === '' ? fail({ word: 'needsText' }) : ok({ [name]: text.trim() });

export const yesNo =
  (name: 'demo' | 'allowAnonymous' | 'acme' | 'mdns') =>
  (text: string): Result<Partial<Settings>, Complaint> => {
    if (/^(1|true|yes|on)$/i.test(text)) return ok({ [name]: true });
    return /^(0|false|no|off|)$/i.test(text) ? ok({ [name]: false }) : fail({ word: 'needsYesNo' });
  };
