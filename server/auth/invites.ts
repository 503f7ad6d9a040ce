import type { Database } from 'better-sqlite3';
import type { Grants, InviteInfo, Role } from '../../shared/api/people.ts';
import { sha256 } from './secret.ts';

export const maxInvites = 100;

export interface Invite extends InviteInfo {
  readonly grants: Grants;
  /** Id of the owner who invites. */
  readonly invitedBy: string;
}

interface Row {
  readonly id: string;
  readonly role: Role;
  readonly name: string;
  readonly grants: string;
  readonly valid_until: number;
  readonly ends_at: number | null;
  readonly invited_by: string;
  readonly uses: number | null;
}

const toInvite = (row: Row): Invite => ({
  id: row.id,
  role: row.role,
  name: row.name,
  grants: JSON.parse(row.grants) as Grants,
  validUntilMs: row.valid_until,
  invitedBy: row.invited_by,
  ...(row.ends_at === null ? {} : { endsAtMs: row.ends_at }),
  ...(row.uses === null ? {} : { uses: row.uses }),
});

/** Open invites, as they lie in the database: only hashes of their codes. Writes belong into a transaction of the store. */
export function createInvites(db: Database) {
  const columns = 'id, role, name, grants, valid_until, ends_at, invited_by, uses';
  const open = db.prepare<[number], Row>(`SELECT ${columns} FROM invite WHERE valid_until > ? ORDER BY valid_until`);
  const byCode = db.prepare<[Buffer, number], Row>(
    `SELECT ${columns} FROM invite WHERE code_hash = ? AND valid_until > ?`,
  );
  const insert = db.prepare(`INSERT INTO invite (code_hash, ${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const remove = db.prepare('DELETE FROM invite WHERE id = ?');
  const removeOf = db.prepare('DELETE FROM invite WHERE invited_by = ?');
  const clean = db.prepare('DELETE FROM invite WHERE valid_until <= ?');
  return {
    open: (nowMs: number): Invite[] => open.all(nowMs).map(toInvite),
    byCode: (code: string, nowMs: number): Invite | undefined => {
      const row = byCode.get(sha256(code), nowMs);
      return row && toInvite(row);
    },
    insert: (invite: Invite, code: string) => {
      const { id, role, name, grants, validUntilMs, endsAtMs = null, invitedBy, uses = null } = invite;
      insert.run(sha256(code), id, role, name, JSON.stringify(grants), validUntilMs, endsAtMs, invitedBy, uses);
    },
    remove: (id: string): boolean => remove.run(id).changes > 0,
    removeOf: (personId: string) => void removeOf.run(personId),
    clean: (nowMs: number) => void clean.run(nowMs),
  };
}
export type Invites = ReturnType<typeof createInvites>;
