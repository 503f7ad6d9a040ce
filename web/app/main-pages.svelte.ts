import type { Component } from 'svelte';
import type { Room } from '../../shared/house/house.ts';

/**
 * Home and the room page, each in a file of its own. Only the one that the address asks for comes with the first load
 * (index.html asks for it early); the other one is there before anybody can tap on it.
 */
export class MainPages {
  home: Component | undefined = $state.raw();
  room: Component<{ room: Room }> | undefined = $state.raw();
  /** How this document asks: for oneself, unless the address says with whose eyes (web/look). */
  fetch: typeof fetch = (...request) => fetch(...request);

  async load(path: string): Promise<void> {
    if (path.startsWith('/as/')) this.fetch = (await import('../look/open.ts')).openEyes();
    await (path.startsWith('/room/') ? this.#loadRoom() : this.#loadHome());
  }

  async loadAll(): Promise<void> {
    await Promise.all([this.#loadHome(), this.#loadRoom()]);
  }

  async #loadHome(): Promise<void> {
    this.home ??= (await import('../pages/home/Home.svelte')).default;
  }

  async #loadRoom(): Promise<void> {
    this.room ??= (await import('../pages/room/Room.svelte')).default;
  }
}
