import type { Guess, GuessPart } from './guess.ts';
import { compact } from './compact.ts';
import { leafCommand } from './leaf-command.ts';
import type { Leaf } from './leaves.ts';
import type { CommandTopic } from './relations.ts';
import { readOnOff } from './states.ts';
import { colorFormatOf } from './colors.ts';

const keyOf = (leaf: Leaf): string => leaf.keys.at(-1)?.toLowerCase() ?? '';
const numberOf = (leaf: Leaf | undefined): number | undefined =>
  typeof leaf?.value === 'number' ? leaf.value : undefined;

/** Leaves that lie directly in the message and are named so. */
const find = (leaves: readonly Leaf[], names: RegExp): Leaf | undefined =>
  leaves.find((leaf) => leaf.keys.length === 1 && names.test(keyOf(leaf)));

type Commands = Pick<GuessPart, 'commandTopic' | 'template'>;

const commandsOf = (leaf: Leaf, command: CommandTopic | undefined): Commands => {
  const own = leafCommand(leaf, command);
  return own ? compact({ commandTopic: own.topic, template: own.template }) : {};
};

function powerPart(leaf: Leaf, command: CommandTopic | undefined): GuessPart | undefined {
  const pair = readOnOff([String(leaf.value)]);
  return pair && { role: 'power', path: leaf.path, on: pair.on, off: pair.off, ...commandsOf(leaf, command) };
}

function brightnessPart(leaf: Leaf, command: CommandTopic | undefined): GuessPart | undefined {
  const value = numberOf(leaf);
  if (value === undefined || value < 0) return undefined;
  // Tasmota's Dimmer counts to 100, everybody's brightness to 254 or 255.
  const max = /^dimmer$/.test(keyOf(leaf)) ? 100 : value > 254 ? 255 : 254;
  return { role: 'brightness', path: leaf.path, min: 0, max, ...commandsOf(leaf, command) };
}

function temperaturePart(leaf: Leaf, command: CommandTopic | undefined): GuessPart | undefined {
  const value = numberOf(leaf);
  if (value === undefined || value <= 0) return undefined;
  return { role: 'temperature', path: leaf.path, isMired: value < 1_000, ...commandsOf(leaf, command) };
}

function colorPart(leaf: Leaf, command: CommandTopic | undefined): GuessPart | undefined {
  const format = leaf.colorFormat ?? colorFormatOf(String(leaf.value), ['color', keyOf(leaf)]);
  return format && { role: 'color', path: leaf.path, colorFormat: format, ...commandsOf(leaf, command) };
}

const partNames = [
  [/^(state|power\d?|on)$/, powerPart],
  [/^(brightness|dimmer|bri)$/, brightnessPart],
  [/^(color_temp|ct|colou?rtemp(erature)?)$/, temperaturePart],
  [/^(color|colour|rgb|hsbcolor)$/, colorPart],
] as const;

/** What was found: the guess, and the leaves it speaks for. */
interface FoundLight {
  readonly guess: Pick<Guess, 'widget' | 'isSettable'> & Partial<Guess>;
  readonly used: ReadonlySet<Leaf>;
}

/** A lamp in one message: on/off together with a brightness, a white tone or a colour. */
export function findLight(leaves: readonly Leaf[], command: CommandTopic | undefined): FoundLight | undefined {
  const used = new Set<Leaf>();
  const parts: GuessPart[] = [];
  for (const [names, read] of partNames) {
    const leaf = find(leaves, names);
    const part = leaf && read(leaf, command);
    if (!leaf || !part) continue;
    used.add(leaf);
    parts.push(part);
  }
  const power = parts.find((part) => part.role === 'power');
  if (!power || parts.length < 2) return undefined;
  const { path, on, off, commandTopic, template } = power;
  const guess = compact({
    widget: 'light' as const,
    parts,
    isSettable: commandTopic !== undefined,
    path,
    on,
    off,
    commandTopic,
    template,
  });
  return { guess, used };
}
