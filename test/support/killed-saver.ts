import { openDatabase } from '../../server/store/open-database.ts';

/** Saves without end and says each revision that is safe, until it is killed. */
const store = openDatabase(process.argv[2] ?? '');
const insert = store.db.prepare('INSERT INTO house_revision VALUES (?, ?, NULL, 0)');
const document = JSON.stringify({ filler: 'x'.repeat(50_000) });
for (let revision = 1; ; revision += 1) {
  const saved = store.durable(() => {
    insert.run(revision, document);
    insert.run(-revision, document);
  });
  if (saved.ok) process.stdout.write(`${revision}\n`);
}
