import { found, type Check } from '../check.ts';

const oldAfterMs = 30 * 86_400_000;

/** When the house was copied last. Where the copy lies now, and whether it is still there, Kachel cannot see. */
export const backup: Check = {
  name: 'backup',
  look: ({ lastBackup, auth }) => {
    const last = lastBackup();
    if (!last) return [found('backup-none')];
    const facts = { atMs: last.atMs, sizeBytes: last.sizeBytes };
    return [found(auth.nowMs() - last.atMs > oldAfterMs ? 'backup-old' : 'backup-fresh', facts)];
  },
};
