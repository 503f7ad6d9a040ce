import type BetterSqlite from 'better-sqlite3';
import { createRequire } from 'node:module';
import { sqlitePackage } from '../which-sqlite.mjs';

/** SQLite, in the version that fits this Node.js. */
export const Database = createRequire(import.meta.url)(sqlitePackage) as typeof BetterSqlite;
