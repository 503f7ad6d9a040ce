import { describe, expect, it } from 'vitest';
import { isWritten, maxCommandBytes, type Form } from '../../../shared/acl/written.ts';
import type { Binding } from '../../../shared/house/binding.ts';
import { bytes } from '../../support/house.ts';

const topic = 'lamp/set';
const number = (over: object = {}): Binding => ({ type: 'number', commandTopic: topic, ...over });
const percent: Form = { binding: number({ unit: '%' }), range: { max: 80 } };
const heater: Form = { binding: number({ unit: '°C', step: 0.5 }), range: { min: 17, max: 22 } };
const json: Form = { binding: number({ template: '{"brightness": {{value}}}', scale: 0.5 }), range: { max: 81 } };
const nested: Form = { binding: number({ path: '$.light.level' }), range: { max: 80 } };
const power: Form = { binding: { type: 'boolean', commandTopic: topic } };
const jsonPower: Form = {
  binding: {
    type: 'boolean',
    commandTopic: topic,
    template: '{"state": "{{value}}"}',
    commandOff: '{"state": "off now"}',
  },
};
const tone: Form = { binding: number({ template: '{"color_temp":{{value}}}', mired: true }) };
const color = (format: string, template?: string, range: Form['range'] = { max: 80 }): Form => ({
  binding: { type: 'color', commandTopic: topic, format, ...(template ? { template } : {}) } as Binding,
  range,
});
const text: Form = { binding: { type: 'text', commandTopic: topic } };

type Row = readonly [what: string, forms: readonly Form[], payload: string, isAllowed: boolean];

describe('what a limited tile takes', () => {
  it.each<Row>([
    ['the end itself', [percent], '80', true],
    ['less', [percent], '12.5', true],
    ['more', [percent], '81', false],
    ['a little more', [percent], '80.0001', false],
    ['blanks around it', [percent], ' 80\n', true],
    ['below what there is', [percent], '-5', true],
    ['no number', [percent], 'UP', false],
    ['nothing', [percent], '', false],
    ['a unit, which hides the rest from some', [percent], '80 %', false],
    ['an exponent', [percent], '9e1', false],
    ['hexadecimal digits', [percent], '0x64', false],
    ['two numbers', [percent], '50 100', false],
    ['a number as text', [percent], '"50"', false],
    ['between both ends', [heater], '21.5', true],
    ['under the lower end', [heater], '16.5', false],
    ['over the upper end', [heater], '22.5', false],
    ['a step that the device rounds up for the end', [json], '{"brightness":162}', true],
    ['the next one', [json], '{"brightness":163}', false],
    ['other blanks in JSON', [json], '{ "brightness" :\n 10 }', true],
    ['one more key', [json], '{"brightness":10,"effect":"blink"}', false],
    ['the same key twice', [json], '{"brightness":254,"brightness":10}', false],
    ['broken JSON', [json], '{"brightness":10', false],
    ['a plain number where the tile writes JSON', [json], '10', false],
    ['a report that has only this number', [nested], '{"light":{"level":80}}', true],
    ['a report above the end', [nested], '{"light":{"level":81}}', false],
    ['a report with more in it', [nested], '{"light":{"level":80,"boost":1}}', false],
    ['on beside a number', [power, percent], 'ON', true],
    ['off in small letters', [power, percent], 'off', true],
    ['a word that is none', [power, percent], 'TOGGLE', false],
    ['on as JSON', [jsonPower, json], '{"state":"ON"}', true],
    ['a whole payload for off', [jsonPower, json], '{"state": "off now"}', true],
    ['on with a number smuggled in', [jsonPower, json], '{"state":"ON","brightness":254}', false],
    ['on through the word itself', [jsonPower, json], '{"state":"ON","x":"ON"}', false],
    ['a white tone', [json, tone], '{"color_temp":370}', true],
    ['a colour as bright as the end', [color('hex')], '#cc0000', true],
    ['a brighter one', [color('hex')], '#ce0000', false],
    ['capitals', [color('hex')], '#CC0000', true],
    ['a white channel behind it', [color('hex')], '#000000ff', false],
    ['three numbers', [color('rgb')], '204,204,0', true],
    ['three brighter numbers', [color('rgb')], '255,0,0', false],
    ['hue, saturation, value', [color('hsv')], '120,100,80', true],
    ['a value above', [color('hsv')], '120,100,81', false],
    ['JSON within JSON', [color('json-rgb', '{"color":{{value}}}')], '{"color":{"r":204,"g":0,"b":0}}', true],
    ['a colour without brightness', [color('json-hs')], '{"h":120,"s":100}', true],
    ['with one after all', [color('json-hs')], '{"h":120,"s":100,"brightness":100}', false],
    ['text beside a limited number', [text, percent], 'anything', false],
    ['text with a topic of its own', [text], 'anything', true],
    ['a switch with a topic of its own', [power], '100', false],
    ['two tiles of one topic: both have to agree', [percent, { binding: number({ unit: '%' }) }], '90', false],
  ])('%s', (_what, forms, payload, isAllowed) => {
    expect(isWritten(forms, bytes(payload))).toBe(isAllowed);
  });

  it('is no bytes that are not text, and no large command', () => {
    expect(isWritten([percent], Uint8Array.of(0xff, 0x38))).toBe(false);
    expect(isWritten([percent], bytes('1'.padEnd(maxCommandBytes, ' ')))).toBe(true);
    expect(isWritten([percent], bytes('1'.padEnd(maxCommandBytes + 1, ' ')))).toBe(false);
  });
});
