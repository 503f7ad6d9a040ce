import { pingresp } from '../codec/encode.ts';
import type { Connection } from '../connection.ts';

/** [MQTT-3.12.4-1] */
export const handlePingreq = (connection: Connection): void => connection.send(pingresp);
