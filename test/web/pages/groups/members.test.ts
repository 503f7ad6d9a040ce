import { expect, test } from 'vitest';
import type { GroupInfo } from '../../../../shared/api/people.ts';
import { membersOf, othersOf, withMember, withoutMember } from '../../../../web/pages/groups/members.ts';

const everybody = {
  people: [
    { id: 'anna', name: 'Anna' },
    { id: 'lena', name: 'Lena' },
  ],
  devices: [{ id: 'lamp', name: 'Floor lamp' }],
};
const group: GroupInfo = { id: 'g', name: 'Plugs', people: ['lena', 'gone'], devices: [], rules: [] };
const lamp = { kind: 'devices', id: 'lamp', name: 'Floor lamp' } as const;

test('shows who is in it and still there', () => {
  expect(membersOf(group, everybody).map(({ name }) => name)).toEqual(['Lena']);
});

test.each([
  ['', ['Anna', 'Floor lamp']],
  ['LAMP', ['Floor lamp']],
  ['nobody', []],
])('finds by “%s” who could come in', (search, names) => {
  expect(othersOf(group, everybody, search).map(({ name }) => name)).toEqual(names);
});

test('takes in once, and out again', () => {
  const more = withMember(withMember(group, lamp), lamp);
  expect(more.devices).toEqual(['lamp']);
  expect(withoutMember(more, lamp)).toEqual(group);
});
