import { encodeCodes } from './codec/encode.ts';
import { ProtocolViolation, reason } from './codec/reason.ts';
import type { ReasonCode } from './codec/reason.ts';
import type { Connection } from './connection.ts';

/** What SUBACK and UNSUBACK take at most beside their codes: type, length, packet id, no properties. */
const overheadBytes = 8;
const notAllowed = 'not allowed to subscribe to this topic filter';

/** [MQTT-3.1.2-24]: a request whose answer would be larger than the client takes is not begun. */
export const checkRoomForCodes = (connection: Connection, count: number): void => {
  if (count + overheadBytes <= connection.maxPacketBytes) return;
  throw new ProtocolViolation(reason.packetTooLarge, 'the answer would be larger than the client takes');
};

/** Sends SUBACK or UNSUBACK; a refusal for lack of rights is told in words where there is room [MQTT-3.9.2-1]. */
export const answerCodes = (
  connection: Connection,
  type: 'suback' | 'unsuback',
  { packetId, codes }: { packetId: number; codes: readonly ReasonCode[] },
): void => {
  const { version } = connection;
  const isExplained = version === 5 && connection.wantsProblemInformation && codes.includes(reason.notAuthorized);
  const long = isExplained ? encodeCodes(type, 5, { packetId, codes, reasonString: notAllowed }) : undefined;
  const isRoomy = long !== undefined && long.length <= connection.maxPacketBytes;
  connection.send(isRoomy ? long : encodeCodes(type, version, { packetId, codes }));
};
