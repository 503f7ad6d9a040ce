import type { Check } from './check.ts';
import { backup } from './checks/backup.ts';
import { certificate } from './checks/certificate.ts';
import { encryption } from './checks/encryption.ts';
import { entrance } from './checks/entrance.ts';
import { exposure } from './checks/exposure.ts';
import { files } from './checks/files.ts';
import { forgottenLogins, plainLogins } from './checks/logins.ts';
import { passwords } from './checks/passwords.ts';
import { readers } from './checks/readers.ts';
import { secrets } from './checks/secrets.ts';

/** THE LIST of checks, in the order of their lines. */
export const checks: readonly Check[] = [
  entrance,
  readers,
  passwords,
  secrets,
  encryption,
  plainLogins,
  exposure,
  certificate,
  files,
  backup,
  forgottenLogins,
];
