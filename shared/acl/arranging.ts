import type { House, Tile } from '../house/house.ts';

/** What the person who arranges may use today. */
export interface MayUse {
  readonly read: (topic: string) => boolean;
  /** Whatever he likes: a topic with limits is none of these, and how its tile writes to it stays as it is. */
  readonly send: (topic: string) => boolean;
  readonly isLimited?: (topic: string) => boolean;
  /** An exception keeps him from this tile, always or at times, and with it from its topics, whatever other tile sends there. */
  readonly isKeptFrom?: (tileId: string) => boolean;
}

type Topics = ReadonlySet<string | undefined>;

const bindingsOf = (tile: Tile) => Object.entries(tile.bindings);
const topicsBefore = (tile: Tile | undefined, pick: 'stateTopic' | 'commandTopic'): Topics =>
  new Set(
    tile && [
      ...bindingsOf(tile).map(([, binding]) => binding[pick]),
      pick === 'stateTopic' ? tile.availability?.topic : undefined,
    ],
  );

/**
 * The first topic in `wanted` that is new where it stands and that the person may not use by itself; else editing tiles would be a
 * way to give oneself rights. A tile in another room counts as new: it comes under that room's level.
 */
export function firstForeignTopic(before: House, wanted: House, may: MayUse): string | undefined {
  const former = new Map(before.tiles.map((tile) => [tile.id, tile]));
  for (const [index, tile] of wanted.tiles.entries()) {
    const same = former.get(tile.id);
    const path =
      (same && holdLostBy(tile, same, may)) ??
      foreignTopicOf(tile, same?.roomId === tile.roomId ? same : undefined, may);
    if (path !== undefined) return `/tiles/${index}/${path}`;
  }
  return isLimitGone(before, wanted, may) ? '/tiles' : undefined;
}

const isHeld = (tile: Tile, { isLimited, isKeptFrom }: MayUse): boolean =>
  bindingsOf(tile).some(
    ([, { commandTopic }]) =>
      commandTopic !== undefined && (isLimited?.(commandTopic) === true || isKeptFrom?.(tile.id) === true),
  );

/** Without the tile that the limit stands with, another tile might send there without it. */
function isLimitGone(before: House, wanted: House, may: MayUse): boolean {
  const ids = new Set(wanted.tiles.map(({ id }) => id));
  return before.tiles.some((tile) => !ids.has(tile.id) && isHeld(tile, may));
}

/** By role, whatever their order. */
const written = (tile: Tile): string =>
  JSON.stringify(bindingsOf(tile).sort(([one], [other]) => (one < other ? -1 : 1)));

/** What holds a tile stands with its topics, in whatever room. */
function holdLostBy(tile: Tile, before: Tile, may: MayUse): string | undefined {
  if (isHeld(before, may) && written(tile) !== written(before)) return 'bindings';
  return before.pin !== undefined && tile.pin !== before.pin ? 'pin' : undefined;
}

function foreignTopicOf(tile: Tile, before: Tile | undefined, may: MayUse): string | undefined {
  const reads = topicsBefore(before, 'stateTopic');
  const sends = topicsBefore(before, 'commandTopic');
  const isForeign = (topic: string | undefined, known: Topics, isAllowed: (topic: string) => boolean): boolean =>
    topic !== undefined && !known.has(topic) && !isAllowed(topic);
  for (const [role, { stateTopic, commandTopic }] of bindingsOf(tile)) {
    if (isForeign(stateTopic, reads, may.read)) return `bindings/${role}/stateTopic`;
    if (isForeign(commandTopic, sends, may.send)) return `bindings/${role}/commandTopic`;
  }
  return isForeign(tile.availability?.topic, reads, may.read) ? 'availability/topic' : undefined;
}
