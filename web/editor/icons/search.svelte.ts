import type { IconHit, IconsReply } from '../../../shared/api/contract.ts';
import type { Api } from '../../app/api.ts';

const settleMs = 200;
/** One row. */
export const fitsCount = 6;

/** Icons found for a name and for a search; the whole set stays on the server. */
export class IconSearch {
  readonly #api: Pick<Api, 'get'>;
  fits = $state.raw<readonly IconHit[]>([]);
  hits = $state.raw<readonly IconHit[]>([]);
  /** How many were found, of how many. */
  count = $state.raw({ found: 0, all: 0 });
  status = $state<'loading' | 'ready' | 'failed'>('loading');
  #asked = 0;

  constructor(api: Pick<Api, 'get'>) {
    this.#api = api;
  }

  /** Icons that fit a name: the first row. */
  async loadFits(name: string): Promise<void> {
    const reply = await this.#api.get<IconsReply>('/api/icons', { fits: name });
    if (reply.ok) this.fits = reply.value.icons.slice(0, fitsCount);
  }

  /** `topic`: words of which one is enough, while nothing is typed. */
  async load(search: string, topic = ''): Promise<void> {
    this.#asked += 1;
    const mine = this.#asked;
    const typed = search.trim();
    const query = typed !== '' ? { search: typed } : topic !== '' ? { fits: topic } : {};
    const reply = await this.#api.get<IconsReply>('/api/icons', query);
    if (mine !== this.#asked) return;
    this.status = reply.ok ? 'ready' : 'failed';
    if (!reply.ok) return;
    const { icons, found, all } = reply.value;
    this.hits = icons;
    this.count = { found, all };
  }

  /** Loads once the person stops typing; returns how to call it off. */
  loadSoon(search: string, topic = ''): () => void {
    const timer = setTimeout(() => void this.load(search, topic), settleMs);
    return () => clearTimeout(timer);
  }
}
