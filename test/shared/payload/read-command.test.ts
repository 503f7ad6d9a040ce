import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Binding } from '../../../shared/house/binding.ts';
import { encode } from '../../../shared/payload/codec.ts';
import type { Value } from '../../../shared/payload/decoded.ts';
import { readCommand } from '../../../shared/payload/read-command.ts';
import { encodeUtf8 } from '../../../shared/payload/text.ts';

const boolean = (more: object = {}): Binding => ({ type: 'boolean', ...more });
const number = (more: object = {}): Binding => ({ type: 'number', ...more });
const text = (more: object = {}): Binding => ({ type: 'text', ...more });

describe('readCommand', () => {
  const commands: [string, Binding, string, Value | undefined][] = [
    ['a plain on', boolean(), 'ON', true],
    ['another spelling', boolean(), 'off', false],
    ['neither', boolean(), 'TOGGLE', undefined],
    ['the whole payload for on', boolean({ commandOn: '{"on":1}', commandOff: '{"on":0}' }), '{"on":0}', false],
    ['a template', boolean({ template: '{"state":"{{value}}"}', path: 'state' }), '{"state":"ON"}', true],
    ['the shape of a report', boolean({ template: '{"a":"{{value}}"}', path: 'state' }), '{"state":"OFF"}', false],
    ['a number with time', number({ template: '{"b":{{value}},"at":{{ts}}}' }), '{"b":12,"at":1700000000}', 12],
    ['a scaled number', number({ scale: 0.1 }), '215', 21.5],
    ['twice the same', number({ template: '{{value}}-{{ value }}' }), '7-7', 7],
    ['twice, but not the same', number({ template: 'on {{value}} {{value}}' }), 'on 7 8', undefined],
    ['a template with signs of a pattern', number({ template: 'set(.*)[{{value}}]' }), 'set(.*)[5]', 5],
    ['text inside JSON', text({ template: '{"text":"{{value}}"}' }), '{"text":"a \\"b\\""}', 'a "b"'],
    ['a colour', { type: 'color' }, '#ff0000', { h: 0, s: 100, v: 100 }],
  ];
  it.each(commands)('reads %s', (_name, binding, payload, value) => {
    expect(readCommand(binding, encodeUtf8(payload))).toEqual(value);
  });

  it('gives no value for bytes that are no text', () => {
    expect(readCommand(text(), Uint8Array.of(0xff, 0xfe))).toBeUndefined();
  });

  it('is the way back from encode', () => {
    const templates = fc.constantFrom(undefined, '{{value}}', '{"v":{{value}},"t":{{ts}}}', 'x{{value}}y');
    fc.assert(
      fc.property(templates, fc.integer({ min: -1_000, max: 1_000 }), (template, value) => {
        const binding = number(template === undefined ? {} : { template });
        const encoded = encode(binding, value, 1_700_000_000_000);
        expect(encoded.ok && readCommand(binding, encoded.payload)).toBe(value);
      }),
    );
  });
});
