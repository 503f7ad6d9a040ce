import { hash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Crockford's base 32: no I, L, O, U, so it can be read aloud and typed. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 15 letters × 5 bits = 75 bits. */
const setupCodeLetters = 15;
const groupLetters = 5;
/** 24 bytes = 192 bits in 32 letters. */
const generatedPasswordBytes = 24;
/** 18 bytes = 144 bits in 24 letters; it stands in a link and a QR code. */
const inviteCodeBytes = 18;
const saltBytes = 16;
const idBytes = 9;
const loginBytes = 32;

/** In one call: with an object for each hash, it takes four times as long. */
export const sha256 = (text: string | Uint8Array): Buffer => hash('sha256', text, 'buffer');

/** What generated passwords are sealed with: scheme, salt and hash, with colons between. */
const sealScheme = 'sha256:';

/** Compares without telling by time how much was right. */
export const isSameSecret = (a: string, b: string): boolean => timingSafeEqual(sha256(a), sha256(b));

export const newId = (): string => randomBytes(idBytes).toString('base64url');
/** What the cookie carries; the database only keeps its hash. */
export const newLoginSecret = (): string => randomBytes(loginBytes).toString('base64url');
export const newInviteCode = (): string => randomBytes(inviteCodeBytes).toString('base64url');
export const newPassword = (): string => randomBytes(generatedPasswordBytes).toString('base64url');

/** `ABCDE-FGHJK-MNPQR` */
export function newSetupCode(): string {
  const letters = Array.from(randomBytes(setupCodeLetters), (byte) => alphabet[byte % alphabet.length]).join('');
  return letters.match(new RegExp(`.{${groupLetters}}`, 'g'))?.join('-') ?? letters;
}

/** What people type for a code: any case, any dashes, letters that look like digits. */
export const normalizeSetupCode = (typed: string): string =>
  typed
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');

/** Generated passwords have so many bits that a fast salted hash is safe; thousands of devices may reconnect at once. */
export function sealGenerated(password: string): string {
  const salt = randomBytes(saltBytes).toString('base64url');
  return sealScheme + salt + ':' + hash('sha256', salt + password, 'base64url');
}

/** `undefined`: not sealed by `sealGenerated`, so it is an argon2id hash. Compared as it is written: reading the bytes out of it would take longer than the hash. */
export function opensGenerated(stored: string, password: string): boolean | undefined {
  if (!stored.startsWith(sealScheme)) return undefined;
  const saltEnd = stored.indexOf(':', sealScheme.length);
  const expected = Buffer.from(stored.slice(saltEnd + 1));
  const found = Buffer.from(hash('sha256', stored.slice(sealScheme.length, saltEnd) + password, 'base64url'));
  return expected.length === found.length && timingSafeEqual(expected, found);
}
