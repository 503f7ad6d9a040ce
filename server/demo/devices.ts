import type { DemoDevice } from './device.ts';
import {
  contact,
  jsonSensor,
  plainSensor,
  sameTopicSwitch,
  sceneController,
  settable,
  tasmotaPlug,
  zigbeeLight,
  type Scenes,
} from './models.ts';

const isNumberIn = (min: number, max: number) => (payload: string) => {
  const number = Number(payload);
  return payload.trim() !== '' && number >= min && number <= max;
};
const isHexColor = (payload: string): boolean => /^#[0-9a-f]{6}$/i.test(payload);

const ceiling = 'zigbee2mqtt/living/ceiling/set';
const floorLamp = 'zigbee2mqtt/living/floor-lamp/set';

/** What the scene buttons do: topic → command. */
const scenes: Scenes = {
  movie: { [ceiling]: { brightness: 25 }, [floorLamp]: { state: 'ON', brightness: 60 }, 'cmnd/tv_socket/POWER': 'ON' },
  reading: { [ceiling]: { brightness: 200 }, [floorLamp]: { state: 'ON', brightness: 230 } },
};

/** THE LIST of simulated devices: about twenty, in five rooms, speaking as real ones do. `note` is in the language of the house. */
export const demoDevices = (note: string): readonly DemoDevice[] => [
  zigbeeLight('zigbee2mqtt/living/ceiling', { state: 'ON', brightness: 158, color_temp: 366 }),
  zigbeeLight('zigbee2mqtt/living/floor-lamp', { state: 'ON', brightness: 102, color: { hue: 22, saturation: 62 } }),
  tasmotaPlug('tv_socket', { mean: 84, step: 3, decimals: 0 }, true),
  contact('zigbee2mqtt/living/window', { on: '{"contact":false}', off: '{"contact":true}' }, true),
  contact('house/rooms/living/sensors/motion', { on: 'ON', off: 'OFF' }, false),
  jsonSensor(
    'house/living/air',
    {
      co2: { mean: 684, step: 18, decimals: 0 },
      humidity: { mean: 45, step: 0.8, decimals: 1 },
      temperature: { mean: 21.5, step: 0.1, decimals: 1 },
    },
    15_000,
  ),
  settable('house/living/radiator', '22.0', isNumberIn(5, 30)),
  settable('house/living/speaker/volume', '18', isNumberIn(0, 100)),
  settable('house/notes/door', note, (payload) => payload.length <= 200),
  sceneController('house/scene', scenes),
  zigbeeLight('zigbee2mqtt/kitchen/worktop', { state: 'ON', brightness: 203 }),
  sameTopicSwitch('house/rooms/kitchen/switch', 'off'),
  tasmotaPlug('coffee', { mean: 1_180, step: 60, decimals: 0 }, false),
  jsonSensor('house/kitchen/fridge', { temperature: { mean: 5.1, step: 0.2, decimals: 1 } }, 30_000),
  contact('house/kitchen/leak', { on: 'wet', off: 'dry' }, false),
  settable('house/bedroom/led/color', '#ffb066', isHexColor),
  jsonSensor(
    'house/bedroom/climate',
    { temperature: { mean: 18.4, step: 0.1, decimals: 1 }, humidity: { mean: 51, step: 0.6, decimals: 1 } },
    30_000,
  ),
  plainSensor('house/rooms/wc/sensors/temperature', { mean: 22, step: 0.1, decimals: 1 }, 60_000),
  plainSensor('house/rooms/wc/sensors/humidity', { mean: 58, step: 0.9, decimals: 0 }, 45_000),
  tasmotaPlug('wc_fan', { mean: 12, step: 1, decimals: 0 }, false),
  zigbeeLight('zigbee2mqtt/workshop/lamp', { state: 'OFF', brightness: 200 }, { everyMs: 150_000, forMs: 40_000 }),
  jsonSensor('house/workshop/tank', { level: { mean: 68, step: 0.4, decimals: 0 } }, 60_000),
  jsonSensor(
    'house/outside/weather',
    { temperature: { mean: 6.2, step: 0.2, decimals: 1 }, wind: { mean: 3.4, step: 0.6, decimals: 1 } },
    30_000,
  ),
];
