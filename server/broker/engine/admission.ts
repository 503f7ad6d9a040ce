import type { Core } from './core.ts';
import type { Origin } from './engine.ts';

const isLoopback = (address: string): boolean =>
  address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.');

/** Whether this address has as many connections as one address may have. */
export const isAddressFull = (core: Core, { remoteAddress }: Origin): boolean => {
  const { limits } = core;
  if (!limits.isLoopbackLimited && isLoopback(remoteAddress)) return false;
  return core.addresses.count(remoteAddress) >= limits.maxConnectionsPerAddress;
};

/** Connections per remote address. */
export class Addresses {
  readonly #counts = new Map<string, number>();

  count(address: string): number {
    return this.#counts.get(address) ?? 0;
  }

  add(address: string): void {
    this.#counts.set(address, this.count(address) + 1);
  }

  remove(address: string): void {
    const left = this.count(address) - 1;
    if (left > 0) this.#counts.set(address, left);
    else this.#counts.delete(address);
  }
}
