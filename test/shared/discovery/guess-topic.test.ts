import { describe, expect, it } from 'vitest';
import { guessTopic, maxGuessSamples } from '../../../shared/discovery/guess-topic.ts';
import type { Guess } from '../../../shared/discovery/guess.ts';
import { maxLeaves } from '../../../shared/discovery/leaves.ts';

const guess = (topic: string, samples: string | readonly string[], siblings: Record<string, string> = {}): Guess[] =>
  guessTopic({
    topic,
    samples: typeof samples === 'string' ? [samples] : samples,
    siblings: new Map(Object.entries(siblings)),
  });

/** topic, samples, what the first guess must hold, siblings */
type Case = [string, string | readonly string[], Partial<Guess>, Record<string, string>?];

describe('plain values', () => {
  const cases: Case[] = [
    [
      'house/rooms/wc/sensors/temperature',
      '22.5',
      { widget: 'gauge', name: 'Temperature', room: 'WC', unit: '°C', min: 0, max: 40, isSettable: false },
    ],
    ['house/rooms/wc/sensors/temperature', ' 22,75 ', { widget: 'gauge', unit: '°C' }],
    ['house/rooms/wc/sensors/temperature', ['nan', '22.5'], { widget: 'gauge', unit: '°C', sample: 'nan' }],
    ['garten/aussentemperatur/temp', '-3.5', { widget: 'gauge', unit: '°C', room: 'Garten' }],
    ['wetter/temp', '-3.5 °C', { widget: 'gauge', unit: '°C', min: -20, max: 50 }],
    [
      'house/kitchen/humidity',
      '45 %',
      { widget: 'gauge', unit: '%', min: 0, max: 100, room: 'Kitchen', name: 'Humidity' },
    ],
    ['haus/keller/luftfeuchtigkeit', '61', { widget: 'gauge', unit: '%', room: 'Keller', name: 'Luftfeuchtigkeit' }],
    ['garden/soil/moisture', '38', { widget: 'gauge', unit: '%', room: 'Garden', name: 'Soil moisture' }],
    ['home/office/co2', '684', { widget: 'gauge', unit: 'ppm', min: 400, max: 2000, name: 'CO2' }],
    ['wetter/luftdruck', '1013,2', { widget: 'gauge', unit: 'hPa' }],
    ['meter/leistung', '-1250', { widget: 'value', unit: 'W' }],
    ['meter/power', '812.4', { widget: 'value', unit: 'W' }],
    ['meter/energy/total', '4711.25', { widget: 'value', unit: 'kWh' }],
    ['meter/wasser', '12.3 m³', { widget: 'value', unit: 'm³' }],
    ['esp/rssi', '-67', { widget: 'gauge', unit: 'dBm' }],
    ['solar/batterySoc', '88', { widget: 'gauge', unit: '%' }],
    ['house/windspeed', '3.4', { widget: 'value', unit: 'm/s' }],
    ['esp/uptime', '123456', { widget: 'value', unit: 's' }],
    ['house/counter', ['1', '0'], { widget: 'value' }],
    ['house/power', ['1', '0'], { widget: 'value', unit: 'W' }],
    ['garage/level', '12', { widget: 'gauge', unit: '%' }],
    ['garten/zisterne/pegel', '1.84', { widget: 'value' }],
    ['esp/boot', '1700000000', { widget: 'text' }],
    ['esp/ip', '192.168.1.20', { widget: 'text' }],
    ['esp/clock', '12:34:56', { widget: 'text' }],
    ['house/doorbell/message', 'Somebody is here', { widget: 'text', name: 'Doorbell message' }],
    ['house/kitchen/humidity', 'unavailable', { widget: 'text', isSettable: false }],
  ];
  it.each<Case>(cases)('%s %j', (topic, samples, expected) => {
    expect(guess(topic, samples)[0]).toMatchObject(expected);
  });

  it('never proposes to publish where a sensor reports', () => {
    const [only, ...others] = guess('house/rooms/wc/sensors/temperature', '22.5');
    expect(others).toEqual([]);
    expect(only).not.toHaveProperty('commandTopic');
  });
});

