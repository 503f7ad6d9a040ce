import type { Principal } from './broker/engine/engine.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

/** Ids have no slash. */
const separator = '/';

/**
 * An owner's page that looks with the eyes of somebody else: receives what that person may receive, and sends nothing. A kind of its own,
 * so that it can neither take over nor go on with a session of that person.
 */
export const viewerOf = (owner: Named, person: Named): Principal => ({
  kind: 'viewer',
  id: `${owner.id}${separator}${person.id}`,
  name: `${owner.name} · ${person.name}`,
});

/** Who looks, and with whose eyes. */
export function readViewer({ id }: Pick<Principal, 'id'>): { readonly ownerId: string; readonly personId: string } {
  const [ownerId = '', personId = ''] = id.split(separator);
  return { ownerId, personId };
}
