import type { HouseReply } from '../../shared/api/contract.ts';
import type { Problem } from '../../shared/api/problem.ts';
import { houseVersion, type House } from '../../shared/house/house.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Store } from '../store/store.ts';
import type { ValidateHouse } from './validate.ts';

/** Revisions that are kept; older ones go with each save. */
export const maxRevisions = 50;

/** A save that lost the race carries the winner. */
export type SaveProblem = Problem & { readonly current?: HouseReply };

export interface SaveInput {
  readonly document: unknown;
  /** Absent: replaces whatever is there (import, demo). */
  readonly baseRevision?: number;
  readonly by?: string;
}

/** The house document with its revisions. */
export interface HouseDocument {
  current(): HouseReply;
  /** Reads an unknown document as a house, or names the first place where it is none. */
  read(document: unknown): Result<House, Problem>;
  /** What speaks against a save on this revision: a newer one. */
  staleness(baseRevision: number): SaveProblem | undefined;
  /** Validates, then writes in one transaction: a new revision, or nothing at all. */
  save(input: SaveInput): Result<HouseReply, SaveProblem>;
  /** Called after each save, in the same turn. */
  onSaved(listener: (reply: HouseReply) => void): () => void;
}

interface Row {
  readonly revision: number;
  readonly document: string;
  readonly saved_by: string | null;
}

const emptyHouse: House = { version: houseVersion, name: 'Kachel', rooms: [], tiles: [] };

const toReply = ({ revision, document, saved_by }: Row): HouseReply => ({
  revision,
  // Only validated documents are ever written.
  house: JSON.parse(document) as House,
  ...(saved_by === null ? {} : { by: saved_by }),
});

export function createHouseDocument(store: Store, validate: ValidateHouse, nowMs: () => number): HouseDocument {
  const { db } = store;
  const newest = db.prepare<[], Row>(
    'SELECT revision, document, saved_by FROM house_revision ORDER BY revision DESC LIMIT 1',
  );
  const insert = db.prepare('INSERT INTO house_revision VALUES (?, ?, ?, ?)');
  const forget = db.prepare('DELETE FROM house_revision WHERE revision <= ?');
  const listeners = new Set<(reply: HouseReply) => void>();
  const row = newest.get();
  const staleness = (baseRevision: number): SaveProblem | undefined =>
    baseRevision === current.revision
      ? undefined
      : { code: 'stale-revision', message: 'Somebody else saved in the meantime.', current };
  let current: HouseReply = row ? toReply(row) : { revision: 0, house: emptyHouse };

  return {
    current: () => current,
    read: validate,
    staleness,
    save: ({ document, baseRevision, by }) => {
      const stale = baseRevision === undefined ? undefined : staleness(baseRevision);
      if (stale) return fail(stale);
      const valid = validate(document);
      if (!valid.ok) return valid;
      const next: HouseReply = {
        revision: current.revision + 1,
        house: valid.value,
        ...(by === undefined ? {} : { by }),
      };
      const written = store.durable(() => {
        insert.run(next.revision, JSON.stringify(next.house), by ?? null, nowMs());
        forget.run(next.revision - maxRevisions);
      });
      if (!written.ok) return written;
      current = next;
      listeners.forEach((listener) => listener(next));
      return ok(next);
    },
    onSaved: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