describe('things that are on or off', () => {
  const cases: Case[] = [
    [
      'house/rooms/livingroom/switch',
      'on',
      {
        widget: 'switch',
        room: 'Livingroom',
        name: 'Switch',
        on: 'on',
        off: 'off',
        commandTopic: 'house/rooms/livingroom/switch',
        isSettable: true,
      },
    ],
    [
      'home/rooms/livingroom/lamp',
      'OFF',
      { widget: 'light', on: 'ON', off: 'OFF', commandTopic: 'home/rooms/livingroom/lamp' },
    ],
    ['home/rooms/livingroom/lamp', '1', { widget: 'light', on: '1', off: '0' }],
    ['haus/flur/licht', 'ein', { widget: 'light', on: 'ein', off: 'aus', room: 'Flur' }],
    ['haus/flur/steckdose', 'Aus', { widget: 'switch', on: 'An', off: 'Aus' }],
    ['haus/garten/pumpe', ['true', 'false'], { widget: 'switch', on: 'true', off: 'false' }],
    [
      'esp32/boiler/state',
      'ON',
      { widget: 'switch', commandTopic: 'esp32/boiler/set', name: 'Esp32 boiler' },
      { 'esp32/boiler/set': 'ON' },
    ],
    ['esp32/boiler', 'ON', { widget: 'switch', commandTopic: 'esp32/boiler/set' }, { 'esp32/boiler/set': '' }],
    [
      'stat/kitchen_plug/POWER',
      'ON',
      { widget: 'switch', commandTopic: 'cmnd/kitchen_plug/POWER', room: 'Kitchen', name: 'Plug power' },
    ],
    [
      'stat/kitchen_plug/POWER',
      'ON',
      { availabilityTopic: 'tele/kitchen_plug/LWT' },
      { 'tele/kitchen_plug/LWT': 'Online' },
    ],
    [
      'house/bath/motion',
      ['1', '0'],
      { widget: 'binary-sensor', deviceClass: 'motion', on: '1', off: '0', isSettable: false },
    ],
    ['house/hall/door', 'open', { widget: 'binary-sensor', deviceClass: 'door', on: 'open', off: 'closed' }],
    ['haus/bad/fenster', 'zu', { widget: 'binary-sensor', deviceClass: 'window', on: 'offen', off: 'zu', room: 'Bad' }],
    ['house/cellar/leak', 'dry', { widget: 'binary-sensor', deviceClass: 'moisture', on: 'wet', off: 'dry' }],
    ['house/kids/occupancy', 'true', { widget: 'binary-sensor', deviceClass: 'presence' }],
    ['house/frontdoor/lock', 'LOCKED', { widget: 'binary-sensor', deviceClass: 'lock', on: 'UNLOCKED', off: 'LOCKED' }],
    ['house/hall/blind', 'opening', { widget: 'text' }],
    ['esp/alive', 'true', { widget: 'binary-sensor' }],
  ];
  it.each<Case>(cases)('%s %j', (topic, samples, expected, siblings) => {
    expect(guess(topic, samples, siblings)[0]).toMatchObject(expected);
  });
});

describe('numbers and colours that can be set', () => {
  const cases: Case[] = [
    [
      'house/living/lamp/brightness',
      '158',
      { widget: 'slider', min: 0, max: 255, step: 1, commandTopic: 'house/living/lamp/brightness' },
    ],
    ['house/radio/volume', '18', { widget: 'slider', min: 0, max: 100, unit: '%' }],
    ['heizung/bad/soll', '21,5', { widget: 'slider' }],
    ['fan/speed', '3', { widget: 'slider', commandTopic: 'fan/speed/set' }, { 'fan/speed/set': '3' }],
    ['boiler/temperature', '55', { widget: 'slider', min: 5, max: 30, unit: '°C' }, { 'boiler/temperature/set': '55' }],
    ['house/strip/color', '#ff8800', { widget: 'color', colorFormat: 'hex', isSettable: true }],
    ['house/strip/farbe', 'ff8800', { widget: 'color', colorFormat: 'hex-bare' }],
    ['house/strip/rgb', '255,136,0', { widget: 'color', colorFormat: 'rgb' }],
    ['house/strip/rgb', '[255, 136, 0]', { widget: 'color', colorFormat: 'rgb' }],
    ['house/strip/hsv', '32,100,100', { widget: 'color', colorFormat: 'hsv' }],
    ['house/serial', 'ff8800', { widget: 'text' }],
    ['gps/position', '52,13,7', { widget: 'text' }],
  ];
  it.each<Case>(cases)('%s %j', (topic, samples, expected, siblings) => {
    expect(guess(topic, samples, siblings)[0]).toMatchObject(expected);
  });
});

