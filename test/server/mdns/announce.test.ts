import { describe, expect, it } from 'vitest';
import { announce, type Responder } from '../../../server/mdns/announce.ts';
import { mdns } from '../../../server/mdns/plugin.ts';
import Fastify from 'fastify';
import fp from 'fastify-plugin';

type ServiceOptions = Parameters<Responder['createService']>[0];

/** Stands where the network would be. */
function network(advertise: () => Promise<void> = () => Promise.resolve()) {
  const services: ServiceOptions[] = [];
  const renames: ((hostname: string) => void)[] = [];
  let [opened, closed] = [0, 0];
  const responder: Responder = {
    createService: (options) => {
      services.push(options);
      return { on: (_event, listener) => renames.push(listener), advertise };
    },
    shutdown: async () => void closed++,
  };
  const open = async (): Promise<Responder> => {
    opened++;
    return responder;
  };
  return { services, renames, open, opened: () => opened, closed: () => closed };
}

function listen() {
  const lines: string[] = [];
  return {
    lines,
    log: { info: (line: string) => void lines.push(line), warn: (line: string) => void lines.push(line) },
  };
}

const service = { type: 'http', port: 8_080 } as const;

describe('kachel.local', () => {
  it('is announced under the name of the home and taken back at the end', async () => {
    const { services, open, closed } = network();
    const stop = await announce({ open, service, title: 'Lindenhof', ...listen() });
    expect(services).toEqual([
      { name: 'Lindenhof', type: 'http', port: 8_080, hostname: 'kachel', txt: { path: '/' } },
    ]);
    await stop();
    expect(closed()).toBe(1);
  });

  it('that is another machine’s already is left to it', async () => {
    const { renames, open, closed } = network();
    const { lines, log } = listen();
    const stop = await announce({ open, service, title: 'Lindenhof', log });
    renames[0]?.('kachel-(2).local.');
    await stop();
    expect(lines.join()).toContain('Another machine is kachel.local already');
    expect(closed()).toBe(1);
  });

  it('that cannot be announced does no harm', async () => {
    const { open } = network(() => Promise.reject(new Error('no network')));
    const { lines, log } = listen();
    await announce({ open, service, title: 'x'.repeat(100), log });
    await Promise.resolve();
    expect(lines.join()).toContain('no network');
  });

  it('names of many bytes are cut to what the protocol holds', async () => {
    const { services, open } = network();
    await announce({ open, service, title: 'ü'.repeat(60), ...listen() });
    expect(Buffer.byteLength(services[0]?.name ?? '')).toBeLessThanOrEqual(63);
  });
});

describe('a house', () => {
  async function house(isOn: boolean, open: () => Promise<Responder>) {
    const app = Fastify();
    const current = () => ({ house: { name: '' } });
    await app.register(fp(async (inner) => void inner.decorate('house', { current } as never), { name: 'house' }));
    await app.register(mdns, { isOn, address: undefined, interfaces: () => [], open });
    await app.ready();
    return app;
  }

  it.each([
    [true, service, 1],
    [false, service, 0],
    [true, undefined, 0],
  ])('switched on %s with %j opens %i responders, and closes them', async (isOn, told, count) => {
    const { open, opened, closed } = network();
    const app = await house(isOn, open);
    await app.mdns.begin(told);
    expect(opened()).toBe(count);
    await app.close();
    expect(closed()).toBe(count);
  });

  it('goes on when the responder cannot be opened', async () => {
    const app = await house(true, () => Promise.reject(new Error('no sockets')));
    await app.mdns.begin(service);
    await app.close();
  });
});
