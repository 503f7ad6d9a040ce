import { isServerTopic, topicLevels } from './topic.ts';

/** Maps and sets are made when there is something in them: most nodes are leaves, and each of them costs a few hundred bytes. */
interface Node<V> {
  children: Map<string, Node<V>> | undefined;
  values: Set<V> | undefined;
}

const makeNode = <V>(): Node<V> => ({ children: undefined, values: undefined });

const childOf = <V>(node: Node<V> | undefined, level: string): Node<V> | undefined => node?.children?.get(level);

function dropChild<V>(node: Node<V>, level: string): void {
  node.children?.delete(level);
  if (node.children?.size === 0) node.children = undefined;
}

/**
 * A tree of topic filters with values: finds everything that matches a topic in time that grows with the topic's levels,
 * not with the number of filters. Filters are taken as they are; validate them before (`isTopicFilter`).
 */
export class FilterTree<V> {
  readonly #root = makeNode<V>();
  #size = 0;

  /** Number of (filter, value) pairs. */
  get size(): number {
    return this.#size;
  }

  /** Adds a value under a filter; false when it was there already. */
  add(filter: string, value: V): boolean {
    let node = this.#root;
    for (const level of topicLevels(filter)) {
      node.children ??= new Map();
      let child = node.children.get(level);
      if (!child) {
        child = makeNode<V>();
        node.children.set(level, child);
      }
      node = child;
    }
    node.values ??= new Set();
    if (node.values.has(value)) return false;
    node.values.add(value);
    this.#size++;
    return true;
  }

  /** Removes a value from a filter and the branches that became empty; false when it was not there. */
  remove(filter: string, value: V): boolean {
    const levels = topicLevels(filter);
    const trail: Node<V>[] = [this.#root];
    for (const level of levels) {
      const child = childOf(trail.at(-1), level);
      if (!child) return false;
      trail.push(child);
    }
    const leaf = trail.at(-1);
    if (!leaf?.values?.delete(value)) return false;
    if (leaf.values.size === 0) leaf.values = undefined;
    this.#size--;
    this.#prune(trail, levels);
    return true;
  }

  /** Calls `visit` once for each (filter, value) whose filter matches the topic; a value under two filters comes twice. */
  forEachMatch(topic: string, visit: (value: V) => void): void {
    this.#walk({ levels: topicLevels(topic), isServerTopic: isServerTopic(topic), visit }, this.#root, 0);
  }

  /** All matching values, duplicates included. */
  match(topic: string): V[] {
    const found: V[] = [];
    this.forEachMatch(topic, (value) => found.push(value));
    return found;
  }

  #walk(
    search: { levels: string[]; isServerTopic: boolean; visit: (value: V) => void },
    node: Node<V>,
    depth: number,
  ): void {
    const { levels, visit } = search;
    const wildcardsCount = depth > 0 || !search.isServerTopic; // [MQTT-4.7.2-1]
    if (wildcardsCount) childOf(node, '#')?.values?.forEach(visit);
    if (depth === levels.length) {
      node.values?.forEach(visit);
      return;
    }
    const exact = childOf(node, levels[depth] ?? '');
    if (exact) this.#walk(search, exact, depth + 1);
    const any = wildcardsCount ? childOf(node, '+') : undefined;
    if (any) this.#walk(search, any, depth + 1);
  }

  #prune(trail: readonly Node<V>[], levels: readonly string[]): void {
    for (let depth = trail.length - 1; depth > 0; depth--) {
      const node = trail[depth];
      if (!node || node.values || node.children) return;
      const parent = trail[depth - 1];
      if (parent) dropChild(parent, levels[depth - 1] ?? '');
    }
  }
}
