import type { IPublishPacket, ISubscribePacket, IUnsubscribePacket } from 'mqtt-packet';
import type { Wire } from './wire.ts';

/** The versions that share most statements. */
export const both = [4, 5] as const;

/** A PUBLISH from a client. */
export const message = (topic: string, payload = 'x', rest: Partial<IPublishPacket> = {}): IPublishPacket => ({
  cmd: 'publish',
  topic,
  payload,
  qos: 0,
  dup: false,
  retain: false,
  ...(rest.qos && { messageId: 1 }),
  ...rest,
});

export const payloadOf = (packet: { payload: string | Buffer }): string => packet.payload.toString();

/** Subscribes to one filter and returns the code it got. */
export const subscribe = async (
  wire: Wire,
  topic: string,
  options: Partial<ISubscribePacket['subscriptions'][number]> = {},
  properties?: ISubscribePacket['properties'],
): Promise<number | undefined> => {
  wire.send({
    cmd: 'subscribe',
    messageId: 99,
    subscriptions: [{ topic, qos: 2, ...options }],
    ...(properties && { properties }),
  });
  const { granted } = await wire.expect('suback');
  return granted[0] as number | undefined;
};

export const unsubscribe = async (wire: Wire, ...filters: string[]): Promise<IUnsubscribePacket['messageId']> => {
  wire.send({ cmd: 'unsubscribe', messageId: 98, unsubscriptions: filters });
  return (await wire.expect('unsuback')).messageId;
};

/** Breaks the connection and waits until the broker knows. */
export const cut = async (wire: Wire): Promise<void> => {
  wire.cut();
  await wire.closed;
};

/** Everything that came on a wire from its nth write on, as hexadecimal digits. */
export const written = (wire: Wire, from = 0): string =>
  Buffer.concat(wire.writes.slice(from).map((chunk) => Buffer.from(chunk))).toString('hex');

export const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(' ', ''), 'hex');

/** What makes a session outlive its connection, in both versions. */
export const kept = (version: 4 | 5, clientId = 'client', seconds = 100) =>
  ({
    version,
    clientId,
    connect: { clean: false, ...(version === 5 && { properties: { sessionExpiryInterval: seconds } }) },
  }) as const;
