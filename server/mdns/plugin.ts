import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { homeName } from '../../shared/api/trust.ts';
import { announce, type Announced, type AnnounceOptions, type Responder } from './announce.ts';

/** Tells the local network where this house is. */
export interface Mdns {
  /** Begins once all ports are open; does nothing when it is switched off. */
  begin(service: Announced | undefined): Promise<void>;
}

declare module 'fastify' {
  interface FastifyInstance {
    mdns: Mdns;
  }
}

export interface MdnsOptions extends Pick<AnnounceOptions, 'address'> {
  /** False when nobody else can reach this machine, or when it was switched off. */
  readonly isOn: boolean;
  /** Names of the interfaces where people are; without one the library guesses by who was heard lately. */
  readonly interfaces: () => readonly string[];
  /** Replaces the library in tests. */
  readonly open?: () => Promise<Responder>;
}

/** The library holds sockets and timers from its first moment, so it is loaded only for this. */
async function openResponder(interfaces: readonly string[]): Promise<Responder> {
  const { default: ciao } = await import('@homebridge/ciao');
  return ciao.getResponder(interfaces.length > 0 ? { interface: [...interfaces] } : {});
}

const plugin = async (app: FastifyInstance, options: MdnsOptions): Promise<void> => {
  const { isOn, address, interfaces, open = () => openResponder(interfaces()) } = options;
  const { house, log } = app;
  let stop: (() => Promise<void>) | undefined;
  const say = { info: (line: string) => log.info(line), warn: (line: string) => log.warn(line) };
  app.decorate('mdns', {
    begin: async (service) => {
      if (!isOn || !service) return;
      const { name } = house.current().house;
      try {
        stop = await announce({ open, service, title: name === '' ? 'Kachel' : name, address, log: say });
      } catch (error) {
        say.warn(`${homeName} could not be announced: ${String(error)}`);
      }
    },
  });
  app.addHook('preClose', async () => stop?.());
};

export const mdns = fp(plugin, { name: 'mdns', dependencies: ['house'] });
