/** What one client gets in a turn is mostly smaller. */
export const spaceBytes = 16 * 1024;
/** So many clients of one turn; the others get a buffer that is thrown away. */
const maxSpaces = 32;

/**
 * Buffers in which what goes out is put together, used again and again: mostly the system has taken it all as soon as it is written.
 * A new buffer for each write would be so much garbage that its collector stopped the house several times a second.
 */
export class Spaces {
  readonly #free: Buffer[] = [];
  #made = 0;

  /** One that is free; undefined when all are in use. */
  borrow(): Buffer | undefined {
    const free = this.#free.pop();
    if (free || this.#made === maxSpaces) return free;
    this.#made++;
    return Buffer.allocUnsafeSlow(spaceBytes);
  }

  /** Nobody reads it any more. */
  giveBack(space: Buffer): void {
    this.#free.push(space);
  }

  /** Somebody goes on reading it, for who knows how long: another may be made instead. */
  giveUp(): void {
    this.#made--;
  }
}
