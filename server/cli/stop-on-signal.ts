import type { RunningServer } from './serve.ts';

/** A clean end takes milliseconds; whoever hangs longer is left behind, the database is safe at any moment. */
const maxStopMs = 4_500;

/** Ends cleanly on SIGTERM and Ctrl-C; a second signal ends at once. */
export function stopOnSignal(server: RunningServer): void {
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) process.exit(1);
    isStopping = true;
    setTimeout(() => process.exit(1), maxStopMs).unref();
    server.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        server.app.log.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // A closed terminal must not kill the house in mid-write.
  process.on('SIGHUP', stop);
}
