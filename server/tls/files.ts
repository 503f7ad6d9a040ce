import { chmodSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const fileMode = 0o600;
const dirMode = 0o700;

/** Writes a file that only this user can read, whole or not at all. Throws what the file system says. */
export function writeSecret(file: string, content: string | Buffer): void {
  mkdirSync(dirname(file), { recursive: true, mode: dirMode });
  const temporary = `${file}.part`;
  rmSync(temporary, { force: true });
  writeFileSync(temporary, content, { mode: fileMode, flush: true });
  chmodSync(temporary, fileMode);
  renameSync(temporary, file);
}
