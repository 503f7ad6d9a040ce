import { describe, expect, it } from 'vitest';
import type { Binding } from '../../../shared/house/binding.ts';
import type { Tile } from '../../../shared/house/house.ts';
import { bindingToForm, emptyBinding, formToBinding, withRange } from '../../../web/editor/tile/binding-form.ts';
import { parseRange, parseTyped, typed } from '../../../web/editor/tile/numbers.ts';
import { formToTile, tileToForm, withKind, type Roles, type TileForm } from '../../../web/editor/tile/tile-form.ts';
import { checkForm, finishTile } from '../../../web/editor/tile/validate.ts';
import { editorWords } from '../../../web/text/editor.ts';

const roles: Roles = {
  power: { type: 'boolean', direction: 'both', isRequired: true, label: 'roleValue' },
  brightness: { type: 'number', direction: 'both', label: 'roleValue' },
};
const place = { id: 'lamp', roomId: 'living' };
const lamp: Tile = {
  ...place,
  kind: 'light',
  title: 'Lamp',
  icon: 'lamp',
  bindings: {
    power: { type: 'boolean', stateTopic: 'z/lamp', commandTopic: 'z/lamp/set', path: '$.state', on: 'ON', off: 'OFF', template: '{"state":"{{value}}"}' },
    brightness: { type: 'number', stateTopic: 'z/lamp', commandTopic: 'z/lamp/set', path: '$.brightness', scale: 100 / 254, min: 0, max: 100, unit: '%', qos: 2, retain: true },
  },
  availability: { topic: 'z/lamp/availability', path: '$.state' },
  timeoutMs: 2_500,
  staleAfterSeconds: 600,
  live: { intervalMs: 200 },
  hold: 'off',
  favourite: true,
  options: { presets: [20, 50] },
}; // prettier-ignore

describe('from tile to form and back', () => {
  it('loses nothing', () => {
    const tile = formToTile(tileToForm(lamp, roles), place, roles);
    expect(tile).toMatchObject({ ...lamp, bindings: { power: lamp.bindings['power'] } });
    expect(tile.bindings['brightness']).toMatchObject({ min: 0, max: 100, unit: '%', qos: 2, retain: true });
    const scale = tile.bindings['brightness']?.type === 'number' ? tile.bindings['brightness'].scale : 0;
    expect(scale).toBeCloseTo(100 / 254, 8);
  });

  it.each<Binding>([
    { type: 'number', stateTopic: 't', min: -20, max: 50, unit: '°C', decimals: 1 },
    { type: 'number', stateTopic: 't', commandTopic: 't/set', min: 5, max: 30, step: 0.5, unit: '°C' },
    { type: 'number', stateTopic: 't', scale: 0.1, offset: -4, min: 0, max: 20 },
    { type: 'number', commandTopic: 't', mired: true, min: 2_000, max: 6_500 },
    { type: 'color', stateTopic: 't', format: 'hsv' },
    { type: 'text', stateTopic: 't', path: '$.a' },
    { type: 'boolean', stateTopic: 't', commandTopic: 'u', commandOn: '{"a":1}', commandOff: '{"a":0}', qos: 0 },
  ])('keeps %j', (binding) => {
    const back = formToBinding(bindingToForm(binding));
    const { min, max, ...rest } = binding.type === 'number' ? binding : { ...binding, min: undefined, max: undefined };
    expect(back).toMatchObject(rest);
    if (min !== undefined && back?.type === 'number') {
      expect(Math.abs((back.min ?? 0) - min)).toBeLessThanOrEqual(
        binding.type === 'number' && binding.mired ? 3 : 1e-6,
      );
      expect(Math.abs((back.max ?? 0) - (max ?? 0))).toBeLessThanOrEqual(
        binding.type === 'number' && binding.mired ? 3 : 1e-6,
      );
    }
  });

  it('leaves unused roles and unreadable fields out, never the typed text', () => {
    const form = tileToForm({ ...lamp, bindings: {} }, roles);
    expect(formToTile(form, place, roles).bindings).toEqual({});
    const bad = { ...emptyBinding('number'), stateTopic: 't', range: 'abc', scale: 'x' };
    expect(formToBinding(bad)).toEqual({ type: 'number', stateTopic: 't' });
  });

  it('keeps old roles when the kind changes there and back', () => {
    const other: Roles = { value: { type: 'number', direction: 'state', isRequired: true, label: 'roleValue' } };
    const form = tileToForm(lamp, roles);
    const changed = withKind(form, roles, { kind: 'value', roles: other });
    expect(formToTile(changed, place, other).bindings).toMatchObject({
      value: { type: 'number', stateTopic: 'z/lamp', path: '$.state' },
    });
    expect(formToTile(changed, place, other).bindings['value']).not.toHaveProperty('commandTopic');
    const back = withKind(changed, other, { kind: 'light', roles });
    expect(formToTile(back, place, roles).bindings['power']).toEqual(lamp.bindings['power']);
  });
});

