import { isServerTopic, topicLevels } from './topic.ts';

/**
 * Levels that no other filter shares lie in one node, whatever their number: a walk through filters of a hundred levels would
 * otherwise stop the house. Maps and sets are made when there is something in them: most nodes are leaves, and each costs a few
 * hundred bytes.
 */
interface Node<V> {
  /** Levels between the parent and here; of the root, none. */
  levels: readonly string[];
  /** By their first level. */
  children: Map<string, Node<V>> | undefined;
  values: Set<V> | undefined;
}

const makeNode = <V>(levels: readonly string[]): Node<V> => ({ levels, children: undefined, values: undefined });

const addChild = <V>(node: Node<V>, child: Node<V>): Node<V> => {
  node.children ??= new Map();
  node.children.set(child.levels[0] ?? '', child);
  return child;
};

/** How many of the node's levels are those at `depth`. */
const sharedLevels = <V>(node: Node<V>, levels: readonly string[], depth: number): number => {
  let count = 0;
  while (count < node.levels.length && node.levels[count] === levels[depth + count]) count++;
  return count;
};

/** Puts a node between a parent and its child, which keeps the levels behind the first `count`. */
const split = <V>(parent: Node<V>, child: Node<V>, count: number): Node<V> => {
  const between = addChild(parent, makeNode<V>(child.levels.slice(0, count)));
  child.levels = child.levels.slice(count);
  addChild(between, child);
  return between;
};

/** Takes a node's only child into it when nothing ends between the two. */
const join = <V>(node: Node<V>): void => {
  if (node.values || node.children?.size !== 1) return;
  for (const child of node.children.values()) {
    node.levels = [...node.levels, ...child.levels];
    node.values = child.values;
    node.children = child.children;
    return;
  }
};

interface Search<V> {
  readonly levels: readonly string[];
  readonly isServerTopic: boolean;
  readonly visit: (value: V) => void;
}

/** Where the levels of a node end in the topic; -1 when they do not match; past the topic's end behind a `#`. */
const follow = <V>({ levels, isServerTopic: isServer }: Search<V>, node: Node<V>, from: number): number => {
  let depth = from;
  for (const level of node.levels) {
    if (level !== levels[depth]) {
      if (depth === 0 && isServer) return -1; // [MQTT-4.7.2-1]
      if (level === '#') return levels.length + 1;
      if (level !== '+' || depth >= levels.length) return -1;
    }
    depth++;
  }
  return depth;
};

const walk = <V>(search: Search<V>, node: Node<V>, from: number): void => {
  const depth = follow(search, node, from);
  if (depth < 0) return;
  const { children } = node;
  const { levels, visit } = search;
  if (depth >= levels.length) node.values?.forEach(visit);
  if (!children || depth > levels.length) return;
  const open = children.get('#');
  if (open) walk(search, open, depth);
  if (depth === levels.length) return;
  const exact = children.get(levels[depth] ?? '');
  if (exact) walk(search, exact, depth);
  const any = children.get('+');
  if (any) walk(search, any, depth);
};

/**
 * A tree of topic filters with values: finds everything that matches a topic in time that grows with the topic's levels and with
 * the filters that begin like it, not with the number of filters. Filters are taken as they are; validate them before
 * (`isTopicFilter`).
 */
export class FilterTree<V> {
  readonly #root = makeNode<V>([]);
  #size = 0;

  /** Number of (filter, value) pairs. */
  get size(): number {
    return this.#size;
  }

  /** Adds a value under a filter; false when it was there already. */
  add(filter: string, value: V): boolean {
    const node = this.#reach(topicLevels(filter));
    node.values ??= new Set();
    if (node.values.has(value)) return false;
    node.values.add(value);
    this.#size++;
    return true;
  }

  /** Removes a value from a filter and the branches that became empty; false when it was not there. */
  remove(filter: string, value: V): boolean {
    const trail = this.#trail(topicLevels(filter));
    const leaf = trail.at(-1);
    if (!leaf?.values?.delete(value)) return false;
    this.#size--;
    if (leaf.values.size > 0) return true;
    leaf.values = undefined;
    this.#prune(leaf, trail.at(-2));
    return true;
  }

  /** Calls `visit` once for each (filter, value) whose filter matches the topic; a value under two filters comes twice. */
  forEachMatch(topic: string, visit: (value: V) => void): void {
    walk({ levels: topicLevels(topic), isServerTopic: isServerTopic(topic), visit }, this.#root, 0);
  }

  /** All matching values, duplicates included. */
  match(topic: string): V[] {
    const found: V[] = [];
    this.forEachMatch(topic, (value) => found.push(value));
    return found;
  }

  /** The node of a filter, made when it is new. */
  #reach(levels: readonly string[]): Node<V> {
    let node = this.#root;
    for (let depth = 0; depth < levels.length;) {
      const child = node.children?.get(levels[depth] ?? '');
      if (!child) return addChild(node, makeNode<V>(levels.slice(depth)));
      const count = sharedLevels(child, levels, depth);
      node = count < child.levels.length ? split(node, child, count) : child;
      depth += count;
    }
    return node;
  }

  /** From the root to the node of a filter; empty when there is none. */
  #trail(levels: readonly string[]): Node<V>[] {
    const trail = [this.#root];
    let node = this.#root;
    for (let depth = 0; depth < levels.length; depth += node.levels.length) {
      const child = node.children?.get(levels[depth] ?? '');
      if (!child || sharedLevels(child, levels, depth) < child.levels.length) return [];
      trail.push(child);
      node = child;
    }
    return trail;
  }

  #prune(node: Node<V>, parent: Node<V> | undefined): void {
    if (!parent) return;
    if (node.children) {
      join(node);
      return;
    }
    parent.children?.delete(node.levels[0] ?? '');
    if (parent.children?.size === 0) parent.children = undefined;
    if (parent !== this.#root) join(parent);
  }
}
