import { describe, expect, it } from 'vitest';
import { deedKinds, type Deed, type LogActor, type LogEntry } from '../../../shared/api/logbook.ts';
import { byDay } from '../../../web/pages/log/days.ts';
import { footnoteOf, sentenceOf, type Wording } from '../../../web/pages/log/sentence.ts';
import { questionIn } from '../../../web/pages/ask/question.ts';
import { whyPath } from '../../../web/pages/log/why.ts';
import { translator, type Language } from '../../../web/text/define.ts';
import { deedWords } from '../../../web/text/deed.ts';
import { logWords } from '../../../web/text/log.ts';
import { tileWords } from '../../../web/text/tile.ts';

const wording = (language: Language): Wording => ({
  t: translator(logWords, language),
  tileText: translator(tileWords, language),
  deedText: translator(deedWords, language),
  language,
});
const entry = (over: Partial<LogEntry>): LogEntry => ({
  id: 1,
  atMs: Date.UTC(2026, 10, 22, 21, 45),
  kind: 'command',
  actor: { kind: 'person', id: 'a', name: 'Anna', via: 'page', address: '192.168.1.7' },
  tile: { id: 'lamp', title: 'Ceiling light', roomId: 'living', room: 'Living room' },
  ...over,
});
/** Names in asterisks. */
const say = (over: Partial<LogEntry>, language: Language = 'en'): string =>
  sentenceOf(entry(over), wording(language))
    .map(({ text, isName }) => (isName ? `*${text}*` : text))
    .join('');
const below = (over: Partial<LogEntry>, language: Language = 'en') => footnoteOf(entry(over), wording(language));

describe('a sentence of the log', () => {
  it.each([
    [{ value: true }, '*Anna* turned *Ceiling light* on', '*Anna* hat *Ceiling light* eingeschaltet'],
    [
      { value: 62, unit: '%' },
      '*Anna* set *Ceiling light* to 62\u00a0%',
      '*Anna* hat *Ceiling light* auf 62\u00a0% gestellt',
    ],
    [
      { value: { h: 226, s: 92, v: 100 } },
      '*Anna* set *Ceiling light* to blue',
      '*Anna* hat *Ceiling light* auf Blau gestellt',
    ],
    [
      { payload: 'TOGGLE' },
      '*Anna* sent “TOGGLE” to *Ceiling light*',
      '*Anna* hat „TOGGLE“ an *Ceiling light* gesendet',
    ],
    [{}, '*Anna* operated *Ceiling light*', '*Anna* hat *Ceiling light* bedient'],
    [
      { kind: 'change' as const, value: false },
      '*Ceiling light* off, at the device itself',
      '*Ceiling light* aus, am Gerät selbst',
    ],
    [
      { kind: 'refused' as const, action: 'send' as const, payload: 'OPEN' },
      '*Anna* wanted to send “OPEN” to *Ceiling light*',
      '*Anna* wollte „OPEN“ an *Ceiling light* senden',
    ],
  ])('%j', (over, english, german) => {
    expect(say(over)).toBe(english);
    expect(say(over, 'de')).toBe(german);
  });

  const deed = (of: Deed, actor?: LogActor | null): Partial<LogEntry> => ({
    kind: 'access',
    deed: of,
    ...(actor === null ? { actor: undefined as never } : actor ? { actor } : {}),
  });
  it.each([
    [
      deed({ what: 'invited', name: 'Paul', role: 'guest' }),
      '*Anna* made a guest card for *Paul*',
      '*Anna* hat eine Gastkarte für *Paul* gemacht',
    ],
    [
      deed({ what: 'access-given', name: 'Lena', target: 'Kitchen', level: 'operate' }),
      '*Anna* lets *Lena* operate *Kitchen*',
      '*Anna* lässt *Lena* *Kitchen* bedienen',
    ],
    [
      deed({ what: 'person-ended', name: 'Paul' }, null),
      'The access of *Paul* has ended',
      'Der Zugang von *Paul* ist abgelaufen',
    ],
    [
      deed({ what: 'device-added', name: 'Plug' }, { kind: 'server', id: '', name: '' }),
      '*The command line* added the device *Plug*',
      '*Die Kommandozeile* hat das Gerät *Plug* hinzugefügt',
    ],
  ])('of rights: %j', (over, english, german) => {
    expect(say(over)).toBe(english);
    expect(say(over, 'de')).toBe(german);
  });

  it('knows one for every deed, in both languages', () => {
    for (const what of deedKinds)
      for (const language of ['en', 'de'] as const)
        expect(say(deed({ what, name: 'Paul' }), language)).toMatch(/^[^{}]{10,}$/);
  });

  it('takes what a stranger sent for text, also where it looks like a place', () => {
    expect(say({ payload: '{who} <b>' })).toBe('*Anna* sent “{who} <b>” to *Ceiling light*');
  });
});