describe('ranges', () => {
  it.each([
    ['0 – 254', [0, 254]],
    ['-20..50', [-20, 50]],
    ['−20 – −5', [-20, -5]],
    ['0 bis 1,5', [0, 1.5]],
    ['0-100', [0, 100]],
    ['5', undefined],
    ['a – b', undefined],
    ['1 – ', undefined],
    ['1'.repeat(99), undefined],
  ])('%s', (text, range) => expect(parseRange(text)).toEqual(range));

  it('stretches the device range to percent', () => {
    const form = withRange({ ...emptyBinding('number'), stateTopic: 't', unit: '%' }, { range: '0 – 254' });
    expect(formToBinding(form)).toMatchObject({ min: 0, max: 100, unit: '%' });
    expect(Number(form.scale)).toBeCloseTo(0.3937, 4);
    expect(withRange(form, { range: '0 – 100' }).scale).toBe('');
    const volts = withRange({ ...emptyBinding('number'), stateTopic: 't', unit: 'V' }, { range: '0 – 12' });
    expect(formToBinding(volts)).toMatchObject({ min: 0, max: 12 });
  });

  it.each([
    ['2,5', 2.5],
    ['−3', -3],
    ['1e3', 1000],
    ['', undefined],
    ['abc', undefined],
    ['1.2.3', undefined],
    ['9'.repeat(30), undefined],
  ])('reads %j as typed', (text, value) => expect(parseTyped(text)).toBe(value));
  it('writes numbers briefly', () => expect(typed(100 / 254)).toBe('0.3937007874'));
});

describe('what is wrong', () => {
  const good = tileToForm(lamp, roles);
  const withPower = (change: Partial<TileForm['bindings'][string]>): TileForm => ({
    ...good,
    bindings: { ...good.bindings, power: { ...(good.bindings['power'] ?? emptyBinding('boolean')), ...change } },
  });
  const withBrightness = (change: Partial<TileForm['bindings'][string]>): TileForm => ({
    ...good,
    bindings: {
      ...good.bindings,
      brightness: { ...(good.bindings['brightness'] ?? emptyBinding('number')), ...change },
    },
  });
  it.each<readonly [string, TileForm, string]>([
    ['title', { ...good, title: '  ' }, 'errorTitle'],
    ['title', { ...good, title: 'x'.repeat(81) }, 'errorTitleLong'],
    ['power.stateTopic', withPower({ stateTopic: '', commandTopic: '' }), 'errorStateMissing'],
    ['power.stateTopic', withPower({ stateTopic: 'a/#' }), 'errorTopicSign'],
    ['power.commandTopic', withPower({ commandTopic: 'a/+/b' }), 'errorTopicSign'],
    ['power.stateTopic', withPower({ stateTopic: 'a'.repeat(600) }), 'errorTopicLong'],
    ['power.path', withPower({ path: '$.a[' }), 'errorPath'],
    ['power.off', withPower({ on: '1', off: '0|1' }), 'errorSamePayload'],
    ['brightness.range', withBrightness({ range: '5' }), 'errorRange'],
    ['brightness.range', withBrightness({ range: '9 – 1' }), 'errorRangeOrder'],
    ['brightness.scale', withBrightness({ scale: '0' }), 'errorScaleZero'],
    ['brightness.offset', withBrightness({ offset: 'x' }), 'errorNumber'],
    ['brightness.decimals', withBrightness({ decimals: '1,5' }), 'errorWhole'],
    ['brightness.step', withBrightness({ step: '-1' }), 'errorBetween'],
    ['brightness.unit', withBrightness({ unit: 'x'.repeat(13) }), 'errorUnitLong'],
    ['timeout', { ...good, timeout: '500' }, 'errorBetween'],
    ['liveInterval', { ...good, liveInterval: '1' }, 'errorBetween'],
    ['availabilityTopic', { ...good, availabilityTopic: '#' }, 'errorTopicSign'],
  ])('%s', (field, form, key) => {
    expect(checkForm(form, roles)).toMatchObject({ [field]: { key } });
    expect(finishTile(form, place, roles)).toHaveProperty('errors');
  });

  it('finds nothing in a good form and ignores roles that are not used', () => {
    expect(checkForm(good, roles)).toEqual({});
    expect(finishTile(good, place, roles)).toHaveProperty('tile');
    expect(checkForm(withBrightness({ stateTopic: '', commandTopic: '', range: 'x' }), roles)).toEqual({});
  });

  it('catches what only the schema knows', () => {
    expect(finishTile({ ...good, icon: 'Not an icon!' }, place, roles)).toMatchObject({
      errors: { tile: { key: 'errorTile' } },
    });
  });
});

describe('the catalogue', () => {
  it('has no accidental plural form', () => {
    for (const texts of [editorWords.en, editorWords.de]) {
      for (const [key, text] of Object.entries(texts)) {
        const forms = text.split('|').length;
        expect(forms === 1 || (forms === 2 && text.includes('{n}')), key).toBe(true);
      }
    }
  });
});
