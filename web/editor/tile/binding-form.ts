import { compact } from '../../../shared/discovery/compact.ts';
import type { Binding, BindingType, ColorFormat, NumberBinding } from '../../../shared/house/binding.ts';
import { toRaw, toShown } from '../../../shared/payload/number.ts';
import { parseRange, parseTyped, typed, typedRange } from './numbers.ts';

/** A binding as typed: every field a text that may be wrong for a while, nothing gets lost. Fields of other types stay empty. */
export interface BindingForm {
  readonly type: BindingType;
  readonly stateTopic: string;
  readonly commandTopic: string;
  readonly path: string;
  readonly template: string;
  readonly on: string;
  readonly off: string;
  readonly commandOn: string;
  readonly commandOff: string;
  /** What the device counts, lowest to highest: `0 – 254`. */
  readonly range: string;
  readonly unit: string;
  readonly step: string;
  readonly scale: string;
  readonly offset: string;
  readonly mired: boolean;
  readonly decimals: string;
  readonly format: ColorFormat;
  readonly qos: 0 | 1 | 2;
  readonly retain: boolean;
}

const empty: Omit<BindingForm, 'type'> = {
  stateTopic: '', commandTopic: '', path: '', template: '', on: '', off: '', commandOn: '', commandOff: '', range: '', unit: '',
  step: '', scale: '', offset: '', mired: false, decimals: '', format: 'hex', qos: 1, retain: false,
}; // prettier-ignore

export const emptyBinding = (type: BindingType): BindingForm => ({ ...empty, type });

function numberFields(binding: NumberBinding): Partial<BindingForm> {
  const ends = [binding.min, binding.max].map((end) => (end === undefined ? undefined : toRaw(binding, end)));
  const [from, to] = binding.mired ? [ends[1], ends[0]] : ends;
  const hasOne = (binding.min === undefined) !== (binding.max === undefined);
  return {
    range: hasOne ? '' : typedRange(rounded(from), rounded(to)),
    unit: binding.unit ?? '',
    step: typed(binding.step),
    scale: typed(binding.scale),
    offset: typed(binding.offset),
    mired: binding.mired ?? false,
    decimals: typed(binding.decimals),
  };
}
const rounded = (value: number | undefined): number | undefined =>
  value === undefined ? undefined : Math.round(value * 1_000) / 1_000;

/** As the schema reads optional fields: absent or undefined. */
type Loose<T> = { readonly [Key in keyof T]?: T[Key] | undefined };

export function bindingToForm(binding: Binding): BindingForm {
  const form = emptyBinding(binding.type);
  if (binding.type !== 'number') return { ...form, ...compact<Loose<BindingForm>>(binding) };
  const { stateTopic = '', commandTopic = '', path = '', template = '', qos = 1, retain = false } = binding;
  return { ...form, stateTopic, commandTopic, path, template, qos, retain, ...numberFields(binding) };
}

const optional = (text: string): string | undefined => (text.trim() === '' ? undefined : text.trim());

/** True when no topic is given: the role is not used. */
export const isUnbound = (form: BindingForm): boolean =>
  form.stateTopic.trim() === '' && form.commandTopic.trim() === '';

function numberBinding(form: BindingForm): Omit<NumberBinding, 'type'> {
  const [scale, offset] = [parseTyped(form.scale), parseTyped(form.offset)];
  const range = parseRange(form.range);
  const reading = compact({ scale, offset, mired: form.mired || undefined });
  const ends = range
    ?.map((end) => Number(toShown({ type: 'number', ...reading }, end).toPrecision(9)))
    .toSorted((a, b) => a - b);
  return {
    ...reading,
    ...compact({ unit: optional(form.unit), step: parseTyped(form.step), decimals: parseTyped(form.decimals) }),
    ...compact({ min: ends?.[0], max: ends?.[1] }),
  };
}

/** The binding that the form means; fields that cannot be read are left out. `undefined` = the role is not used. */
export function formToBinding(form: BindingForm): Binding | undefined {
  if (isUnbound(form)) return undefined;
  const common = compact({
    stateTopic: optional(form.stateTopic),
    commandTopic: optional(form.commandTopic),
    path: optional(form.path),
    template: optional(form.template),
    qos: form.qos === 1 ? undefined : form.qos,
    retain: form.retain || undefined,
  });
  if (form.type === 'number') return { type: 'number', ...common, ...numberBinding(form) };
  if (form.type === 'color') return { type: 'color', ...common, format: form.format };
  if (form.type === 'text') return { type: 'text', ...common };
  const words = {
    on: optional(form.on),
    off: optional(form.off),
    commandOn: optional(form.commandOn),
    commandOff: optional(form.commandOff),
  };
  return { type: 'boolean', ...common, ...compact(words) };
}

/**
 * A changed range or unit: with the unit % the device's range is stretched to 0-100 (`0 – 254` → scale 100/254), because people
 * think in percent; with other units the numbers are shown as they come.
 */
export function withRange(form: BindingForm, change: Partial<Pick<BindingForm, 'range' | 'unit'>>): BindingForm {
  const next = { ...form, ...change };
  const range = parseRange(next.range);
  if (next.unit.trim() !== '%' || !range || range[0] === range[1] || form.mired) return next;
  const scale = 100 / (range[1] - range[0]);
  const isPlain = scale === 1 && range[0] === 0;
  return { ...next, scale: isPlain ? '' : typed(scale), offset: range[0] === 0 ? '' : typed(-range[0] * scale) };
}
