/** Decisions that are remembered per subject and action; then they are found anew. */
export const maxDecisions = 1_000;
/** The same in characters of their topics: one topic may have 65,535. */
export const maxDecisionCharacters = 100_000;

/** What was decided about single topics, within both bounds. */
export class Decisions {
  readonly #byTopic = new Map<string, boolean>();
  #characters = 0;

  get(topic: string): boolean | undefined {
    return this.#byTopic.get(topic);
  }

  /** Takes a topic that is not known yet. */
  add(topic: string, isAllowed: boolean): void {
    if (this.#byTopic.size >= maxDecisions || this.#characters + topic.length > maxDecisionCharacters) {
      this.#byTopic.clear();
      this.#characters = 0;
    }
    this.#byTopic.set(topic, isAllowed);
    this.#characters += topic.length;
  }
}
