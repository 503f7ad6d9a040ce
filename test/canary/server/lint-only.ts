// canary: no-restricted-syntax as test/shared/mqtt/topic.test.ts
import { it } from 'vitest';
it.only('lets nobody else in', () => undefined);
