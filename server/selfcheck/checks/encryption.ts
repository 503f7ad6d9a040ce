import type { ClientInfo } from '../../broker/engine/engine.ts';
import { found, namesIn, type Check } from '../check.ts';

const isThing = ({ principal: { kind } }: ClientInfo): boolean => kind === 'device' || kind === 'app';
const namesOf = (clients: readonly ClientInfo[]): readonly string[] => [
  ...new Set(clients.map(({ principal }) => principal.name)),
];

/** Which devices talk without encryption now, and from where. What stays on this machine nobody hears. */
export const encryption: Check = {
  name: 'encryption',
  look: ({ broker, isPrivate, isLoopback }) => {
    const things = broker.clients().filter(isThing);
    const plain = things.filter(({ origin }) => origin.via === 'tcp' && !isLoopback(origin.remoteAddress));
    const outside = namesOf(plain.filter(({ origin }) => !isPrivate(origin.remoteAddress)));
    const inside = namesOf(plain.filter(({ origin }) => isPrivate(origin.remoteAddress)));
    return [
      ...(outside.length > 0 ? [found('plain-from-outside', { n: outside.length, names: namesIn(outside) })] : []),
      ...(inside.length > 0 ? [found('plain-devices', { n: inside.length, names: namesIn(inside) })] : []),
      ...(plain.length === 0 && things.length > 0 ? [found('devices-encrypted', { n: namesOf(things).length })] : []),
    ];
  },
};
