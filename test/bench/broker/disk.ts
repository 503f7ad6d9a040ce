import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { median } from '../figures.ts';

const syncs = 100;
const blockBytes = 4_096;

/** Milliseconds that this disk takes to write 4 kB and be sure of it. */
export function syncTimeMs(folder: string): number {
  const file = join(folder, 'sync-time');
  const handle = openSync(file, 'w');
  const block = Buffer.alloc(blockBytes, 1);
  const samples: number[] = [];
  for (let count = 0; count < syncs; count += 1) {
    const startedMs = performance.now();
    writeSync(handle, block, 0, blockBytes, 0);
    fdatasyncSync(handle);
    samples.push(performance.now() - startedMs);
  }
  closeSync(handle);
  rmSync(file);
  return median(samples);
}