describe('the line below', () => {
  it('says from where, and how it ended', () => {
    expect(below({ outcome: 'confirmed', answeredAfterMs: 214, count: 3 })).toEqual({
      text: 'Kachel, 192.168.1.7 · answered in 0.2 s · 3 commands',
      tone: 'plain',
    });
    expect(below({ outcome: 'silent' }, 'de')).toEqual({
      text: 'Kachel, 192.168.1.7 · Ceiling light hat nicht geantwortet',
      tone: 'alarm',
    });
    const parts = ['role', 'rooms', 'end'] as const;
    expect(below({ kind: 'access', deed: { what: 'person-changed', name: 'Lena', role: 'member', parts } }).text).toBe(
      'Kachel, 192.168.1.7 · as member · rooms and tiles, end',
    );
    expect(below({ kind: 'change' }).text).toBe('nobody in Kachel did this');
    expect(below({ kind: 'refused' }).tone).toBe('refused');
  });
});

describe('the days of the log', () => {
  it('are those of the home, not of the phone', () => {
    const nowMs = Date.UTC(2026, 10, 22, 23, 30);
    const days = byDay(
      [
        entry({ id: 3, atMs: nowMs }),
        entry({ id: 2, atMs: Date.UTC(2026, 10, 22, 22, 0) }),
        entry({ id: 1, atMs: Date.UTC(2026, 10, 20, 12, 0) }),
      ],
      { t: translator(logWords, 'en'), locale: 'en-GB', timeZone: 'Europe/Berlin', nowMs },
    );
    expect(days.map(({ title, entries }) => [title, entries.map(({ id }) => id)])).toEqual([
      ['Today, Monday 23 November', [3]],
      ['Yesterday, Sunday 22 November', [2]],
      ['Friday 20 November', [1]],
    ]);
  });
});

describe('the question behind a refusal', () => {
  const owner = { id: 'o', mayManage: true };
  const member = { id: 'a', mayManage: false };
  const plug = { kind: 'device', id: 'd', name: 'Plug' } as const;
  const lena = { kind: 'person', id: 'l', name: 'Lena' } as const;
  const refused = (over: Partial<LogEntry>): LogEntry =>
    entry({ kind: 'refused', action: 'send', topic: 'gate/set', ...over });

  it.each([
    ['an owner asks about a device', refused({ actor: plug }), owner, '/ask/device/d?action=send&topic=gate%2Fset'],
    ['an owner asks about a person', refused({ actor: lena }), owner, '/ask/person/l?action=send&topic=gate%2Fset'],
    ['a member asks about himself', refused({}), member, '/ask/person/a?action=send&topic=gate%2Fset'],
    ['a member does not ask about others', refused({ actor: lena }), member, undefined],
    ['a member does not ask about devices', refused({ actor: plug }), member, undefined],
    ['nothing was refused', entry({ topic: 'gate/set' }), owner, undefined],
    ['nobody knows who', refused({ actor: { kind: 'anonymous', id: '', name: 'x' } }), owner, undefined],
  ] as const)('%s', (_name, one, asker, path) => {
    expect(whyPath(one, asker)).toBe(path);
  });

  it('is read from the address as it was put there', () => {
    const path = whyPath(refused({ actor: plug, action: 'read', topic: 'a b/#&ü' }), owner) ?? '';
    expect(questionIn(new URL(path, 'http://kachel').search)).toEqual({ action: 'read', topic: 'a b/#&ü' });
    expect(questionIn('?topic=a')).toBeUndefined();
    expect(questionIn('?topic=a&action=rule')).toBeUndefined();
    expect(questionIn('')).toBeUndefined();
  });
});