describe('topics without a tile', () => {
  it.each([
    '$SYS/uptime',
    'homeassistant/switch/x/config',
    'tele/plug/LWT',
    'zigbee2mqtt/lamp/availability',
    'zigbee2mqtt/bridge/state',
    'esp/debug',
    'esp/log',
    '',
  ])('ignores %j', (topic) => expect(guess(topic, 'online')).toEqual([]));
  it.each(['house/lamp/set', 'cmnd/plug/POWER', 'house/lamp/cmd', 'zigbee2mqtt/lamp/set/state'])(
    'knows the orders of %j',
    (topic) => {
      expect(guess(topic, 'ON')).toMatchObject([{ widget: 'none', isSettable: false }]);
    },
  );
  it.each([['\u0000\u0001\u0002'], ['\ufffd\ufffd'], ['data:image/png;base64,iVBORw0KGgo'], ['/9j/4AAQSkZJRg']])(
    'leaves bytes alone: %j',
    (sample) => {
      expect(guess('esp/camera', sample)).toMatchObject([{ widget: 'none' }]);
    },
  );
  it('drops what Tasmota says twice', () => {
    expect(guess('stat/plug/RESULT', '{"POWER":"ON"}', { 'stat/plug/POWER': 'ON' })).toMatchObject([
      { widget: 'none' },
    ]);
  });
});

