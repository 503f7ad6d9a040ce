import type { Translate } from '../text/define.ts';
import type { GalleryKey } from '../text/gallery.ts';
import {
  brightness,
  color,
  exhibit,
  flag,
  power,
  press,
  reading,
  settable,
  text,
  wave,
  white,
  type Exhibit,
} from './things.ts';

type Words = Translate<GalleryKey>;

/** A heading with its tiles. */
export interface Section {
  readonly title: string;
  readonly exhibits: readonly Exhibit[];
}

const apricot = { h: 20, s: 52, v: 98 };
const zones = (t: Words) => [
  { word: t('good'), domain: 'moss' },
  { from: 800, word: t('fair'), domain: 'honey' },
  { from: 1_400, word: t('openWindow'), domain: 'alarm', loudness: 'tint' },
];
export const humidityZones = (t: Words) => [
  { word: t('dry'), domain: 'delft' },
  { from: 40, word: t('good'), domain: 'moss' },
  { from: 60, word: t('damp'), domain: 'honey', loudness: 'tint' },
  { from: 80, word: t('wet'), domain: 'alarm', loudness: 'alarm' },
];

export const sections = (t: Words): readonly Section[] => [
  { title: t('switches'), exhibits: switches(t) },
  { title: t('lights'), exhibits: lights(t) },
  { title: t('numbers'), exhibits: numbers(t) },
  { title: t('readings'), exhibits: readings(t) },
  { title: t('states'), exhibits: [...commanded(t), ...reported(t)] },
  { title: t('names'), exhibits: names(t) },
];

function switches(t: Words): Exhibit[] {
  const tv = { kind: 'switch', icon: 'television', bindings: { power, watts: reading('W') } };
  const door = {
    kind: 'switch',
    title: t('frontDoor'),
    size: '2x1',
    bindings: { power },
    options: { deviceClass: 'lock' },
  } as const;
  const valve = {
    kind: 'switch',
    title: t('valve'),
    size: '1x1',
    bindings: { power },
    options: { deviceClass: 'valve' },
  } as const;
  return [
    exhibit({ ...tv, title: t('tv'), size: '1x1', values: { power: false } }),
    exhibit({ ...tv, title: t('tv'), size: '1x1', values: { power: true, watts: 84 } }),
    exhibit({ ...tv, title: t('tvSocket'), size: '2x1', values: { power: false } }),
    exhibit({ ...tv, title: t('tvSocket'), size: '2x1', values: { power: true, watts: 84 } }),
    exhibit({ ...door, values: { power: false } }),
    exhibit({ ...door, values: { power: true } }),
    exhibit({ ...valve, values: { power: false } }),
    exhibit({ ...valve, values: { power: true } }),
  ];
}

function lights(t: Words): Exhibit[] {
  const dimmer = { kind: 'light', bindings: { power, brightness } };
  const ceiling = { ...dimmer, title: t('ceilingLight'), icon: 'ceiling-light', size: '2x2' } as const;
  const floor = { kind: 'light', title: t('floorLamp'), icon: 'floor-lamp', bindings: { power, brightness, color } };
  const hall = { ...dimmer, title: t('hall'), icon: 'wall-sconce-flat', size: '1x1' } as const;
  const shelf = { ...dimmer, title: t('shelfLight'), icon: 'led-strip-variant', size: '2x1' } as const;
  const scene = { kind: 'button', size: '1x1', bindings: { press } } as const;
  return [
    exhibit({ ...hall, values: { power: false } }),
    exhibit({ ...hall, values: { power: true, brightness: 80 } }),
    exhibit({ ...ceiling, values: { power: false, brightness: 62 } }),
    exhibit({ ...ceiling, values: { power: true, brightness: 62 } }),
    exhibit({ ...floor, size: '2x2', values: { power: true, brightness: 40, color: apricot } }),
    exhibit({ ...shelf, values: { power: false } }),
    exhibit({ ...scene, title: t('movieNight'), icon: 'movie-open' }),
    exhibit({ ...scene, title: t('reading'), icon: 'book-open-variant', command: { status: 'confirmed', value: 'x' } }),
    exhibit({ ...shelf, values: { power: true, brightness: 62 } }),
    exhibit({ ...scene, title: t('garage'), icon: 'garage-variant', options: { caption: t('opener') } }),
    exhibit({ ...scene, title: t('bell'), icon: 'bell', options: { caption: t('press') } }),
    exhibit({ ...floor, size: '2x1', values: { power: true, brightness: 40, color: apricot } }),
    exhibit({
      ...ceiling,
      bindings: { power, brightness, temperature: white },
      values: { power: true, brightness: 90, temperature: 6_000 },
    }),
    exhibit({ ...floor, size: '2x1', values: { power: true, brightness: 70, color: { h: 226, s: 92, v: 100 } } }),
  ];
}

