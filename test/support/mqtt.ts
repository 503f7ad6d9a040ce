import { connectAsync, type IClientOptions, type IPublishPacket, type MqttClient } from 'mqtt';

/** A real MQTT client for tests: publishes, collects, waits for a condition. */
export interface TestClient {
  readonly client: MqttClient;
  readonly messages: readonly Received[];
  publish(topic: string, payload: string | Buffer, options?: { qos?: 0 | 1 | 2; retain?: boolean }): Promise<void>;
  subscribe(filter: string, qos?: 0 | 1 | 2): Promise<void>;
  /** Resolves with the first collected message that fits, now or later. */
  next(fits: (message: Received) => boolean, timeoutMs?: number): Promise<Received>;
  close(): Promise<void>;
}

export interface Received {
  readonly topic: string;
  readonly text: string;
  readonly packet: IPublishPacket;
}

const defaultTimeoutMs = 5_000;

/** Connects over TCP as a device. */
export async function mqttClient(port: number, options: IClientOptions = {}): Promise<TestClient> {
  const client = await connectAsync(`mqtt://127.0.0.1:${port}`, { protocolVersion: 5, reconnectPeriod: 0, ...options });
  const messages: Received[] = [];
  const waiting = new Set<() => void>();
  client.on('message', (topic, payload, packet) => {
    messages.push({ topic, text: payload.toString(), packet });
    for (const check of [...waiting]) check();
  });
  const next: TestClient['next'] = (fits, timeoutMs = defaultTimeoutMs) =>
    new Promise((resolve, reject) => {
      const check = (): void => {
        const found = messages.find(fits);
        if (!found) return;
        clearTimeout(timer);
        waiting.delete(check);
        resolve(found);
      };
      const timer = setTimeout(() => {
        waiting.delete(check);
        reject(
          new Error(`no such message within ${timeoutMs} ms; got ${JSON.stringify(messages.map((one) => one.topic))}`),
        );
      }, timeoutMs);
      waiting.add(check);
      check();
    });
  return {
    client,
    messages,
    publish: async (topic, payload, publishOptions = {}) =>
      void (await client.publishAsync(topic, payload, publishOptions)),
    subscribe: async (filter, qos = 0) => void (await client.subscribeAsync(filter, { qos })),
    next,
    close: () => client.endAsync(true),
  };
}
