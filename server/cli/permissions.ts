import { chmodSync, lstatSync, readdirSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { databaseFile, keysFolder } from '../config.ts';

/** Something in the data directory that other users of this machine could read. */
export interface Loose {
  readonly path: string;
  /** As it was: `755`. */
  readonly mode: string;
  /** Why it could not be changed; absent when it was. */
  readonly reason?: string;
}

const dirMode = 0o700;
const fileMode = 0o600;
const everybodyElse = 0o077;

/** What Kachel makes. A directory with other things in it is not ours to close: `--data-dir /srv` must not lock out its other users. */
const ourFiles = new RegExp(
  `^(${databaseFile}(-wal|-shm|-journal)?|${databaseFile}\\.incoming|lock\\.db(-journal)?|backup-.*|kachel-before-restore-.*|control\\.sock)$`,
);
const isOurs = (name: string): boolean => ourFiles.test(name) || name === keysFolder || name === 'lost+found';

const names = (dir: string): string[] => {
  try {
    return readdirSync(dir);
  } catch {
    return [];
  }
};

/** Links are left alone: what they point to may be shared on purpose. */
function statOf(path: string): Stats | undefined {
  try {
    const stats = lstatSync(path);
    return stats.isDirectory() || stats.isFile() ? stats : undefined;
  } catch {
    return undefined;
  }
}

interface Open extends Loose {
  readonly wanted: number;
}

function openOf(path: string): Open[] {
  const stats = statOf(path);
  if (!stats || (stats.mode & everybodyElse) === 0) return [];
  return [{ path, mode: (stats.mode & 0o777).toString(8), wanted: stats.isDirectory() ? dirMode : fileMode }];
}

/** Data directory, database and keys as far as others than this user may read or write them. Windows has no such modes. */
export function looseIn(dataDir: string): readonly Open[] {
  if (process.platform === 'win32') return [];
  const inside = names(dataDir);
  const keys = join(dataDir, keysFolder);
  return [
    ...(inside.every(isOurs) ? openOf(dataDir) : []),
    ...inside.filter((name) => ourFiles.test(name)).flatMap((name) => openOf(join(dataDir, name))),
    ...(inside.includes(keysFolder) ? openOf(keys) : []),
    ...names(keys).flatMap((name) => openOf(join(keys, name))),
  ];
}

/** Closes them to everybody else, and tells what stood open. */
export const tighten = (dataDir: string): readonly Loose[] =>
  looseIn(dataDir).map(({ path, mode, wanted }) => {
    try {
      chmodSync(path, wanted);
      return { path, mode };
    } catch (error) {
      return { path, mode, reason: (error as NodeJS.ErrnoException).code ?? String(error) };
    }
  });
