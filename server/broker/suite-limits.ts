import type { EngineLimits } from './engine/limits.ts';

/** What Mosquitto agrees on with its clients: its protocol tests compare CONNACK byte for byte. */
const suiteLimits: Partial<EngineLimits> = {
  topicAliasMaximum: 10,
  maxPacketBytes: 2_000_000,
  receiveMaximum: 20,
  maxClientIdBytes: 65_535,
};

/** The limits somebody asked for; a broker for tests has those of the suites beside them. */
export const limitsFor = (isForTests: boolean, asked: Partial<EngineLimits>): Partial<EngineLimits> =>
  isForTests ? { ...suiteLimits, ...asked } : asked;
