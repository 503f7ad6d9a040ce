import { describe, expect, it } from 'vitest';
import type { AskReply, AskStep } from '../../../../shared/api/people.ts';
import { allowanceFor } from '../../../../web/pages/ask/allowance.ts';
import { firstQuestion, topicsFor } from '../../../../web/pages/ask/question.ts';
import { placeOfRule } from '../../../../web/pages/ask/place-of-rule.ts';
import { answerInWords, stepText, stepTitle } from '../../../../web/pages/ask/step-text.ts';
import { askWords } from '../../../../web/text/ask.ts';
import { translator } from '../../../../web/text/define.ts';
import { limitsWords } from '../../../../web/text/limits.ts';
import { peopleWords } from '../../../../web/text/people.ts';
import { switchTile, testHouse, valueTile } from '../../../support/house.ts';

const context = {
  t: translator(askWords, 'en'),
  people: translator(peopleWords, 'en'),
  limits: { t: translator(limitsWords, 'en'), language: 'en' as const },
  bindingsOf: () => ({ target: { type: 'number' as const, unit: '°C', commandTopic: 'a' } }),
  locale: 'en-GB',
  who: 'Lena',
};
const no = (step: Omit<AskStep, 'outcome'>): AskReply => ({
  isAllowed: false,
  steps: [
    { kind: 'account', outcome: 'passes' },
    { ...step, outcome: 'decides' },
  ],
});
const workdays = {
  days: [1 as const, 2 as const, 3 as const, 4 as const, 5 as const],
  fromMinute: 420,
  toMinute: 1_140,
};
const sunday = new Date(2026, 10, 22, 12).getTime();
const monday = new Date(2026, 10, 23, 22).getTime();

const evening = new Date(2026, 10, 22, 21, 15).getTime();
const allowed: AskReply = {
  isAllowed: true,
  steps: [{ kind: 'allowance', outcome: 'decides', untilMs: evening }],
};

describe('allowing for a while', () => {
  const asked = { subject: { kind: 'person', id: 'l' }, action: 'send', topic: 'lamp/set' } as const;
  it.each([
    ['a refusal', asked, no({ kind: 'exception', level: 'see' }), 'allow'],
    ['what is allowed for a while', asked, allowed, 'disallow'],
    ['what is allowed anyway', asked, { isAllowed: true, steps: [{ kind: 'role', outcome: 'decides' }] }, undefined],
    ['an ended account', asked, no({ kind: 'account' }), undefined],
    ['a whole branch', { ...asked, topic: 'lamp/#' }, no({ kind: 'closed' }), undefined],
    ['another time', { ...asked, atMs: monday }, no({ kind: 'closed' }), undefined],
  ] as const)('is offered as it fits: %s', (_what, question, reply, expected) => {
    expect(allowanceFor(question, reply)).toBe(expected);
  });

  it('is said with its end', () => {
    expect(answerInWords(allowed, evening, context)).toBe('Yes, until 21:15');
    expect(stepTitle({ kind: 'allowance', outcome: 'decides', untilMs: evening }, true, context)).toBe(
      'Allowed for a while',
    );
    expect(stepText({ kind: 'allowance', outcome: 'decides', untilMs: evening }, context)).toBe('Until 21:15');
  });
});

describe('the answer in one line', () => {
  it.each([
    ['Pacific/Auckland', 'No, not at this time'],
    ['UTC', 'No, not on Sunday'],
  ])('counts days as %s does', (timeZone, expected) => {
    const reply = no({ kind: 'exception', level: 'operate', hours: workdays });
    expect(answerInWords(reply, Date.UTC(2026, 10, 22, 12), { ...context, timeZone })).toBe(expected);
  });

  it.each<[string, AskReply, number, string]>([
    ['yes', { isAllowed: true, steps: [] }, monday, 'Yes'],
    ['yes, held', { isAllowed: true, needsHold: true, steps: [] }, monday, 'Yes, by holding'],
    ['a wrong day', no({ kind: 'exception', level: 'operate', hours: workdays }), sunday, 'No, not on Sunday'],
    ['a wrong hour', no({ kind: 'exception', level: 'operate', hours: workdays }), monday, 'No, not at this time'],
    ['a room to look at', no({ kind: 'room', name: 'Hall', level: 'see' }), monday, 'No, only to look at'],
    ['a closed room', no({ kind: 'room', name: 'Hall', level: 'no' }), monday, 'No, not this room'],
    [
      'out of the range',
      no({ kind: 'exception', level: 'operate', because: 'range' }),
      monday,
      'No, outside of the range',
    ],
    ['too often', no({ kind: 'exception', because: 'times' }), monday, 'No, not so often in an hour'],
    ['a card without uses', no({ kind: 'card', because: 'uses' }), monday, 'No, no uses are left'],
    ['nothing', no({ kind: 'closed' }), monday, 'No, nothing allows it'],
  ])('%s', (_name, reply, atMs, expected) => {
    expect(answerInWords(reply, atMs, context)).toBe(expected);
  });
});

