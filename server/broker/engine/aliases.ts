import { ProtocolViolation, protocolError, reason } from './codec/reason.ts';
import type { Topic } from './topics.ts';

/** Topic aliases a client has set up on its connection; they end with it [MQTT-3.3.2-7]. */
export class IncomingAliases {
  /** Made when first used: most connections have none. */
  #topics: Map<number, Topic> | undefined;
  readonly #maximum: number;

  constructor(maximum: number) {
    this.#maximum = maximum;
  }

  /** Maps an alias to a topic, again if need be [MQTT-3.3.2-12]. */
  set(alias: number, topic: Topic): void {
    this.#check(alias);
    this.#topics ??= new Map();
    this.#topics.set(alias, topic);
  }

  get(alias: number): Topic {
    this.#check(alias);
    return this.#topics?.get(alias) ?? protocolError('topic alias is not mapped');
  }

  #check(alias: number): void {
    if (alias >= 1 && alias <= this.#maximum) return;
    const limit = alias === 0 ? undefined : 'topicAliasMaximum';
    throw new ProtocolViolation(reason.topicAliasInvalid, `topic alias ${alias} is out of range`, limit); // [MQTT-3.3.2-8] [MQTT-3.3.2-9]
  }
}

/** Topic aliases the broker uses towards a client that allows them: the first topics it sends get one. */
export class OutgoingAliases {
  readonly #aliases = new Map<string, number>();
  readonly #maximum: number;

  constructor(maximum: number) {
    this.#maximum = maximum; // [MQTT-3.1.2-26]
  }

  /** The alias to use, and whether the client knows it already; undefined when none is left. */
  for(topic: string): { readonly alias: number; readonly isKnown: boolean } | undefined {
    const known = this.#aliases.get(topic);
    if (known !== undefined) return { alias: known, isKnown: true };
    const alias = this.#aliases.size + 1;
    return alias > this.#maximum ? undefined : { alias, isKnown: false };
  }

  /** Notes that the client was told. */
  remember(topic: string, alias: number): void {
    this.#aliases.set(topic, alias);
  }
}
