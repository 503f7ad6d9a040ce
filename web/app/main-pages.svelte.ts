import type { Component } from 'svelte';

/**
 * Home in a file of its own: where the address asks for it, index.html asks for it early; where it asks for a room, which comes
 * with the first file, Home is there before anybody can tap on it.
 */
export class MainPages {
  home: Component | undefined = $state.raw();
  /** How this document asks: for oneself, unless the address says with whose eyes (web/look). */
  fetch: typeof fetch = (...request) => fetch(...request);

  async load(path: string): Promise<void> {
    if (path.startsWith('/as/')) this.fetch = (await import('../look/open.ts')).openEyes();
    if (!path.startsWith('/room/')) await this.loadHome();
  }

  async loadHome(): Promise<void> {
    this.home ??= (await import('../pages/home/Home.svelte')).default;
  }
}
