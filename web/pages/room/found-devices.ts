import type { TopicsReply } from '../../../shared/api/contract.ts';
import { newDevices } from '../../../shared/discovery/new-devices.ts';
import type { House } from '../../../shared/house/house.ts';
import type { Api } from '../../app/api.ts';

/** The most topics the server gives at once; more than these are not looked at. */
const maxLookedAt = 200;

/** How many devices were heard of that no tile shows; 0 as well when the server does not say. */
export async function countNewDevices(api: Pick<Api, 'get'>, house: House): Promise<number> {
  const reply = await api.get<TopicsReply>('/api/topics', { limit: maxLookedAt });
  if (!reply.ok) return 0;
  const heard = reply.value.topics.map(({ topic, text, base64, samples }) => ({
    topic,
    text: text ?? base64 ?? '',
    samples,
  }));
  return newDevices(heard, house).length;
}