describe('JSON objects', () => {
  it('makes one lamp of a Zigbee2MQTT message', () => {
    const message =
      '{"state":"ON","brightness":158,"color_temp":366,"color":{"x":0.4,"y":0.4,"hue":30,"saturation":80},"linkquality":120}';
    const [light, ...rest] = guess('zigbee2mqtt/living/ceiling', message, {
      'zigbee2mqtt/living/ceiling/availability': '{"state":"online"}',
    });
    expect(light).toMatchObject({
      widget: 'light', name: 'Ceiling', room: 'Living', path: '$.state', on: 'ON', off: 'OFF', isSettable: true,
      commandTopic: 'zigbee2mqtt/living/ceiling/set', template: '{"state":"{{value}}"}',
      availabilityTopic: 'zigbee2mqtt/living/ceiling/availability', availabilityPath: '$.state',
    }); // prettier-ignore
    expect(light?.parts).toMatchObject([
      { role: 'power', path: '$.state' },
      { role: 'brightness', path: '$.brightness', min: 0, max: 254, template: '{"brightness":{{value}}}' },
      { role: 'temperature', path: '$.color_temp', isMired: true },
      { role: 'color', path: '$.color', colorFormat: 'json-rgb' },
    ]);
    expect(rest.map((one) => one.path)).toEqual(['$.linkquality']);
  });

  it('lists the readings of a sensor', () => {
    const message =
      '{"temperature":21.4,"humidity":48.2,"battery":91,"contact":true,"occupancy":false,"last_seen":"2026-01-01"}';
    expect(guess('zigbee2mqtt/bath/climate', message)).toMatchObject([
      {
        path: '$.temperature',
        widget: 'gauge',
        unit: '°C',
        name: 'Climate temperature',
        room: 'Bath',
        isSettable: false,
      },
      { path: '$.humidity', widget: 'gauge', unit: '%' },
      { path: '$.battery', widget: 'gauge', unit: '%' },
      { path: '$.contact', widget: 'binary-sensor', on: 'false', off: 'true', deviceClass: 'opening' },
      { path: '$.occupancy', widget: 'binary-sensor', deviceClass: 'presence', isSettable: false },
    ]);
  });

  it('reads Tasmota', () => {
    const state = guess(
      'tele/kitchen_plug/STATE',
      '{"Time":"2026-01-01T10:00:00","Uptime":"0T01","POWER":"ON","Wifi":{"RSSI":84,"Signal":-58}}',
    );
    expect(state.find((one) => one.path === '$.POWER')).toMatchObject({
      widget: 'switch',
      commandTopic: 'cmnd/kitchen_plug/POWER',
      on: 'ON',
      off: 'OFF',
    });
    expect(state.some((one) => one.path === '$.Time')).toBe(false);
    const sensor = guess(
      'tele/kitchen_plug/SENSOR',
      '{"Time":"x","ENERGY":{"Total":3.185,"Power":84,"Voltage":229,"Current":0.366},"TempUnit":"C"}',
    );
    expect(sensor).toMatchObject([
      { path: '$.ENERGY.Total', widget: 'value', unit: 'kWh', isSettable: false },
      { path: '$.ENERGY.Power', widget: 'value', unit: 'W', name: 'Plug energy power', room: 'Kitchen' },
      { path: '$.ENERGY.Voltage', unit: 'V' },
      { path: '$.ENERGY.Current', unit: 'A' },
    ]);
    const dimmer = guess('tele/bulb/STATE', '{"POWER":"ON","Dimmer":40,"CT":300}');
    expect(dimmer[0]?.parts).toMatchObject([
      { role: 'power', commandTopic: 'cmnd/bulb/POWER' },
      { role: 'brightness', max: 100, commandTopic: 'cmnd/bulb/Dimmer' },
      { role: 'temperature', isMired: true, commandTopic: 'cmnd/bulb/CT' },
    ]);
  });

  it('quotes odd keys and takes the topic\'s words for "value"', () => {
    expect(guess('x/y', '{"a b":{"c":1.5}}')).toMatchObject([{ path: '$["a b"].c', widget: 'value' }]);
    expect(guess('house/temperature', '{"value":21.5,"unit":"C"}')).toMatchObject([
      { path: '$.value', widget: 'gauge', unit: '°C', name: 'Temperature' },
    ]);
  });
});

describe('hostile input', () => {
  const nested = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
  const wide = JSON.stringify(Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`key${index}`, index])));
  it.each([
    ['1 MB of digits', '1'.repeat(1_000_000)],
    ['1 MB of JSON', `{"a":"${'x'.repeat(1_000_000)}"}`],
    ['deep JSON', nested(3_000)],
    ['deep array', `{"a":${'['.repeat(8_000)}`],
    ['HTML', '<img src=x onerror=alert(1)>'],
    ['broken JSON', '{"a":'],
    ['prototype', '{"__proto__":{"polluted":1},"constructor":1}'],
    ['blanks', ' '.repeat(100_000)],
    ['commas', '1,'.repeat(8_000)],
    ['huge number', '9'.repeat(400)],
    ['exponent', '1e999'],
  ])('survives %s', (_, sample) => {
    const guesses = guess('house/x', sample);
    expect(guesses.length).toBeLessThanOrEqual(maxLeaves + 1);
    for (const one of guesses) {
      expect(one.sample.length).toBeLessThanOrEqual(200);
      expect(one.isSettable).toBe(false);
    }
  });

  it('bounds leaves, samples and names', () => {
    expect(guess('house/wide', wide)).toHaveLength(maxLeaves);
    expect(
      guess(
        'house/x',
        Array.from({ length: 100_000 }, (_, index) => (index < maxGuessSamples ? '1.5' : 'no')),
      )[0]?.widget,
    ).toBe('value');
    expect(guess(`${'a/'.repeat(250)}b`, '1')[0]?.name.length).toBeLessThanOrEqual(60);
    expect(guess('a/'.repeat(400), '1')).toEqual([]);
    expect(guess('///', 'x')[0]?.name).not.toBe('');
    expect(guess('🏠/<b>lamp</b>', 'ON')[0]?.name).toContain('lamp');
  });
});
