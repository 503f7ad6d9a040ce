/** Answers that are remembered at once; then they are found anew. */
export const maxAnswers = 1_000;

/** Yes or no per topic, remembered within two bounds: in number, and in characters, as one topic may have 65,535 of them. */
export class TopicAnswers {
  readonly #byTopic = new Map<string, boolean>();
  readonly #maxCharacters: number;
  #characters = 0;

  constructor(maxCharacters: number) {
    this.#maxCharacters = maxCharacters;
  }

  get(topic: string): boolean | undefined {
    return this.#byTopic.get(topic);
  }

  /** Takes a topic that is not known yet; one that is too long by itself is asked about each time. */
  add(topic: string, answer: boolean): void {
    if (topic.length > this.#maxCharacters) return;
    if (this.#byTopic.size >= maxAnswers || this.#characters + topic.length > this.#maxCharacters) {
      this.#byTopic.clear();
      this.#characters = 0;
    }
    this.#byTopic.set(topic, answer);
    this.#characters += topic.length;
  }
}
