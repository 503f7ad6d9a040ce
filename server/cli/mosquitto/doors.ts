import { isAnyAddress } from '../lan-address.ts';
import { isLoopback } from '../settings.ts';
import type { Listener } from './conf.ts';
import type { LeftOut } from './lines.ts';

const defaultPorts = { plain: 1883, tls: 8883 } as const;

/** How Kachel opens the doors that Mosquitto had. */
export interface Doors {
  /** `KACHEL_…=…`, only where it differs from the defaults. */
  readonly settings: readonly string[];
  /** Doors that it would not open, or open wider than they were. */
  readonly leftOut: readonly LeftOut[];
}

const isBound = ({ address }: Listener): boolean => address !== undefined && address !== '*' && !isAnyAddress(address);
const textOf = ({ port, address }: Listener): string => [port, address].join(' ').trim();

/** Kachel has one port of each sort and one address for all: what was more than that is said. */
export function doorsFor(listeners: readonly Listener[]): Doors {
  const mqtt = listeners.filter(({ isWebSocket }) => !isWebSocket);
  const plain = mqtt.find(({ certFile }) => certFile === undefined);
  const tls = mqtt.find(({ certFile }) => certFile !== undefined);
  const bound = listeners.find(isBound);
  const isOneAddress = bound !== undefined && listeners.every(({ address }) => address === bound.address);
  const isPlainLocal = !isOneAddress && plain !== undefined && isLoopback(plain.address ?? '');
  const settings = [
    ...portSetting(plain, 'KACHEL_MQTT_PORT', defaultPorts.plain, 'off'),
    ...(isPlainLocal ? ['KACHEL_MQTT_PLAIN=loopback'] : []),
    ...(tls ? tlsSettings(tls) : []),
    ...(isOneAddress ? [`KACHEL_HOST=${bound.address}`] : []),
  ];
  const further = mqtt.filter((one) => one !== plain && one !== tls);
  const wider = isOneAddress ? [] : listeners.filter((one) => isBound(one) && !(one === plain && isPlainLocal));
  return {
    settings,
    leftOut: [
      ...further.map((one) => ({ ...placeOf(one), code: 'listener' as const, text: textOf(one) })),
      ...wider
        .filter((one) => !further.includes(one))
        .map((one) => ({ ...placeOf(one), code: 'address' as const, text: textOf(one) })),
    ],
  };
}

const placeOf = ({ file, line }: Listener): Pick<LeftOut, 'file' | 'line'> => ({ file, line });

const tlsSettings = (tls: Listener): readonly string[] => [
  ...portSetting(tls, 'KACHEL_MQTTS_PORT', defaultPorts.tls),
  ...(tls.certFile === undefined ? [] : [`KACHEL_TLS_CERT=${tls.certFile}`]),
  ...(tls.keyFile === undefined ? [] : [`KACHEL_TLS_KEY=${tls.keyFile}`]),
];

function portSetting(listener: Listener | undefined, name: string, usual: number, absent?: string): readonly string[] {
  if (!listener) return absent === undefined ? [] : [`${name}=${absent}`];
  return listener.port === usual ? [] : [`${name}=${listener.port}`];
}
