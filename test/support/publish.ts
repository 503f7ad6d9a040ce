import type { FastifyInstance } from 'fastify';

/** Publishes as the server and resolves when observers have seen it. */
export async function publish(
  app: FastifyInstance,
  topic: string,
  payload: string | Buffer,
  retain = false,
): Promise<void> {
  const seen = new Promise<void>((resolve) => {
    const stop = app.broker.observe(topic, () => {
      stop();
      resolve();
    });
  });
  await app.broker.publish({ topic, payload: Buffer.from(payload), qos: 0, retain });
  await seen;
}
