/** Where a frame is written: `bytes` from `start`. */
export interface Place {
  readonly bytes: Buffer;
  readonly start: number;
}

/** A buffer of its own for each frame: for frames that are kept, so that none holds on to the bytes of others. */
export const ownPlace = (size: number): Place => ({ bytes: Buffer.allocUnsafe(size), start: 0 });

const slabBytes = 64 * 1024;
const keptSlabBytes = 8 * 1024;
const largestShared = 4 * 1024;

/** Gives places that lie one behind the other in a buffer that many share. */
const sharedPlaces = (sharedBytes: number): ((size: number) => Place) => {
  let slab = Buffer.alloc(0);
  let used = 0;
  return (size) => {
    if (size > largestShared) return ownPlace(size);
    if (used + size > slab.length) {
      slab = Buffer.allocUnsafeSlow(sharedBytes);
      used = 0;
    }
    const start = used;
    used += size;
    return { bytes: slab, start };
  };
};

/** For frames that leave within this turn, so that many of them are one range to write. */
export const passingPlace = sharedPlaces(slabBytes);

/** For messages that wait: among each other, so that none holds on to what has long left. */
export const waitingPlace = sharedPlaces(keptSlabBytes);
