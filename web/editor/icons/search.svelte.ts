import type { IconsReply } from '../../../shared/api/contract.ts';
import type { Api } from '../../app/api.ts';

const settleMs = 200;
/** One row. */
export const fitsCount = 6;

/** Icons found for a name and for a search; the whole set stays on the server. */
export class IconSearch {
  readonly #api: Pick<Api, 'get'>;
  fits = $state.raw<IconsReply>([]);
  hits = $state.raw<IconsReply>([]);
  status = $state<'loading' | 'ready' | 'failed'>('loading');
  #asked = 0;

  constructor(api: Pick<Api, 'get'>) {
    this.#api = api;
  }

  /** Icons that fit a name: the first row. */
  async loadFits(name: string): Promise<void> {
    const reply = await this.#api.get<IconsReply>('/api/icons', { search: name });
    if (reply.ok) this.fits = reply.value.slice(0, fitsCount);
  }

  async load(search: string): Promise<void> {
    this.#asked += 1;
    const mine = this.#asked;
    const reply = await this.#api.get<IconsReply>('/api/icons', search.trim() === '' ? {} : { search: search.trim() });
    if (mine !== this.#asked) return;
    this.status = reply.ok ? 'ready' : 'failed';
    if (reply.ok) this.hits = reply.value;
  }

  /** Loads once the person stops typing; returns how to call it off. */
  loadSoon(search: string): () => void {
    const timer = setTimeout(() => void this.load(search), settleMs);
    return () => clearTimeout(timer);
  }
}
