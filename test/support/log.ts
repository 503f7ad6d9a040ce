import type { FastifyBaseLogger } from 'fastify';

export interface LogLine {
  readonly level: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly message: string;
}

/** A server log that is kept, for tests that look at what was written. */
export function keptLog(): { readonly log: FastifyBaseLogger; readonly lines: readonly LogLine[] } {
  const lines: LogLine[] = [];
  const write =
    (level: string) =>
    (...args: readonly unknown[]): void => {
      const [first, second] = args;
      const isText = typeof first === 'string';
      const details = isText || typeof first !== 'object' || first === null ? {} : { ...first };
      const message = isText ? first : second;
      lines.push({ level, details, message: typeof message === 'string' ? message : '' });
    };
  const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;
  const log = {
    level: 'info',
    silent: () => undefined,
    child: (): FastifyBaseLogger => log,
    ...Object.fromEntries(levels.map((level) => [level, write(level)])),
  } as unknown as FastifyBaseLogger;
  return { log, lines };
}
