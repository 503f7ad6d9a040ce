import { createHash } from 'node:crypto';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';

/** Linux allows 108 bytes for the address of a Unix socket, macOS 104. */
const maxSocketPathBytes = 100;

/** Where a server with this data directory listens for sub-commands. The same on both sides, from the directory alone. */
export function controlAddress(dataDir: string, platform: NodeJS.Platform = process.platform): string {
  const folder = resolve(dataDir);
  const hash = createHash('sha256').update(folder).digest('hex').slice(0, 24);
  if (platform === 'win32') return `\\\\.\\pipe\\kachel-${hash}`;
  const path = join(folder, 'control.sock');
  if (Buffer.byteLength(path) <= maxSocketPathBytes) return path;
  return join(tmpdir(), `kachel-${userInfo().uid}-${hash}.sock`);
}
