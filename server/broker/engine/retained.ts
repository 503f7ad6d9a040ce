import { isServerTopic, topicLevels } from '../../../shared/mqtt/topic.ts';
import type { CountedLimit, EngineLimits } from './limits.ts';
import type { RoutedMessage } from './message.ts';

interface Node {
  /** Made when there is one: most nodes are leaves. */
  children: Map<string, Node> | undefined;
  /** Below the root of a topic that begins with `$`: leading wildcards pass it by [MQTT-4.7.2-1]. */
  readonly isServerTopic: boolean;
  message: RoutedMessage | undefined;
}

const makeNode = (isServer = false): Node => ({ children: undefined, isServerTopic: isServer, message: undefined });

/** Removes branches that became empty, from the leaf up; returns how many nodes went. */
const prune = (trail: readonly Node[], levels: readonly string[]): number => {
  let count = 0;
  for (let depth = trail.length - 1; depth > 0; depth--) {
    const node = trail[depth];
    const parent = trail[depth - 1];
    if (!node || node.message || node.children || !parent?.children) return count;
    parent.children.delete(levels[depth - 1] ?? '');
    if (parent.children.size === 0) parent.children = undefined;
    count++;
  }
  return count;
};

const sizeOf = (message: RoutedMessage): number => message.keptBytes + message.topic.bytes.length;

/** What a level takes that no other topic shares, roughly: the node, its name, its place in the map above. */
const nodeBytes = 250;

/** So many are walked through at once, parents before children; of more, a row is given in the time of two hundred. */
const fewMessages = 100;

/** Gives messages step by step, so that a slow reader can stop anywhere. */
export interface Matches {
  /** The next message, or undefined at the end. */
  next(): RoutedMessage | undefined;
}

/**
 * The last retained message of each topic: in a tree, so that a filter visits only the branches it can match, and in one row for
 * whoever wants them all and they are many, because a walk through the tree takes much longer.
 */
export class Retained {
  readonly #byTopic = new Map<string, RoutedMessage>();
  /** Those of the server's own topics, which do not use up what clients may keep. */
  #ownCount = 0;
  #bytes = 0;
  readonly #root = makeNode();
  readonly #limits: EngineLimits;

  constructor(limits: EngineLimits) {
    this.#limits = limits;
  }

  get count(): number {
    return this.#byTopic.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get(topic: string): RoutedMessage | undefined {
    return this.#byTopic.get(topic);
  }

  /**
   * The limit that keeps the message out, if one does: replacing is always possible by count, growing only within the
   * limits. The server's own topics are few, and must not be lost because clients keep too much.
   */
  limitAgainst(message: RoutedMessage): CountedLimit | undefined {
    if (message.topic.isServerTopic) return undefined;
    const { message: replaced, missing } = this.#find(topicLevels(message.topic.name));
    const bytes = this.#bytes + sizeOf(message) + missing * nodeBytes - (replaced ? sizeOf(replaced) : 0);
    if (bytes > this.#limits.maxRetainedBytes) return 'maxRetainedBytes';
    return replaced || this.count - this.#ownCount < this.#limits.maxRetainedMessages
      ? undefined
      : 'maxRetainedMessages';
  }

  /** The topic's message, and how many of its levels have no node yet. */
  #find(levels: readonly string[]): { message: RoutedMessage | undefined; missing: number } {
    let node: Node = this.#root;
    for (const [depth, level] of levels.entries()) {
      const child = node.children?.get(level);
      if (!child) return { message: undefined, missing: levels.length - depth };
      node = child;
    }
    return { message: node.message, missing: 0 };
  }

  /** Keeps a message, which must be on its own bytes, as the last of its topic [MQTT-3.3.1-5]. */
  set(message: RoutedMessage): void {
    let node = this.#root;
    for (const level of topicLevels(message.topic.name)) {
      node.children ??= new Map();
      let child = node.children.get(level);
      if (!child) {
        child = makeNode(node === this.#root && isServerTopic(level));
        node.children.set(level, child);
        this.#bytes += nodeBytes;
      }
      node = child;
    }
    if (node.message) this.#bytes -= sizeOf(node.message);
    else if (message.topic.isServerTopic) this.#ownCount++;
    node.message = message;
    this.#byTopic.set(message.topic.name, message);
    this.#bytes += sizeOf(message);
  }

  /** Forgets a topic's message [MQTT-3.3.1-6]; false when there was none. */
  delete(topic: string): boolean {
    const levels = topicLevels(topic);
    const trail: Node[] = [this.#root];
    for (const level of levels) {
      const child = trail.at(-1)?.children?.get(level);
      if (!child) return false;
      trail.push(child);
    }
    const leaf = trail.at(-1);
    if (!leaf?.message) return false;
    this.#bytes -= sizeOf(leaf.message);
    if (leaf.message.topic.isServerTopic) this.#ownCount--;
    leaf.message = undefined;
    this.#byTopic.delete(topic);
    this.#bytes -= prune(trail, levels) * nodeBytes;
    return true;
  }

  /** The messages whose topics match a filter; may be read while messages come and go. */
  matches(filter: string): Matches {
    const isInOneRow = filter === '#' && this.count - this.#ownCount > fewMessages;
    return isInOneRow ? new AllMatches(this.#byTopic) : new TreeMatches(this.#root, topicLevels(filter));
  }
}

/** All but the server's own [MQTT-4.7.2-1]. */
class AllMatches implements Matches {
  readonly #messages: Iterator<RoutedMessage>;

  constructor(byTopic: ReadonlyMap<string, RoutedMessage>) {
    this.#messages = byTopic.values();
  }

  next(): RoutedMessage | undefined {
    for (let step = this.#messages.next(); step.done !== true; step = this.#messages.next())
      if (!step.value.topic.isServerTopic) return step.value;
    return undefined;
  }
}

/** Children of one node that are still to be visited. */
interface Branch {
  readonly children: Iterator<Node>;
  readonly depth: number;
  /** Below a `#`: everything matches. */
  readonly isOpen: boolean;
}

/** Walks the tree. */
class TreeMatches implements Matches {
  readonly #levels: readonly string[];
  readonly #branches: Branch[] = [];
  #first: RoutedMessage | undefined;

  constructor(root: Node, levels: readonly string[]) {
    this.#levels = levels;
    this.#first = this.#visit(root, 0, false);
  }

  next(): RoutedMessage | undefined {
    const first = this.#first;
    this.#first = undefined;
    if (first) return first;
    for (let branch = this.#branches.at(-1); branch; branch = this.#branches.at(-1)) {
      const step = branch.children.next();
      if (step.done === true) {
        this.#branches.pop();
        continue;
      }
      const message = step.value.isServerTopic ? undefined : this.#visit(step.value, branch.depth, branch.isOpen);
      if (message) return message;
    }
    return undefined;
  }

  /** Notes what is to be visited below a node, and gives the message that is found by it at once. */
  #visit(node: Node, depth: number, isOpen: boolean): RoutedMessage | undefined {
    const level = this.#levels[depth];
    if (isOpen || level === '#') return this.#branch(node, depth, true).message;
    if (level === undefined) return node.message;
    if (level === '+') {
      this.#branch(node, depth + 1, false);
      return undefined;
    }
    const child = node.children?.get(level);
    return child && this.#visit(child, depth + 1, false);
  }

  #branch(node: Node, depth: number, isOpen: boolean): Node {
    if (node.children) this.#branches.push({ children: node.children.values(), depth, isOpen });
    return node;
  }
}