describe('a rule in words', () => {
  const step = (part: Omit<AskStep, 'outcome'>): AskStep => ({ ...part, outcome: 'decides' });
  it.each<[AskStep, string, string]>([
    [
      step({ kind: 'exception', name: 'Garage door', level: 'operate', hours: workdays }),
      'Exception of Lena: Garage door',
      'Operate Mon–Fri 07:00–19:00',
    ],
    [
      step({ kind: 'exception', name: 'Radiator', level: 'operate', range: { min: 17, max: 22 }, timesPerHour: 3 }),
      'Exception of Lena: Radiator',
      'Operate, 17 to 22\u00a0°C, 3 times an hour',
    ],
    [step({ kind: 'card', because: 'range', atMostPercent: 80 }), 'Card of Lena', 'Nothing above 80\u00a0%'],
    [step({ kind: 'room', name: 'Garage', level: 'operate' }), 'Room Garage', 'Lena: Operate'],
    [step({ kind: 'role', name: 'member' }), 'Role Member', 'Nothing beyond rooms and exceptions'],
    [step({ kind: 'topic-rule', rule: { access: 'deny', filter: 'a/#' } }), 'Topic rules of Lena', 'a/# · deny'],
    [step({ kind: 'account' }), 'The account is blocked or has ended', ''],
  ])('%o', (one, title, text) => {
    expect([stepTitle(one, false, context), stepText(one, context)]).toEqual([title, text]);
  });
});

describe('a question', () => {
  const own = { kind: 'person' as const, id: 'me' };
  const house = testHouse([valueTile('climate', 'climate'), switchTile('lamp')]);

  it('begins with the first thing that can be operated', () => {
    expect(firstQuestion(house, undefined, own)).toEqual({ subject: own, action: 'send', topic: 'lamp/set' });
  });

  it('begins with the tile it came from', () => {
    expect(firstQuestion(house, { kind: 'tile', id: 'climate' }, own)).toMatchObject({
      action: 'read',
      topic: 'climate',
    });
  });

  it('begins with the person or the device it came from', () => {
    expect(firstQuestion(house, { kind: 'device', id: 'd1' }, own).subject).toEqual({ kind: 'device', id: 'd1' });
  });

  it('is about topics that a tile sends to or hears', () => {
    const [tile] = testHouse([switchTile('lamp', { availability: { topic: 'lamp/online' } })]).tiles;
    expect(tile && topicsFor(tile, 'send')).toEqual(['lamp/set']);
    expect(tile && topicsFor(tile, 'read')).toEqual(['lamp/state', 'lamp/online']);
  });

  it('leads to where its rule is changed, and nowhere for what nobody can change', () => {
    expect(placeOfRule({ kind: 'device', id: 'd1' }, { kind: 'closed', outcome: 'decides' })).toBe('/devices/d1');
    expect(placeOfRule({ kind: 'person', id: 'p1' }, { kind: 'room', outcome: 'decides' })).toBe('/people/p1');
    expect(placeOfRule({ kind: 'device', id: 'd1' }, { kind: 'group-rule', outcome: 'decides' })).toBe('/people');
    expect(placeOfRule({ kind: 'person', id: 'p1' }, { kind: 'role-rule', outcome: 'decides' })).toBe('/groups/roles');
    expect(placeOfRule({ kind: 'person', id: 'p1' }, { kind: 'system', outcome: 'decides' })).toBeUndefined();
  });
});
