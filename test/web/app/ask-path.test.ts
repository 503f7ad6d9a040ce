import { expect, it } from 'vitest';
import { whyRefusedPath } from '../../../web/app/ask-path.ts';
import { questionIn } from '../../../web/pages/ask/question.ts';

const asked = (payload: string): string => whyRefusedPath('lamp', { refused: { topic: 'lamp/level?', payload } });

it('the question why is about what was refused', () => {
  const [path, query = ''] = asked('{"on": 1}').split('?');
  expect(path).toBe('/ask/tile/lamp');
  expect(questionIn(`?${query}`)).toEqual({ action: 'send', topic: 'lamp/level?', payload: '{"on": 1}' });
  expect(whyRefusedPath('lamp')).toBe('/ask/tile/lamp');
});

it.each([
  ['nothing', ''],
  ['more than may be asked about', 'x'.repeat(1_025)],
])('leaves %s out', (_what, payload) => {
  expect(new URLSearchParams(asked(payload).split('?')[1]).has('payload')).toBe(false);
});