function numbers(t: Words): Exhibit[] {
  const radiator = {
    kind: 'slider',
    title: t('radiator'),
    icon: 'radiator',
    domain: 'terra',
    bindings: { value: settable('°C', 5, 30, 0.5) },
  } as const;
  const volume = {
    kind: 'slider',
    title: t('volume'),
    icon: 'volume-high',
    bindings: { value: settable('', 0, 100, 1) },
  };
  const strip = { kind: 'color', title: t('ledStrip'), icon: 'led-strip-variant', bindings: { color } };
  const co2 = {
    kind: 'gauge',
    title: 'CO₂',
    size: '2x2',
    bindings: { value: { ...reading('ppm'), min: 400, max: 2_000 } },
    options: { zones: zones(t) },
  } as const;
  return [
    exhibit({ ...radiator, size: '2x2', values: { value: 22 } }),
    exhibit({ ...radiator, size: '2x2', values: { value: 5 }, options: { control: 'keys' } }),
    exhibit({ ...volume, size: '2x2', values: { value: 18 }, options: { control: 'keys' } }),
    exhibit({ ...strip, size: '2x2', values: { color: { h: 33, s: 64, v: 100 } } }),
    exhibit({ ...co2, values: { value: 684 } }),
    exhibit({ ...co2, values: { value: 1640 } }),
    exhibit({ ...volume, size: '2x1', values: { value: 18 } }),
    exhibit({ ...volume, size: '2x1', values: { value: 0 } }),
    exhibit({ ...strip, size: '2x1', values: { color: { h: 274, s: 88, v: 100 } } }),
    exhibit({ ...strip, size: '1x1', values: { color: { h: 122, s: 80, v: 100 } } }),
    exhibit({ ...strip, size: '1x1', values: { color: { h: 0, s: 0, v: 0 } } }),
    exhibit({ ...co2 }),
  ];
}

function readings(t: Words): Exhibit[] {
  const sensor = { kind: 'binary-sensor', size: '1x1', bindings: { state: flag } } as const;
  const humidity = { kind: 'value', title: t('humidity'), bindings: { value: reading('%', 'humidity') } };
  return [
    exhibit({ ...humidity, size: '2x1', values: { value: 45 }, history: wave(45, 6) }),
    exhibit({
      kind: 'value',
      title: t('power'),
      size: '2x1',
      bindings: { value: reading('W') },
      values: { value: 1408 },
    }),
    exhibit({
      kind: 'text',
      title: t('note'),
      icon: 'note-text-outline',
      size: '2x1',
      bindings: { value: text },
      values: { value: t('noteText') },
    }),
    exhibit({ ...sensor, title: t('window'), options: { deviceClass: 'window' }, values: { state: false } }),
    exhibit({ ...sensor, title: t('window'), options: { deviceClass: 'window' }, values: { state: true } }),
    exhibit({ ...sensor, title: t('motion'), options: { deviceClass: 'motion' }, values: { state: true } }),
    exhibit({ ...sensor, title: t('leak'), options: { deviceClass: 'leak' }, values: { state: false } }),
    exhibit({ ...sensor, title: t('leak'), options: { deviceClass: 'leak' }, values: { state: true } }),
    exhibit({ ...sensor, title: t('battery'), options: { deviceClass: 'battery' }, values: { state: true } }),
    exhibit({
      ...sensor,
      size: '2x1',
      title: t('window'),
      options: { deviceClass: 'window' },
      values: { state: true },
    }),
    exhibit({
      ...humidity,
      size: '2x1',
      values: { value: 66 },
      options: { zones: humidityZones(t) },
      history: wave(60, 6),
    }),
    exhibit({ ...humidity, size: '2x1', values: { value: 88 }, options: { zones: humidityZones(t) } }),
    exhibit({
      kind: 'value',
      title: t('temperature'),
      size: '4x1',
      bindings: { value: reading('°C') },
      values: { value: 21.5 },
      history: wave(21, 2),
    }),
    exhibit({
      kind: 'text',
      title: t('note'),
      icon: 'note-text-outline',
      size: '4x1',
      bindings: { value: text },
      values: { value: `${t('noteText')}. `.repeat(6) },
    }),
  ];
}

