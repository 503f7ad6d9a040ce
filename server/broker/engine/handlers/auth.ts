import { protocolError } from '../codec/reason.ts';

/**
 * Extended authentication is not offered: CONNECT with a method is refused with 0x8C, so whoever is connected
 * has no method and must not send AUTH [MQTT-4.12.0-7]. A method such as SCRAM would be continued here.
 */
export const handleAuth = (): never => protocolError('AUTH without an authentication method');
