import type { Tile, Way } from '../house/house.ts';
import type { Binding } from '../house/binding.ts';
import { encode } from '../payload/codec.ts';
import { decodeUtf8 } from '../payload/text.ts';
import type { Finding } from './finding.ts';
import { grantsOf, type Question, type Standing } from './standing.ts';
import type { TileUse, Uses } from './uses.ts';

/** What the PIN is asked for, taken together: any tile that asks is enough. */
export function joinedWays(ways: readonly Way[]): Way | undefined {
  const [first] = ways;
  return ways.every((way) => way === first) ? first : 'both';
}

/** For which way a tile asks somebody: the tile itself everybody, an exception one person. Devices are never asked. */
function wayOf(standing: Standing, { tileId, isSend, pin }: TileUse): Way | undefined {
  if (!isSend || standing.kind === 'device') return undefined;
  const exception = grantsOf(standing)?.exceptions.find((one) => one.tileId === tileId);
  return exception?.pin ? 'both' : pin;
}

const askingUses = (standing: Standing, uses: Uses, topic: string): readonly (TileUse & { readonly way: Way })[] =>
  (uses.get(topic) ?? []).flatMap((use) => {
    const way = wayOf(standing, use);
    return way === undefined ? [] : [{ ...use, way }];
  });

/** For which way sending to a topic needs the PIN, whatever tile it is done with; undefined = never. */
export const pinWay = (standing: Standing, uses: Uses, topic: string): Way | undefined =>
  joinedWays(askingUses(standing, uses, topic).map(({ way }) => way));

/**
 * Whether a command clearly goes the way that is not asked for: it is, letter by letter, what the tile itself sends then. What a
 * device might read otherwise than we do (an alternative word, a JSON key twice) is asked for.
 */
export function isFreeCommand(binding: Binding, way: Way, payload: string): boolean {
  if (way === 'both' || binding.type !== 'boolean') return false;
  const free = encode(binding, way === 'off', 0);
  return free.ok && free.text === payload;
}

/** Whether this message needs the PIN. */
export function needsPin(standing: Standing, uses: Uses, topic: string, payload: Uint8Array): boolean {
  const asking = askingUses(standing, uses, topic);
  if (asking.length === 0) return false;
  const text = decodeUtf8(payload);
  const isFree = ({ way, bindings }: (typeof asking)[number]): boolean =>
    text !== undefined &&
    Object.values(bindings).some((one) => one.commandTopic === topic && isFreeCommand(one, way, text));
  return !asking.every(isFree);
}

/** For which way a question is about the PIN; with a payload, whether that needs it. */
export function pinAsked(standing: Standing, uses: Uses, { action, topic, payload }: Question): Way | undefined {
  if (action !== 'publish') return undefined;
  if (payload === undefined) return pinWay(standing, uses, topic);
  return needsPin(standing, uses, topic, payload) ? 'both' : undefined;
}

/** An app password cannot give a PIN. */
export const pinSays = (standing: Standing, uses: Uses, question: Question): false | undefined =>
  standing.kind === 'app' && pinAsked(standing, uses, question) === 'both' ? false : undefined;

/** The tiles that ask everybody; what exceptions ask stands with them. */
export function pinFindings(standing: Standing, uses: Uses, question: Question): readonly Finding[] {
  if (pinAsked(standing, uses, question) === undefined) return [];
  const says = pinSays(standing, uses, question);
  return askingUses(standing, uses, question.topic)
    .filter(({ pin }) => pin !== undefined || says !== undefined)
    .map(({ title, tileId, roomId, way }) => ({
      step: { kind: 'pin', name: title, tileId, roomId, pin: way },
      ...(says === undefined ? {} : { says }),
    }));
}

/** Locks are asked each time, whoever asked not to be. Tiles say by their kind or class that they are one. */
export const mayKeepProof = ({ kind, options }: Pick<Tile, 'kind' | 'options'>): boolean =>
  kind !== 'lock' && options['deviceClass'] !== 'lock';
