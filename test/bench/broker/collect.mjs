/** Loaded into the server under attack: on SIGUSR2 it collects garbage, so that what is left afterwards is what it holds on to. */
import { Session } from 'node:inspector/promises';
import process from 'node:process';
import { isMainThread } from 'node:worker_threads';

if (isMainThread) {
  process.on('SIGUSR2', () => {
    const session = new Session();
    session.connect();
    void session
      .post('HeapProfiler.enable')
      .then(() => session.post('HeapProfiler.collectGarbage'))
      .then(() => session.disconnect());
  });
}
