import type { LiveTopic, TopicsReply } from '../../../shared/api/contract.ts';
import { newestTopics } from './topic-list.ts';
import type { Api } from '../../app/api.ts';

/** The most the server gives at once. */
const pageSize = 200;
const settleMs = 250;

/** The live topics the server knows: all of them at first, then whatever is searched for. */
export class TopicSearch {
  readonly #api: Pick<Api, 'get'>;
  #known = $state.raw<readonly LiveTopic[]>([]);
  #total = $state(0);
  #status = $state<'loading' | 'ready' | 'failed'>('loading');
  #asked = 0;

  constructor(api: Pick<Api, 'get'>) {
    this.#api = api;
  }

  /** Newest first within what was fetched. */
  get topics(): readonly LiveTopic[] {
    return this.#known;
  }

  get total(): number {
    return this.#total;
  }

  get status(): 'loading' | 'ready' | 'failed' {
    return this.#status;
  }

  async load(search = ''): Promise<void> {
    this.#asked += 1;
    const mine = this.#asked;
    const query = search.trim() === '' ? { limit: pageSize } : { limit: pageSize, search: search.trim() };
    const reply = await this.#api.get<TopicsReply>('/api/topics', query);
    if (mine !== this.#asked) return;
    if (!reply.ok) {
      this.#status = 'failed';
      return;
    }
    this.#known = newestTopics(reply.value.topics, this.#known);
    if (search.trim() === '') this.#total = reply.value.total;
    this.#status = 'ready';
  }

  /** Loads once the person stops typing; returns how to call it off. */
  loadSoon(search: string): () => void {
    const timer = setTimeout(() => void this.load(search), settleMs);
    return () => clearTimeout(timer);
  }
}
