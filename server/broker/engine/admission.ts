import type { Core } from './core.ts';
import type { Origin } from './engine.ts';
import type { CountedLimit } from './limits.ts';

const isLoopback = (address: string): boolean =>
  address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.');

/** The limit that keeps another connection out, if one does. */
export const limitAgainst = (core: Core, { remoteAddress }: Origin): CountedLimit | undefined => {
  const { limits } = core;
  if (core.connections.size >= limits.maxConnections) return 'maxConnections';
  if (!limits.isLoopbackLimited && isLoopback(remoteAddress)) return undefined;
  return core.addresses.count(remoteAddress) >= limits.maxConnectionsPerAddress
    ? 'maxConnectionsPerAddress'
    : undefined;
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
