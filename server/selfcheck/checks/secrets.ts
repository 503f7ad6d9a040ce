import type { Message } from '../../../shared/mqtt/message.ts';
import { found, type Check, type CheckedHouse } from '../check.ts';
import { secretIn, type SecretKind } from '../secrets-in.ts';

/** Kept messages that are looked through; a house with more has more of the same. */
const maxMessages = 10_000;
/** Larger ones are pictures. */
const maxPayloadBytes = 64 * 1024;
/** After so many the event loop goes round once. */
const messagesPerTurn = 100;
const maxLines = 20;

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** The kind of secret that a kept message tells. */
export const secretOf = ({ topic, payload }: Pick<Message, 'topic' | 'payload'>): SecretKind | undefined =>
  payload.length > maxPayloadBytes ? undefined : secretIn(topic, Buffer.from(payload).toString());

/** How many people and things may read it, those who wrote it included. */
function readersOf({ asking }: CheckedHouse, topic: string): number {
  const who = asking.who({ action: 'read', topic });
  return who.ok ? who.value.filter(({ isAllowed }) => isAllowed).length : 0;
}

/** Nothing secret lies on a topic: what is kept there comes to everybody who subscribes, now and in a year. */
export const secrets: Check = {
  name: 'secrets',
  look: async (house) => {
    const messages = house.broker.retainedMatching('#', maxMessages);
    const hits: { readonly topic: string; readonly kind: SecretKind }[] = [];
    for (const [index, message] of messages.entries()) {
      if (index % messagesPerTurn === 0) await nextTurn();
      const kind = secretOf(message);
      if (kind) hits.push({ topic: message.topic, kind });
    }
    if (hits.length === 0) return [found('secrets-none', { n: messages.length })];
    return hits
      .slice(0, maxLines)
      .map(({ topic, kind }) =>
        found(
          kind === 'wifi' ? 'secret-wifi' : 'secret-other',
          { topic, n: readersOf(house, topic) },
          { kind: 'topic', id: topic },
        ),
      );
  },
};
