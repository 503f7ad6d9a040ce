import { createContext } from 'svelte';
import type { Tile } from '../../shared/house/house.ts';

/** What lies over the page: the details of a tile, More. */
export class Overlays {
  #details = $state.raw<Tile | undefined>(undefined);
  #isMoreOpen = $state(false);

  /** The tile whose details are open. */
  get details(): Tile | undefined {
    return this.#details;
  }

  get isMoreOpen(): boolean {
    return this.#isMoreOpen;
  }

  showDetails(tile: Tile): void {
    this.#details = tile;
  }

  closeDetails(): void {
    this.#details = undefined;
  }

  showMore(): void {
    this.#isMoreOpen = true;
  }

  closeMore(): void {
    this.#isMoreOpen = false;
  }
}

export const [getOverlays, setOverlays] = createContext<Overlays>();
