import * as v from 'valibot';
import { maxTopicLength } from '../../../shared/house/binding.ts';
import { tileSchema, type Tile } from '../../../shared/house/house.ts';
import { parsePath } from '../../../shared/payload/path.ts';
import type { Params } from '../../text/define.ts';
import type { EditorKey } from '../../text/editor.ts';
import type { RoleSpec } from '../../tiles/define.ts';
import { emptyBinding, isUnbound, type BindingForm } from './binding-form.ts';
import { parseRange, parseTyped } from './numbers.ts';
import { formToTile, mainRole, type Roles, type TileForm } from './tile-form.ts';

/** What is wrong with a field, as a text key: what, which, what to do. */
export interface FieldError {
  readonly key: EditorKey;
  readonly params?: Params;
}

/** Field → error. Fields are named `title`, `timeout`, `power.stateTopic`, `power.range`, …; `tile` = the whole. */
export type FieldErrors = Readonly<Record<string, FieldError>>;

const topicError = (topic: string): FieldError | undefined => {
  const found = /[+#\0]/.exec(topic)?.[0];
  if (found !== undefined) return { key: 'errorTopicSign', params: { sign: found === '\0' ? '\\0' : found } };
  return topic.length > maxTopicLength ? { key: 'errorTopicLong', params: { max: maxTopicLength } } : undefined;
};

const pathError = (path: string): FieldError | undefined => {
  if (path.trim() === '') return undefined;
  if (path.length > 256) return { key: 'errorPathLong' };
  const parsed = parsePath(path);
  return parsed.ok
    ? undefined
    : { key: 'errorPath', params: { place: path.trim().slice(parsed.error.at).slice(0, 12) || '…' } };
};

/** Limits of a number field. */
interface Limits {
  readonly min: number;
  readonly max: number;
  readonly isWhole?: boolean;
}

function numberError(text: string, { min, max, isWhole }: Limits): FieldError | undefined {
  if (text.trim() === '') return undefined;
  const value = parseTyped(text);
  if (value === undefined) return { key: 'errorNumber', params: { text: text.trim().slice(0, 20) } };
  if (value < min || value > max) return { key: 'errorBetween', params: { min, max } };
  return isWhole && !Number.isInteger(value) ? { key: 'errorWhole' } : undefined;
}

const huge = 1e12;

function rangeError(text: string): FieldError | undefined {
  if (text.trim() === '') return undefined;
  const range = parseRange(text);
  if (!range) return { key: 'errorRange' };
  return range[0] < range[1] ? undefined : { key: 'errorRangeOrder' };
}

const scaleError = (text: string): FieldError | undefined =>
  parseTyped(text) === 0 ? { key: 'errorScaleZero' } : numberError(text, { min: -huge, max: huge });

const sameWords = (form: BindingForm): boolean => {
  const split = (text: string, otherwise: string): string[] =>
    (text.trim() || otherwise).split('|').map((one) => one.trim());
  const off = split(form.off, 'OFF');
  return split(form.on, 'ON').some((one) => off.includes(one));
};

type Checks = Readonly<Record<string, FieldError | undefined>>;

function numberChecks(form: BindingForm): Checks {
  return {
    range: rangeError(form.range),
    scale: scaleError(form.scale),
    offset: numberError(form.offset, { min: -huge, max: huge }),
    step: numberError(form.step, { min: 1e-6, max: huge }),
    decimals: numberError(form.decimals, { min: 0, max: 6, isWhole: true }),
    unit: form.unit.trim().length > 12 ? { key: 'errorUnitLong' } : undefined,
  };
}

function missingTopic(form: BindingForm, spec: RoleSpec): Checks {
  if (!spec.isRequired || !isUnbound(form)) return {};
  return spec.direction === 'command'
    ? { commandTopic: { key: 'errorCommandMissing' } }
    : { stateTopic: { key: 'errorStateMissing' } };
}

function bindingChecks(form: BindingForm, spec: RoleSpec): Checks {
  const { isLong } = { isLong: form.template.length > 4_096 };
  return {
    ...missingTopic(form, spec),
    ...compactChecks({
      stateTopic: topicError(form.stateTopic),
      commandTopic: topicError(form.commandTopic),
      path: pathError(form.path),
      template: isLong ? { key: 'errorTemplateLong' } : undefined,
      off: form.type === 'boolean' && sameWords(form) ? { key: 'errorSamePayload' } : undefined,
    }),
    ...(form.type === 'number' ? numberChecks(form) : {}),
  };
}

const compactChecks = (checks: Checks): Checks =>
  Object.fromEntries(Object.entries(checks).filter(([, error]) => error !== undefined));

const titleError = (title: string): FieldError | undefined => {
  if (title.trim() === '') return { key: 'errorTitle' };
  return title.trim().length > 80 ? { key: 'errorTitleLong' } : undefined;
};

function tileChecks(form: TileForm): Checks {
  return {
    title: titleError(form.title),
    availabilityTopic: topicError(form.availabilityTopic),
    availabilityPath: pathError(form.availabilityPath),
    timeout: numberError(form.timeout, { min: 0.5, max: 120 }),
    staleAfter: numberError(form.staleAfter, { min: 0, max: 525_600 }),
    liveInterval: form.isLive ? numberError(form.liveInterval, { min: 50, max: 5_000, isWhole: true }) : undefined,
  };
}

/** Judges every field. Fields of roles that the kind does not have are not looked at. */
export function checkForm(form: TileForm, roles: Roles): FieldErrors {
  const found: Record<string, FieldError> = {};
  const keep = (prefix: string, checks: Checks): void => {
    for (const [name, error] of Object.entries(checks)) if (error) found[`${prefix}${name}`] = error;
  };
  keep('', tileChecks(form));
  const main = mainRole(roles);
  const isNothingBound = Object.keys(roles).every((role) => isUnbound(form.bindings[role] ?? emptyBinding('text')));
  for (const [role, given] of Object.entries(roles)) {
    // A kind whose roles are all optional still needs one of them.
    const spec = role === main && isNothingBound ? { ...given, isRequired: true } : given;
    const own = form.bindings[role];
    if (own && (spec.isRequired || !isUnbound(own))) keep(`${role}.`, bindingChecks(own, spec));
  }
  return found;
}

/** The finished tile, or what is wrong. */
export function finishTile(
  form: TileForm,
  place: Pick<Tile, 'id' | 'roomId'>,
  roles: Roles,
): { readonly tile: Tile } | { readonly errors: FieldErrors } {
  const errors = checkForm(form, roles);
  if (Object.keys(errors).length > 0) return { errors };
  const tile = formToTile(form, place, roles);
  const checked = v.safeParse(tileSchema, tile);
  if (checked.success) return { tile };
  const issue = checked.issues[0];
  return { errors: { tile: { key: 'errorTile', params: { path: v.getDotPath(issue) ?? '', reason: issue.message } } } };
}
