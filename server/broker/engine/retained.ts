import { isServerTopic, topicLevels } from '../../../shared/mqtt/topic.ts';
import type { EngineLimits } from './limits.ts';
import type { RoutedMessage } from './message.ts';

interface Node {
  readonly children: Map<string, Node>;
  message: RoutedMessage | undefined;
}

const makeNode = (): Node => ({ children: new Map(), message: undefined });

const sizeOf = (message: RoutedMessage): number => message.payload.length + message.topic.bytes.length;

/** The last retained message of each topic, in a tree so that a filter visits only the branches it can match. */
export class Retained {
  #count = 0;
  #bytes = 0;
  readonly #root = makeNode();
  readonly #limits: EngineLimits;

  constructor(limits: EngineLimits) {
    this.#limits = limits;
  }

  get count(): number {
    return this.#count;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get(topic: string): RoutedMessage | undefined {
    let node: Node | undefined = this.#root;
    for (const level of topicLevels(topic)) {
      node = node.children.get(level);
      if (!node) return undefined;
    }
    return node.message;
  }

  /** Whether the message may be kept: replacing is always possible by count, growing only within the limits. */
  hasRoomFor(message: RoutedMessage): boolean {
    const replaced = this.get(message.topic.name);
    const bytes = this.#bytes + sizeOf(message) - (replaced ? sizeOf(replaced) : 0);
    return (
      bytes <= this.#limits.maxRetainedBytes &&
      (replaced !== undefined || this.#count < this.#limits.maxRetainedMessages)
    );
  }

  /** Keeps a message, which must be on its own bytes, as the last of its topic [MQTT-3.3.1-5]. */
  set(message: RoutedMessage): void {
    let node = this.#root;
    for (const level of topicLevels(message.topic.name)) {
      let child = node.children.get(level);
      if (!child) {
        child = makeNode();
        node.children.set(level, child);
      }
      node = child;
    }
    if (node.message) this.#bytes -= sizeOf(node.message);
    else this.#count++;
    node.message = message;
    this.#bytes += sizeOf(message);
  }

  /** Forgets a topic's message [MQTT-3.3.1-6]; false when there was none. */
  delete(topic: string): boolean {
    const levels = topicLevels(topic);
    const trail: Node[] = [this.#root];
    for (const level of levels) {
      const child = trail.at(-1)?.children.get(level);
      if (!child) return false;
      trail.push(child);
    }
    const leaf = trail.at(-1);
    if (!leaf?.message) return false;
    this.#bytes -= sizeOf(leaf.message);
    this.#count--;
    leaf.message = undefined;
    for (let depth = trail.length - 1; depth > 0; depth--) {
      const node = trail[depth];
      if (!node || node.message || node.children.size > 0) break;
      trail[depth - 1]?.children.delete(levels[depth - 1] ?? '');
    }
    return true;
  }

  /** The messages whose topics match a filter; may be read while messages come and go. */
  matches(filter: string): Generator<RoutedMessage, undefined> {
    return matchesBelow(this.#root, topicLevels(filter), 0);
  }
}

function* matchesBelow(node: Node, levels: readonly string[], depth: number): Generator<RoutedMessage, undefined> {
  const level = levels[depth];
  if (level === undefined) {
    if (node.message) yield node.message;
  } else if (level === '#') {
    yield* everythingBelow(node, depth === 0);
  } else if (level === '+') {
    for (const [name, child] of node.children) {
      if (depth > 0 || !isServerTopic(name)) yield* matchesBelow(child, levels, depth + 1); // [MQTT-4.7.2-1]
    }
  } else {
    const child = node.children.get(level);
    if (child) yield* matchesBelow(child, levels, depth + 1);
  }
  return undefined;
}

function* everythingBelow(node: Node, isRoot: boolean): Generator<RoutedMessage, undefined> {
  if (node.message) yield node.message;
  for (const [name, child] of node.children) if (!isRoot || !isServerTopic(name)) yield* everythingBelow(child, false);
  return undefined;
}
