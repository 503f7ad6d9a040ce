/** Where a frame is written: `bytes` from `start`. */
export interface Place {
  readonly bytes: Buffer;
  readonly start: number;
}

/** A buffer of its own for each frame: for frames that are kept, so that none holds on to the bytes of others. */
export const ownPlace = (size: number): Place => ({ bytes: Buffer.allocUnsafe(size), start: 0 });

const slabBytes = 64 * 1024;
const largestShared = 4 * 1024;

let slab = Buffer.alloc(0);
let used = 0;

/** Places that lie one behind the other: for frames that leave within this turn, so that many of them are one range to write. */
export const passingPlace = (size: number): Place => {
  if (size > largestShared) return ownPlace(size);
  if (used + size > slab.length) {
    slab = Buffer.allocUnsafeSlow(slabBytes);
    used = 0;
  }
  const start = used;
  used += size;
  return { bytes: slab, start };
};
