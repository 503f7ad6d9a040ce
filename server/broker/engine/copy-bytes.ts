/** Up to here a loop is quicker: `Buffer.copy` makes an object for the part it copies, which is garbage afterwards. */
const loopUpToBytes = 56;

interface Part {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
}

/** Copies a part of a buffer to the place `at` of another; returns how many bytes. */
export const copyBytes = ({ bytes, start, end }: Part, target: Buffer, at: number): number => {
  const size = end - start;
  if (size > loopUpToBytes) return bytes.copy(target, at, start, end);
  for (let index = 0; index < size; index++) target[at + index] = bytes[start + index] ?? 0;
  return size;
};
