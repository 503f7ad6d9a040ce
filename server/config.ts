import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { EngineLimits } from './broker/engine/limits.ts';
import type { IconTable } from '../shared/tile/kind-icons.ts';
import type { Range } from './tls/ranges.ts';

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
  /** HTTPS and WSS, and MQTT over TLS; the same rules. */
  readonly httpsPort: number | 'off';
  readonly mqttsPort: number | 'off';
  /** Who may use MQTT without TLS; this machine always may. */
  readonly mqttPlain: 'all' | 'off' | readonly Range[];
  /** `redirect`: without TLS there is only the way to HTTPS and the page that leads there. */
  readonly httpPlain: 'all' | 'redirect';
  /** A certificate of one's own, read anew when it changes. Both or none. */
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  /** Certificates for the public hosts from an ACME authority such as Let's Encrypt. */
  readonly acme: boolean;
  readonly acmeEmail?: string;
  readonly acmeDirectory: string;
  /** Where the authority's questions arrive: port 80, seen from outside. `off`: they arrive at `httpPort`. */
  readonly acmePort: number | 'off';
  /** Announces `kachel.local` on the local network. */
  readonly mdns: boolean;
  /** What acknowledged messages survive: a power cut (`full`), a crash of the program (`process`), or only that all goes well (`none`). */
  readonly durability: Durability;
  /** What the broker bounds otherwise than by default. */
  readonly brokerLimits: Partial<EngineLimits>;
  readonly demo: boolean;
  /** Only on loopback, only for tests. */
  readonly allowAnonymous: boolean;
  readonly logLevel: 'silent' | 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';
  /** Creates the owner when there is none (`KACHEL_OWNER=name:password`). */
  readonly owner?: { readonly name: string; readonly password: string };
  /** Opens `/metrics` to programs that have no login. */
  readonly metricsToken?: string;
  /** Built page (`dist/web`, `.br` and `.gz` beside each text file); absent in development. */
  readonly webDir?: string;
  /** Development only: serves the page instead of `webDir`. */
  readonly pageHost?: PageHost;
  /** The emitted icon set (`dist/server/icons.json`): an object of icon name → `[path data, search words]`. */
  readonly iconsFile?: string;
  /** The emitted table of the icons that tiles show by themselves. */
  readonly iconTable: IconTable;
  /** The emitted house schema (JSON Schema of the whole document, all kinds). */
  readonly houseJsonSchema: object;
}

export type Durability = 'full' | 'process' | 'none';

/** The database, inside the data directory. */
export const databaseFile = 'kachel.db';

/** Keys and certificates, inside the data directory. */
export const keysFolder = 'tls';

/** Every default, written once; `--help` lists them. */
export const configDefaults = {
  dataDir: './data',
  host: '0.0.0.0',
  httpPort: 8080,
  mqttPort: 1883,
  httpsPort: 8443,
  mqttsPort: 8883,
  mqttPlain: 'all',
  httpPlain: 'all',
  acme: false,
  acmeDirectory: 'https://acme-v02.api.letsencrypt.org/directory',
  acmePort: 80,
  mdns: true,
  durability: 'full',
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
