import type { Guess } from './guess.ts';
import type { CommandTopic } from './relations.ts';
import { compact } from './compact.ts';
import { leafCommand } from './leaf-command.ts';
import { findLeaves, type Leaf } from './leaves.ts';
import { findLight } from './light.ts';
import { prettyName } from './rooms.ts';
import { guessScalar, type ScalarGuess } from './rules.ts';
import { isNoValue, maxSampleLength, shortText } from './samples.ts';
import { splitWords } from './words.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** A JSON object, or undefined for everything else; long texts are not looked into. */
export function readObject(text: string): JsonObject | undefined {
  if (text.length > maxSampleLength || !text.trimStart().startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** What all guesses of one message share. */
export type CommonGuess = Pick<Guess, 'topic' | 'name' | 'sample' | 'room' | 'availabilityTopic' | 'availabilityPath'>;

interface ObjectInput {
  readonly object: JsonObject;
  readonly common: CommonGuess;
  readonly command: CommandTopic | undefined;
  readonly siblings: ReadonlyMap<string, string>;
}

/** Keys such as `Power` stand in the middle of a name. */
const inSentence = (key: string): string => (/^[A-Z][a-z]+$/.test(key) ? key.toLowerCase() : key);
const genericKey = /^(state|value|status)$/i;

function guessLeaf(leaf: Leaf, { common, command }: ObjectInput): Guess {
  const own = leafCommand(leaf, command);
  const sample = leaf.colorFormat ? JSON.stringify(leaf.value) : String(leaf.value);
  const keys = leaf.keys.filter((key) => !genericKey.test(key));
  const judged = judgeLeaf(leaf, {
    sample,
    common,
    command: own && command && { topic: own.topic, source: command.source },
  });
  return {
    ...common,
    name: keys.length === 0 ? common.name : prettyName([common.name, ...keys.slice(-2).map(inSentence)]),
    path: leaf.path,
    sample: shortText(sample),
    ...judged,
    ...(judged.isSettable ? compact({ template: own?.template }) : {}),
  };
}

interface LeafContext {
  readonly sample: string;
  readonly common: CommonGuess;
  readonly command: CommandTopic | undefined;
}

function judgeLeaf(leaf: Leaf, { sample, common, command }: LeafContext): ScalarGuess {
  if (leaf.colorFormat) return { widget: 'text', isSettable: false };
  const own = splitWords(leaf.keys.join(' '));
  // Words of the topic tell what a generic key such as "value" or "state" is about.
  const words = leaf.keys.every((key) => genericKey.test(key)) ? [...own, ...splitWords(common.topic)] : own;
  return guessScalar({
    words,
    samples: isNoValue(sample) ? [] : [sample],
    command: onlyActuator(leaf, command),
    hasRoom: common.room !== undefined,
  });
}

/** In one JSON message most leaves only report: a command topic counts for `state`, `power` and set words alone. */
const onlyActuator = (leaf: Leaf, command: CommandTopic | undefined): CommandTopic | undefined =>
  /^(state|power\d*|relay\d*|switch|brightness|dimmer|position|volume|setpoint|target|occupied_heating_setpoint)$/i.test(
    leaf.keys.at(-1) ?? '',
  )
    ? command
    : undefined;

/** Rule 5: one guess per scalar leaf; leaves that make up a lamp become one. */
export function guessObject(input: ObjectInput): Guess[] {
  const leaves = findLeaves(input.object);
  const light = findLight(leaves, input.command);
  const rest = leaves.filter((leaf) => !light?.used.has(leaf)).map((leaf) => guessLeaf(leaf, input));
  if (rest.length === 0 && !light) return [{ ...input.common, widget: 'text', isSettable: false }];
  return light ? [{ ...input.common, ...light.guess }, ...rest] : rest;
}
