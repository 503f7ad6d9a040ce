import type { Leaf } from './leaves.ts';
import type { CommandTopic } from './relations.ts';

/** Commands of one leaf: Tasmota has a topic per command, everything else takes JSON on one topic. */
export function leafCommand(
  leaf: Leaf,
  command: CommandTopic | undefined,
): { topic: string; template?: string } | undefined {
  if (!command) return undefined;
  const key = leaf.keys.at(-1) ?? '';
  const tasmota = /^(cmnd\/.+)\/(?:STATE|RESULT)$/.exec(command.topic);
  if (tasmota) return leaf.keys.length === 1 ? { topic: `${tasmota[1] ?? ''}/${key}` } : undefined;
  if (/^cmnd\//.test(command.topic)) return undefined;
  if (leaf.keys.length > 1) return undefined;
  const place = typeof leaf.value === 'string' ? '"{{value}}"' : '{{value}}';
  return { topic: command.topic, template: `{${JSON.stringify(key)}:${place}}` };
}
