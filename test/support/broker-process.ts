import { createEngine } from '../../server/broker/engine/create-engine.ts';
import { listenTcp } from '../../server/broker/listen/tcp.ts';
import { createLogSync } from '../../server/broker/store/log-sync.ts';
import { createSqliteEngineStore } from '../../server/broker/store/sqlite.ts';
import { migrateEngineTables } from '../../server/broker/store/tables.ts';
import { createCheckpoints } from '../../server/store/checkpoints.ts';
import { Database } from '../../server/store/sqlite.ts';

// A broker in a process of its own, to be killed: `node broker-process.js DATABASE`. Prints its port.
const db = new Database(process.argv[2] ?? ':memory:');
db.pragma('journal_mode = WAL');
db.pragma('synchronous = NORMAL');
migrateEngineTables(db);
// Far more often than in a house, so that kills fall into them.
const checkpoints = createCheckpoints(db, { pages: 50, onBroken: () => process.exit(1) });
const engine = createEngine({
  store: createSqliteEngineStore(db, { logSync: createLogSync(db), checkpoints }),
  authenticate: ({ username = 'anyone' }) =>
    Promise.resolve({ ok: true, principal: { kind: 'device', id: username, name: username } }),
  authorize: (_principal, _action, topic) => topic !== 'forbidden',
});
const { port } = await listenTcp(engine, { host: '127.0.0.1', port: Number(process.argv[3] ?? 0) });
process.stdout.write(`${port}\n`);
