import type { DeviceConnection } from '../../../shared/api/contract.ts';
import type { Translate } from '../../text/define.ts';
import type { DevicesKey } from '../../text/devices.ts';

const versions = { 3: '3.1', 4: '3.1.1', 5: '5' } as const;
const words = { tcp: 'wayPlain', tls: 'wayEncrypted', websocket: 'wayWebSocket', memory: 'wayInside' } as const;

/** How somebody is connected: "MQTT 3.1.1, not encrypted". */
export const wayText = (
  { via, protocolVersion }: Pick<DeviceConnection, 'via' | 'protocolVersion'>,
  t: Translate<DevicesKey>,
): string => t(words[via], { version: versions[protocolVersion] });