/** What commands and reports happen to. */
function stock(t: Words) {
  const lamp = {
    kind: 'light',
    title: t('deskLamp'),
    icon: 'desk-lamp',
    size: '2x1',
    bindings: { power, brightness },
  } as const;
  const off = { power: false, brightness: 80 };
  const blind = {
    kind: 'switch',
    title: t('blind'),
    icon: 'blinds',
    size: '2x1',
    bindings: { power },
    values: { power: false },
  } as const;
  return { lamp, off, blind };
}

function commanded(t: Words): Exhibit[] {
  const { lamp, off, blind } = stock(t);
  return [
    exhibit({ ...lamp, values: off, command: { status: 'sent', value: true }, caption: t('sent') }),
    exhibit({
      ...lamp,
      values: { power: true, brightness: 80 },
      command: { status: 'confirmed', value: true },
      caption: t('confirmed'),
    }),
    exhibit({ ...blind, command: { status: 'not-confirmed', value: true }, caption: t('notConfirmed') }),
    exhibit({ ...blind, command: { status: 'not-sent', value: true, reason: 'offline' }, caption: t('notSent') }),
    exhibit({ ...blind, command: { status: 'refused', value: true, reason: 'not-allowed' }, caption: t('refused') }),
    exhibit({
      ...blind,
      bindings: { power: { type: 'boolean', commandTopic: 'gallery/set' } },
      state: { roles: {} },
      command: { status: 'no-feedback', value: true },
      caption: t('noFeedback'),
    }),
  ];
}

function reported(t: Words): Exhibit[] {
  const { lamp, off, blind } = stock(t);
  const humidity = {
    kind: 'value',
    title: t('humidity'),
    size: '2x1',
    bindings: { value: reading('%', 'humidity') },
  } as const;
  const leak = {
    kind: 'binary-sensor',
    title: t('laundry'),
    size: '2x1',
    bindings: { state: flag },
    options: { deviceClass: 'leak' },
  } as const;
  const unreadable = { roles: { power: { problem: { code: 'unknown-value', shown: '2' }, atMs: 0 } } } as const;
  return [
    exhibit({
      ...lamp,
      title: t('garageLight'),
      values: off,
      state: { isAvailable: false },
      caption: t('unavailable'),
    }),
    exhibit({ ...humidity, values: { value: 45 }, state: { freshness: 'old', ageMs: 1_080_000 }, caption: t('old') }),
    exhibit({ ...humidity, title: t('garden'), caption: t('noValue') }),
    exhibit({ ...blind, state: unreadable, caption: t('unknown') }),
    exhibit({
      ...blind,
      title: t('frontDoor'),
      icon: 'lock',
      options: { deviceClass: 'lock' },
      state: { isViewOnly: true },
      caption: t('viewOnly'),
    }),
    exhibit({ ...leak, values: { state: true }, caption: t('alarm') }),
    exhibit({ ...lamp, state: { isLive: false }, caption: t('connecting') }),
    exhibit({ ...lamp, values: { power: true, brightness: 80 }, state: { isLive: false }, caption: t('offline') }),
  ];
}

function names(t: Words): Exhibit[] {
  const lamp = {
    kind: 'light',
    title: t('longLight'),
    icon: 'led-strip-variant',
    bindings: { power, brightness },
    values: { power: true, brightness: 62 },
  } as const;
  const humidity = {
    kind: 'value',
    title: t('longSensor'),
    bindings: { value: reading('%', 'humidity') },
    values: { value: 45 },
  } as const;
  return [
    exhibit({ ...lamp, size: '1x1' }),
    exhibit({ kind: 'button', title: t('longScene'), size: '1x1', icon: 'movie-open', bindings: { press } }),
    exhibit({ ...lamp, size: '2x1' }),
    exhibit({ ...lamp, size: '2x2' }),
    exhibit({ ...humidity, size: '2x1', history: wave(45, 6) }),
    exhibit({ ...humidity, kind: 'gauge', size: '2x2' }),
    exhibit({ ...humidity, size: '2x1', state: { freshness: 'old', ageMs: 1_080_000 } }),
  ];
}
