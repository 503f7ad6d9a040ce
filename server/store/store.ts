import type { Database } from 'better-sqlite3';
import type { Problem } from '../../shared/api/problem.ts';
import type { Result } from '../../shared/result.ts';

/** The one SQLite database of a house. */
export interface Store {
  readonly db: Database;
  /** One transaction that survives a power cut once it returns; all of it or nothing. A full or broken disk is a value. */
  durable<T>(write: () => T): Result<T, Problem>;
  /** One transaction that survives kill -9, but not necessarily a power cut: no sync to the disk, gentle to SD cards. */
  relaxed<T>(write: () => T): Result<T, Problem>;
  /** False after a write failed, until one works again. */
  isHealthy(): boolean;
  /** Writes a consistent copy while everything runs, readable only by this user; rejects when the file cannot be written. */
  backup(file: string): Promise<void>;
  close(): void;
}

/** Codes by which SQLite says that the disk, not the program, is at fault. */
const diskCodes = /^SQLITE_(FULL|IOERR|READONLY|CANTOPEN|CORRUPT|NOTADB|PERM)/;

/** True for failures of the disk; everything else is a bug and thrown on. */
export const isDiskFailure = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && diskCodes.test(error.code);
