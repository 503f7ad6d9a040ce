import type { FastifyRequest } from 'fastify';
import type { Deed, DeedKind, DeedPart, LogActor } from '../../shared/api/logbook.ts';
import type { GroupInfo, PersonInfo } from '../../shared/api/people.ts';

/** Something that was done, by whom and when. */
export interface Done {
  readonly atMs: number;
  readonly deed: Deed;
  /** Absent: it came by itself. */
  readonly actor?: LogActor;
}

/** Whoever does something: the request he sent, the terminal of the server, or nobody. */
export type DoneBy = FastifyRequest | 'terminal' | undefined;

/** A person, a device or a group. */
export type Subject = Pick<PersonInfo, 'name'> &
  Partial<
    Pick<PersonInfo, 'role' | 'endsAtMs' | 'usesLeft' | 'grants' | 'rules'> & Pick<GroupInfo, 'people' | 'devices'>
  >;

/** Who changed rights and logins: told by whoever does it, heard by the log. */
export interface Deeds {
  note(deed: Deed, by: DoneBy): void;
  /** Tells what of a person, a device or a group is different now, under the name it had; nothing when nothing is. */
  noteChange(what: DeedKind, before: Subject, after: Subject, by: DoneBy): void;
  /** Returns dispose. */
  onDone(listener: (done: Done) => void): () => void;
}

export interface DeedsParts {
  readonly addressOf: (request: FastifyRequest) => string;
  readonly nowMs: () => number;
}

const terminal: LogActor = { kind: 'server', id: '', name: '' };

export function createDeeds({ addressOf, nowMs }: DeedsParts): Deeds {
  const listeners = new Set<(done: Done) => void>();
  const actorOf = (by: DoneBy): LogActor | undefined => {
    if (by === undefined || by === 'terminal') return by && terminal;
    const { known } = by;
    if (!known) return undefined;
    const { id, name } = known.person;
    return { kind: 'person', id, name, via: 'page', address: addressOf(by) };
  };
  const note: Deeds['note'] = (deed, by) => {
    const actor = actorOf(by);
    const done: Done = { atMs: nowMs(), deed, ...(actor ? { actor } : {}) };
    listeners.forEach((listener) => listener(done));
  };
  return {
    note,
    noteChange: (what, before, after, by) => {
      const parts = partsChanged(before, after);
      const role = parts.includes('role') && after.role !== undefined ? { role: after.role } : {};
      if (parts.length > 0) note({ what, name: before.name, parts, ...role }, by);
    },
    onDone: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** What of it is different afterwards. */
function partsChanged(before: Subject, after: Subject): readonly DeedPart[] {
  const pairs: readonly (readonly [DeedPart, unknown, unknown])[] = [
    ['name', before.name, after.name],
    ['role', before.role, after.role],
    ['end', [before.endsAtMs, before.usesLeft], [after.endsAtMs, after.usesLeft]],
    ['rooms', before.grants, after.grants],
    ['rules', before.rules, after.rules],
    ['members', [before.people, before.devices], [after.people, after.devices]],
  ];
  return pairs.flatMap(([part, old, now]) => (isSame(old, now) ? [] : part));
}
