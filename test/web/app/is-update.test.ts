import { expect, it } from 'vitest';
import { isUpdate } from '../../../web/app/is-update.ts';

const worker = {} as ServiceWorker;

it.each([
  ['no registration', undefined, false],
  ['the first version still waits', { active: null, waiting: worker }, false],
  ['the first version works', { active: worker, waiting: null }, false],
  ['a new version waits behind an older one', { active: worker, waiting: worker }, true],
])('%s', (_name, registration, expected) => {
  expect(isUpdate(registration)).toBe(expected);
});
