import type { AskInput, Subject } from '../../../shared/api/people.ts';
import type { House, Tile } from '../../../shared/house/house.ts';

export type Action = AskInput['action'];

/** The topics of a tile that an action is about: what it sends to, or what it hears. */
export function topicsFor({ bindings, availability }: Tile, action: Action): string[] {
  const all = Object.values(bindings).map(({ commandTopic, stateTopic }) =>
    action === 'send' ? commandTopic : stateTopic,
  );
  const heard = action === 'read' ? [...all, availability?.topic] : all;
  return [...new Set(heard.filter((topic) => topic !== undefined))];
}

/** What an address asks about: `?action=send&topic=a/b&payload=ON`. */
export function questionIn(search: string): Pick<AskInput, 'action' | 'topic' | 'payload'> | undefined {
  const query = new URLSearchParams(search);
  const [action, topic, payload] = [query.get('action'), query.get('topic'), query.get('payload')];
  if ((action !== 'send' && action !== 'read') || !topic) return undefined;
  return { action, topic, ...(payload === null ? {} : { payload }) };
}

/** What a question begins with: the tile it came from, else the first that can be operated. */
export function firstQuestion(
  { tiles }: Pick<House, 'tiles'>,
  from: { readonly kind: string; readonly id: string } | undefined,
  own: Subject,
): { readonly subject: Subject; readonly action: Action; readonly topic: string } {
  const asked = from?.kind === 'tile' ? tiles.find(({ id }) => id === from.id) : undefined;
  const subject = from && from.kind !== 'tile' ? { kind: from.kind as Subject['kind'], id: from.id } : own;
  for (const tile of asked ? [asked] : tiles) {
    const [topic] = topicsFor(tile, 'send');
    if (topic !== undefined) return { subject, action: 'send', topic };
  }
  const [topic = ''] = (asked ? [asked] : tiles).flatMap((tile) => topicsFor(tile, 'read'));
  return { subject, action: 'read', topic };
}
