import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** Everything the server can be told, read once from flags and `KACHEL_*` variables (server/cli/). Plugins take parts of it as options. */
export interface Config {
  readonly dataDir: string;
  /** Address every listener binds to. */
  readonly host: string;
  /** Further names under which people open Kachel; all others are refused with 421. */
  readonly publicHosts: readonly string[];
  /** 0 = any free port, `off` = no listener. */
  readonly httpPort: number | 'off';
  readonly mqttPort: number | 'off';
  readonly demo: boolean;
  /** Only on loopback, only for tests. */
  readonly allowAnonymous: boolean;
  readonly logLevel: 'silent' | 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';
  /** Creates the owner when there is none (`KACHEL_OWNER=name:password`). */
  readonly owner?: { readonly name: string; readonly password: string };
  /** Built page (`dist/web`, `.br` and `.gz` beside each text file); absent in development. */
  readonly webDir?: string;
  /** Development only: serves the page instead of `webDir`. */
  readonly pageHost?: PageHost;
  /** The emitted icon set (`dist/server/icons.json`): an object of icon name → `[path data, search words]`. */
  readonly iconsFile?: string;
  /** The emitted house schema (JSON Schema of the whole document, all kinds). */
  readonly houseJsonSchema: object;
}

/** The database, inside the data directory. */
export const databaseFile = 'kachel.db';

/** Every default, written once; `--help` lists them. */
export const configDefaults = {
  dataDir: './data',
  host: '0.0.0.0',
  httpPort: 8080,
  mqttPort: 1883,
  demo: false,
  allowAnonymous: false,
  logLevel: 'info',
} as const;

/** Vite in development: everything that is not ours (`/api`, `/mqtt`) goes to it, and the CSP header is left out. */
export interface PageHost {
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** Gets every WebSocket upgrade of `upgradePath`. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  readonly upgradePath: string;
}
