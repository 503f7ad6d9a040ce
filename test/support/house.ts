import type { Tile } from '../../shared/house/house.ts';

/** A switch bound to two topics. */
export const lamp = (over: Partial<Tile> = {}): Tile => ({
  id: 'lamp',
  roomId: 'living',
  kind: 'switch',
  title: 'Lamp',
  bindings: { power: { type: 'boolean', stateTopic: 'home/lamp', commandTopic: 'home/lamp/set' } },
  options: {},
  ...over,
});

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
