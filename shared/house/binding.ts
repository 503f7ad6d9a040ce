import * as v from 'valibot';

/**
 * A binding ties one *role* of a tile ("power", "brightness", …) to topics and says how payloads are read and written.
 * Its `type` alone decides decoding, so the server can record history without knowing any kind.
 */

export const maxTopicLength = 512;
const topic = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(maxTopicLength),
  v.check((text) => !/[+#\0]/.test(text), 'A topic must not contain + or #'),
);

/** Path into a JSON payload: `$.a.b[0]["c d"]`, the leading `$.` optional. Absent = the whole payload as text. */
const path = v.pipe(v.string(), v.maxLength(256));

/** Command payload around the encoded value: `{{value}}` and `{{ts}}` (seconds since 1970) are replaced. Absent = `{{value}}`. */
const template = v.pipe(v.string(), v.maxLength(4_096));

const common = {
  /** Where the device reports. Absent = no feedback: a command ends as "Sent". */
  stateTopic: v.optional(topic),
  /** Where commands go; may equal the state topic. Absent = view only. */
  commandTopic: v.optional(topic),
  path: v.optional(path),
  template: v.optional(template),
  /** QoS of commands. Default 1. */
  qos: v.optional(v.picklist([0, 1, 2])),
  /** Whether commands are retained. Default false. */
  retain: v.optional(v.boolean()),
};

const payload = v.pipe(v.string(), v.maxLength(1_024));

export const booleanBindingSchema = v.strictObject({
  type: v.literal('boolean'),
  ...common,
  /** Reported values that mean on, `|` between alternatives (`ON|1|true`); the first is the one sent. Default `ON`. */
  on: v.optional(payload),
  /** As `on`, for off. Default `OFF`. */
  off: v.optional(payload),
  /** Whole command payload for on; wins over `template`. */
  commandOn: v.optional(payload),
  commandOff: v.optional(payload),
});

const finite = v.pipe(v.number(), v.finite());

export const numberBindingSchema = v.strictObject({
  type: v.literal('number'),
  ...common,
  /** shown = reported × scale + offset. Default 1 and 0. */
  scale: v.optional(v.pipe(finite, v.notValue(0))),
  offset: v.optional(finite),
  /** The reported number is in mired, Kachel shows and takes kelvin (1 000 000 ÷ mired); `scale` and `offset` do not apply. */
  mired: v.optional(v.boolean()),
  /** Digits after the decimal mark when shown. Default: by unit. */
  decimals: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(6))),
  unit: v.optional(v.pipe(v.string(), v.maxLength(12))),
  /** Range and step in shown units. */
  min: v.optional(finite),
  max: v.optional(finite),
  step: v.optional(v.pipe(finite, v.gtValue(0))),
});

export const textBindingSchema = v.strictObject({ type: v.literal('text'), ...common });

/** How a colour is written into the command; reading recognises all of them. JSON forms are inserted into the template as JSON. */
export const colorFormats = ['hex', 'hex-bare', 'rgb', 'hsv', 'json-rgb', 'json-hs', 'json-hsv'] as const;

export const colorBindingSchema = v.strictObject({
  type: v.literal('color'),
  ...common,
  /** Default `hex` (`#rrggbb`). `rgb` is `255,0,0`; `hsv` is `0-360,0-100,0-100`. */
  format: v.optional(v.picklist(colorFormats)),
});

export const bindingSchema = v.variant('type', [
  booleanBindingSchema,
  numberBindingSchema,
  textBindingSchema,
  colorBindingSchema,
]);

export type BooleanBinding = v.InferOutput<typeof booleanBindingSchema>;
export type NumberBinding = v.InferOutput<typeof numberBindingSchema>;
export type TextBinding = v.InferOutput<typeof textBindingSchema>;
export type ColorBinding = v.InferOutput<typeof colorBindingSchema>;
export type Binding = v.InferOutput<typeof bindingSchema>;
export type BindingType = Binding['type'];
export type ColorFormat = (typeof colorFormats)[number];

/** Tells whether the device is reachable: the topic carries one of the two payloads. */
export const availabilitySchema = v.strictObject({
  topic,
  path: v.optional(path),
  /** Alternatives with `|`, compared without case. Default `online`. */
  online: v.optional(payload),
  /** Default `offline`. */
  offline: v.optional(payload),
});
export type AvailabilityBinding = v.InferOutput<typeof availabilitySchema>;
