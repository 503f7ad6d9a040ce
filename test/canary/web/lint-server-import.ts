// canary: no-restricted-imports as web/app/context.ts
import type { Config } from '../../server/config.ts';
export type Port = Config['httpPort'];
