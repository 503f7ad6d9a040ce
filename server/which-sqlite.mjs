/**
 * The SQLite package for this Node.js. Version 13 brings ready-made binaries, but needs Node-API 10 (Node.js 22.14). Version 12 runs on Node.js 20;
 * from 24.19 on it ends the process when the garbage collector meets one of its statements outside JavaScript.
 */
const hasReadyMade = /^(linux|darwin|win32)-(x64|arm64)$/.test(`${process.platform}-${process.arch}`);

export const sqlitePackage =
  hasReadyMade && Number(process.versions.napi) >= 10 ? 'better-sqlite3-13' : 'better-sqlite3';

/** Version 12 is compiled when there is no binary of it for this Node.js. */
export const isSqliteCompiled = sqlitePackage === 'better-sqlite3';
