import { createHash, pbkdf2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

/** More rounds than anybody uses (Mosquitto's default is 101) would be a way to keep a core busy. */
const maxIterations = 2_000_000;
const derive = promisify(pbkdf2);

const base64 = /^[A-Za-z0-9+/]{4,}={0,2}$/;
const sha512Bytes = 64;

interface OldHash {
  readonly iterations?: number;
  readonly salt: Buffer;
  readonly hash: Buffer;
}

function readSaltAndHash(salt: string | undefined, hash: string | undefined): OldHash | undefined {
  if (salt === undefined || hash === undefined || !base64.test(salt) || !base64.test(hash)) return undefined;
  const bytes = Buffer.from(hash, 'base64');
  return bytes.length === sha512Bytes ? { salt: Buffer.from(salt, 'base64'), hash: bytes } : undefined;
}

/** `$6$<salt>$<SHA-512 of password and salt>` · `$7$<rounds>$<salt>$<PBKDF2 with SHA-512>`, both in base64. */
function readOldHash(stored: string): OldHash | undefined {
  const [empty, scheme, ...fields] = stored.split('$');
  if (empty !== '') return undefined;
  if (scheme === '6' && fields.length === 2) return readSaltAndHash(fields[0], fields[1]);
  if (scheme !== '7' || fields.length !== 3) return undefined;
  const iterations = Number(fields[0]);
  const read = readSaltAndHash(fields[1], fields[2]);
  const isSane = Number.isInteger(iterations) && iterations > 0 && iterations <= maxIterations;
  return read && isSane ? { ...read, iterations } : undefined;
}

/** Whether this is a hash that one of Mosquitto's versions wrote: `$6$`, `$7$` or (from 2.1) `$argon2id$`. */
export const isMosquittoHash = (stored: string): boolean =>
  isOldHash(stored) || /^\$argon2id\$v=19\$m=\d{1,7},t=\d{1,3},p=\d{1,2}\$[\w+/]+\$[\w+/]+$/.test(stored);

/** Whether it is one that should be replaced as soon as the password is known. */
export const isOldHash = (stored: string): boolean => readOldHash(stored) !== undefined;

/** Whether an old hash fits the password. `undefined`: not one of `$6$` and `$7$`; somebody else has to look. */
export async function opensOldHash(stored: string, password: string): Promise<boolean | undefined> {
  const old = readOldHash(stored);
  if (!old) return undefined;
  const computed =
    old.iterations === undefined
      ? createHash('sha512').update(password).update(old.salt).digest()
      : await derive(password, old.salt, old.iterations, sha512Bytes, 'sha512');
  return timingSafeEqual(computed, old.hash);
}
