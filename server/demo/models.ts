import type { DemoDevice, Tools, Wire } from './device.ts';

/** Simulated device models, each speaking the habits of a real family. */

/** How long a device takes to answer a command. */
const answerMs = (tools: Tools): number => 60 + 160 * tools.random();

/** A value that wanders around its mean. */
export interface Drift {
  readonly mean: number;
  /** Largest step. */
  readonly step: number;
  readonly decimals: number;
}

function drifting(drift: Drift, tools: Tools): () => number {
  let value = drift.mean;
  return () => {
    value += (drift.mean - value) * 0.08 + (tools.random() - 0.5) * 2 * drift.step;
    return Number(value.toFixed(drift.decimals));
  };
}

interface ZigbeeLight {
  readonly state: 'ON' | 'OFF';
  /** 0-254 */
  readonly brightness: number;
  /** mired */
  readonly color_temp?: number;
  readonly color?: { readonly hue: number; readonly saturation: number };
}

/** A Zigbee lamp behind a bridge: whole state as JSON, commands as partial JSON to `/set`. */
export function zigbeeLight(topic: string, initial: ZigbeeLight, sulks?: DemoDevice['sulks']): DemoDevice {
  let state = initial;
  return {
    clientId: topic.split('/').slice(1).join('-'),
    will: { topic: `${topic}/availability`, payload: 'offline' },
    ...(sulks ? { sulks } : {}),
    run: (wire, tools) => {
      const report = (): void => wire.publish(topic, { ...state, linkquality: 90 + Math.round(40 * tools.random()) });
      wire.publish(`${topic}/availability`, 'online', { retain: true });
      wire.subscribe(`${topic}/set`, (payload) => {
        const wanted = parseObject(payload);
        tools.after(answerMs(tools), () => {
          state = applyLight(state, wanted);
          report();
        });
      });
      report();
      tools.every(120_000, report);
    },
  };
}

function applyLight(state: ZigbeeLight, wanted: Readonly<Record<string, unknown>>): ZigbeeLight {
  const next: Record<string, unknown> = { ...state };
  for (const key of ['state', 'brightness', 'color_temp', 'color'] as const) {
    if (wanted[key] !== undefined) next[key] = wanted[key];
  }
  if (wanted['state'] === undefined && Number(wanted['brightness']) > 0) next['state'] = 'ON';
  if (wanted['state'] === undefined && wanted['brightness'] === 0) next['state'] = 'OFF';
  return next as unknown as ZigbeeLight;
}

function parseObject(payload: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(payload);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** A Tasmota plug with energy meter: `cmnd/…/POWER` in, `stat/…/POWER` and `tele/…/SENSOR` out, retained `LWT`. */
export function tasmotaPlug(name: string, watts: Drift, isOnAtFirst: boolean): DemoDevice {
  let isOn = isOnAtFirst;
  return {
    clientId: name,
    will: { topic: `tele/${name}/LWT`, payload: 'Offline' },
    run: (wire, tools) => {
      const power = drifting(watts, tools);
      const report = (): void => wire.publish(`stat/${name}/POWER`, isOn ? 'ON' : 'OFF');
      const measure = (): void =>
        wire.publish(`tele/${name}/SENSOR`, { ENERGY: { Total: 41.2, Power: isOn ? power() : 0, Voltage: 231 } });
      wire.publish(`tele/${name}/LWT`, 'Online', { retain: true });
      wire.subscribe(`cmnd/${name}/POWER`, (payload) => {
        tools.after(answerMs(tools), () => {
          isOn = payload === 'TOGGLE' ? !isOn : payload === 'ON';
          report();
          measure();
        });
      });
      report();
      measure();
      tools.every(10_000, measure);
    },
  };
}

/** A sketch of twenty lines that sends one bare number. */
export function plainSensor(topic: string, drift: Drift, everyMs: number): DemoDevice {
  return {
    clientId: topic.split('/').slice(2).join('-'),
    run: (wire, tools) => {
      const next = drifting(drift, tools);
      const report = (): void => wire.publish(topic, next().toFixed(drift.decimals), { retain: true });
      report();
      tools.every(everyMs, report);
    },
  };
}

/** A sensor that packs several readings into one JSON message. */
export function jsonSensor(topic: string, fields: Readonly<Record<string, Drift>>, everyMs: number): DemoDevice {
  return {
    clientId: `${topic.split('/').slice(1).join('-')}`,
    will: { topic: `${topic}/status`, payload: 'offline' },
    run: (wire, tools) => {
      const readings = Object.entries(fields).map(([key, drift]) => [key, drifting(drift, tools)] as const);
      const report = (): void =>
        wire.publish(topic, Object.fromEntries(readings.map(([key, next]) => [key, next()])), { retain: true });
      wire.publish(`${topic}/status`, 'online', { retain: true });
      report();
      tools.every(everyMs, report);
    },
  };
}

/** A contact or motion sensor: says one of its two words when something happens. */
export function contact(
  topic: string,
  words: { readonly on: string; readonly off: string },
  isOnAtFirst: boolean,
): DemoDevice {
  let isOn = isOnAtFirst;
  return {
    clientId: topic.split('/').slice(1).join('-'),
    run: (wire, tools) => {
      const report = (): void => wire.publish(topic, isOn ? words.on : words.off, { retain: true });
      report();
      tools.every(90_000, () => {
        if (tools.random() < 0.3) isOn = !isOn;
        report();
      });
    },
  };
}

/** One topic for state and command: the device listens to what it says itself. */
export function sameTopicSwitch(topic: string, initial: 'on' | 'off'): DemoDevice {
  return {
    clientId: topic.split('/').slice(2).join('-'),
    run: (wire) => {
      wire.subscribe(topic, () => undefined);
      wire.publish(topic, initial, { retain: true });
    },
  };
}

/** Something with a value that can be set: `topic/set` in, `topic` out. */
export function settable(topic: string, initial: string, isValid: (payload: string) => boolean): DemoDevice {
  let value = initial;
  return {
    clientId: topic.split('/').slice(1).join('-'),
    run: (wire: Wire, tools) => {
      wire.publish(topic, value, { retain: true });
      wire.subscribe(`${topic}/set`, (payload) => {
        if (!isValid(payload)) return;
        tools.after(answerMs(tools), () => {
          value = payload;
          wire.publish(topic, value, { retain: true });
        });
      });
    },
  };
}

/** Scene name → topic → command. */
export type Scenes = Readonly<Record<string, Readonly<Record<string, string | object>>>>;

/** Takes a scene's name on `topic/set`, sends its commands and reports the scene on `topic`. */
export function sceneController(topic: string, scenes: Scenes): DemoDevice {
  return {
    clientId: 'scenes',
    run: (wire, tools) => {
      wire.publish(topic, 'none', { retain: true });
      wire.subscribe(`${topic}/set`, (name) => {
        const commands = Object.hasOwn(scenes, name) ? scenes[name] : undefined;
        if (!commands) return;
        tools.after(answerMs(tools), () => {
          for (const [target, command] of Object.entries(commands)) wire.publish(target, command);
          wire.publish(topic, name, { retain: true });
        });
      });
    },
  };
}
