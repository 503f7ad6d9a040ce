import { compact } from '../../../shared/discovery/compact.ts';
import type { Domain, Tile, Way } from '../../../shared/house/house.ts';
import type { RoleSpec } from '../../tiles/define.ts';
import { bindingToForm, emptyBinding, formToBinding, isUnbound, type BindingForm } from './binding-form.ts';
import { parseTyped, typed } from './numbers.ts';

/** A tile as typed. Roles of kinds chosen before stay in `bindings`, so that choosing back loses nothing. */
export interface TileForm {
  readonly kind: string;
  readonly title: string;
  readonly icon: string;
  readonly iconOn: string;
  readonly domain: Domain | '';
  readonly bindings: Readonly<Record<string, BindingForm>>;
  readonly options: Readonly<Record<string, unknown>>;
  readonly availabilityTopic: string;
  readonly availabilityPath: string;
  readonly online: string;
  readonly offline: string;
  /** Seconds; empty = 5. */
  readonly timeout: string;
  /** Minutes; empty = by the device's own rhythm, 0 = never. */
  readonly staleAfter: string;
  readonly hold: '' | Way;
  /** For which way everybody is asked for the PIN. */
  readonly pin: '' | Way;
  readonly isLive: boolean;
  /** Milliseconds. */
  readonly liveInterval: string;
  readonly tapOpensDetails: boolean;
  readonly viewOnly: boolean;
  readonly favourite: boolean;
}

export type Roles = Readonly<Record<string, RoleSpec>>;

export const defaultLiveIntervalMs = 150;

const noAvailability = { availabilityTopic: '', availabilityPath: '', online: '', offline: '' };

const availabilityFields = ({ topic, path = '', online = '', offline = '' }: NonNullable<Tile['availability']>) => ({
  availabilityTopic: topic,
  availabilityPath: path,
  online,
  offline,
});

const times = (tile: Tile): Pick<TileForm, 'timeout' | 'staleAfter' | 'isLive' | 'liveInterval'> => ({
  timeout: typed(tile.timeoutMs === undefined ? undefined : tile.timeoutMs / 1_000),
  staleAfter: typed(tile.staleAfterSeconds === undefined ? undefined : tile.staleAfterSeconds / 60),
  isLive: tile.live !== undefined,
  liveInterval: typed(tile.live?.intervalMs ?? defaultLiveIntervalMs),
});

/** Makes the form of a tile; roles of its kind that are not bound get an empty binding. */
export function tileToForm(tile: Tile, roles: Roles): TileForm {
  const { icon = '', iconOn = '', domain = '', hold = '', pin = '' } = tile;
  const { tapOpensDetails = false, viewOnly = false, favourite = false } = tile;
  const bound = Object.entries(tile.bindings).map(([role, binding]) => [role, bindingToForm(binding)] as const);
  return {
    kind: tile.kind,
    title: tile.title,
    icon,
    iconOn,
    domain,
    hold,
    pin,
    tapOpensDetails,
    viewOnly,
    favourite,
    bindings: withRoles(Object.fromEntries(bound), roles),
    options: tile.options,
    ...(tile.availability ? availabilityFields(tile.availability) : noAvailability),
    ...times(tile),
  };
}

/** Every role has a form of the type it carries. */
function withRoles(bindings: TileForm['bindings'], roles: Roles): TileForm['bindings'] {
  const missing = Object.entries(roles).filter(([role, spec]) => bindings[role]?.type !== spec.type);
  return { ...bindings, ...Object.fromEntries(missing.map(([role, spec]) => [role, emptyBinding(spec.type)])) };
}

/** The role that matters most: the first required one, else the first. */
export const mainRole = (roles: Roles): string | undefined =>
  (Object.entries(roles).find(([, spec]) => spec.isRequired) ?? Object.entries(roles)[0])?.[0];

/** Another kind: topics, path and payloads of the main role go along when the new main role is not bound yet. */
export function withKind(form: TileForm, from: Roles, to: { readonly kind: string; readonly roles: Roles }): TileForm {
  const [oldMain, newMain] = [mainRole(from), mainRole(to.roles)];
  const old = oldMain === undefined ? undefined : form.bindings[oldMain];
  const bindings = withRoles(form.bindings, to.roles);
  const target = newMain === undefined ? undefined : bindings[newMain];
  const next = { ...form, kind: to.kind, options: {}, bindings };
  if (newMain === undefined || !old || !target || !isUnbound(target)) return next;
  const carried = { ...target, stateTopic: old.stateTopic, commandTopic: old.commandTopic, path: old.path };
  return {
    ...next,
    bindings: { ...bindings, [newMain]: { ...carried, template: old.template, unit: old.unit, range: old.range } },
  };
}

/** Which topics a role may have at all. */
const onlyAllowed = (form: BindingForm, spec: RoleSpec): BindingForm => ({
  ...form,
  stateTopic: spec.direction === 'command' ? '' : form.stateTopic,
  commandTopic: spec.direction === 'state' ? '' : form.commandTopic,
});

function formBindings(form: TileForm, roles: Roles): Tile['bindings'] {
  const entries = Object.entries(roles).flatMap(([role, spec]) => {
    const own = form.bindings[role];
    const binding = own && formToBinding(onlyAllowed(own, spec));
    return binding ? [[role, binding] as const] : [];
  });
  return Object.fromEntries(entries);
}

const text = (value: string): string | undefined => (value.trim() === '' ? undefined : value.trim());
const scaled = (value: string, factor: number): number | undefined => {
  const number = parseTyped(value);
  return number === undefined ? undefined : Math.round(number * factor);
};

function availabilityOf(form: TileForm): Tile['availability'] {
  const topic = text(form.availabilityTopic);
  if (topic === undefined) return undefined;
  return {
    topic,
    ...compact({ path: text(form.availabilityPath), online: text(form.online), offline: text(form.offline) }),
  };
}

/** The tile that the form means, for the preview and for saving; fields that cannot be read are left out. */
export function formToTile(form: TileForm, place: Pick<Tile, 'id' | 'roomId'>, roles: Roles): Tile {
  const intervalMs = scaled(form.liveInterval, 1);
  return {
    id: place.id,
    roomId: place.roomId,
    kind: form.kind,
    title: form.title.trim() || '…',
    bindings: formBindings(form, roles),
    options: form.options,
    ...compact({
      icon: text(form.icon),
      iconOn: text(form.iconOn),
      domain: form.domain === '' ? undefined : form.domain,
      availability: availabilityOf(form),
      timeoutMs: scaled(form.timeout, 1_000),
      staleAfterSeconds: scaled(form.staleAfter, 60),
      hold: form.hold === '' ? undefined : form.hold,
      pin: form.pin === '' ? undefined : form.pin,
      live: form.isLive && intervalMs !== undefined ? { intervalMs } : undefined,
      tapOpensDetails: form.tapOpensDetails || undefined,
      viewOnly: form.viewOnly || undefined,
      favourite: form.favourite || undefined,
    }),
  };
}
