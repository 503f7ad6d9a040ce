import { beforeEach, describe, expect, it } from 'vitest';
import { createRouter, type Router, type RouterWindow } from '../../../web/app/router.svelte.ts';
import { routeOf } from '../../../web/app/routes.ts';
import { lamp } from '../../support/house.ts';

/** The part of a window that remembers where one was. */
class FakeWindow implements RouterWindow {
  entries: { path: string; state: unknown }[] = [{ path: '/', state: null }];
  at = 0;
  scrollY = 0;
  readonly #listeners = new Set<() => void>();
  readonly location: { readonly pathname: string };
  readonly history: RouterWindow['history'];

  constructor() {
    const path = (): string => this.entries[this.at]!.path;
    const state = (): unknown => this.entries[this.at]!.state;
    this.location = {
      get pathname() {
        return path();
      },
    };
    this.history = {
      scrollRestoration: 'auto',
      get state() {
        return state();
      },
      pushState: (next: unknown, _unused: string, to?: string | URL | null) => {
        this.entries = [...this.entries.slice(0, this.at + 1), { path: String(to ?? path()), state: next }];
        this.at += 1;
      },
      replaceState: (next: unknown, _unused: string, to?: string | URL | null) => {
        this.entries[this.at] = { path: String(to ?? path()), state: next };
      },
      back: () => {
        if (this.at === 0) return;
        this.at -= 1;
        for (const run of this.#listeners) run();
      },
    };
  }

  scrollTo = (_x: number, y: number): void => void (this.scrollY = y);
  addEventListener = (type: string, run: () => void): void => {
    if (type === 'popstate') this.#listeners.add(run);
  };
  removeEventListener = (_type: string, run: () => void): void => void this.#listeners.delete(run);
}

describe('router', () => {
  let window: FakeWindow;
  let router: Router;
  let arrivals: string[];
  const drawn = async (): Promise<void> => {
    await Promise.resolve();
    await Promise.resolve();
  };

  beforeEach(async () => {
    window = new FakeWindow();
    arrivals = [];
    router = createRouter({
      window,
      afterDraw: () => Promise.resolve(),
      onArrive: () => arrivals.push(router.path),
    });
    await drawn();
  });

  it('moves the focus to every new page, but not on the first', async () => {
    expect(arrivals).toEqual([]);
    router.navigate('/settings');
    await drawn();
    expect([router.path, arrivals]).toEqual(['/settings', ['/settings']]);
  });

  it('goes back to where one was on the page', async () => {
    window.scrollY = 420;
    router.navigate('/room/living');
    await drawn();
    expect(window.scrollY).toBe(0);
    router.back('/');
    await drawn();
    expect([router.path, window.scrollY]).toEqual(['/', 420]);
  });

  it('goes to the fallback when nothing of ours is behind', async () => {
    window.entries = [{ path: '/tile/a/edit', state: null }];
    router.back('/room/living');
    await drawn();
    expect(window.entries.map((entry) => entry.path)).toEqual(['/room/living']);
  });

  it('lets the entry of a sheet become the page it leads to', async () => {
    window.history.pushState({ sheetDepth: 1 }, '');
    router.navigate('/devices');
    await drawn();
    expect(window.entries.map((entry) => entry.path)).toEqual(['/', '/devices']);
    router.back('/');
    await drawn();
    expect(router.path).toBe('/');
  });

  it('leaves the page alone when a sheet closes', async () => {
    window.history.pushState({ sheetDepth: 1 }, '');
    window.scrollY = 99;
    window.history.back();
    await drawn();
    expect([arrivals, window.scrollY]).toEqual([[], 99]);
  });
});

describe('routes', () => {
  const house = {
    rooms: [
      { id: 'living', name: 'Living', icon: 'sofa', layouts: { phone: { columns: 4 as const, placements: [] } } },
    ],
    tiles: [lamp()],
  };

  it.each([
    ['/', { page: 'home' }],
    ['/more', { page: 'home' }],
    ['/settings/', { page: 'settings' }],
    ['/room/new', { page: 'new-room' }],
    ['/room/living', { page: 'room', roomId: 'living' }],
    ['/room/living/arrange', { page: 'arrange', roomId: 'living' }],
    ['/room/living/add', { page: 'add', roomId: 'living' }],
    ['/room/living/nothing', { page: 'not-found' }],
    ['/room/gone', { page: 'not-found' }],
    ['/tile/lamp/edit', { page: 'edit', tileId: 'lamp' }],
    ['/tile/gone/edit', { page: 'not-found' }],
    ['/../etc', { page: 'not-found' }],
  ])('%s', (path, expected) => {
    expect(routeOf(path, house)).toEqual(expected);
  });

  it.each([
    ['/people', { page: 'people' }],
    ['/people/invite', { page: 'invite' }],
    ['/people/p1', { page: 'person', id: 'p1' }],
    ['/people/p1/x', { page: 'not-found' }],
    ['/groups/g1', { page: 'group', id: 'g1' }],
    ['/groups/roles', { page: 'role-rules' }],
    ['/people/logins', { page: 'all-logins' }],
    ['/groups/g1/x', { page: 'not-found' }],
    ['/devices/d1', { page: 'device', id: 'd1' }],
    ['/ask', { page: 'ask' }],
    ['/ask/tile/lamp', { page: 'ask-about', kind: 'tile', id: 'lamp' }],
    ['/ask/moon/lamp', { page: 'not-found' }],
  ])('%s', (path, expected) => {
    expect(routeOf(path, house)).toEqual(expected);
  });

  const member = { mayArrange: true, mayManage: false };
  const guest = { mayArrange: false, mayManage: false };
  it.each([
    ['/room/living', guest, 'room'],
    ['/room/gone', member, 'private'],
    ['/tile/gone/edit', member, 'private'],
    ['/tile/lamp/edit', member, 'edit'],
    ['/tile/lamp/edit', guest, 'private'],
    ['/room/living/arrange', guest, 'private'],
    ['/room/new', guest, 'private'],
    ['/people', member, 'private'],
    ['/groups/g1', member, 'private'],
    ['/groups/roles', member, 'private'],
    ['/people/logins', member, 'private'],
    ['/devices/d1', member, 'private'],
    ['/ask', guest, 'ask'],
    ['/nowhere', member, 'not-found'],
  ])('%s for %o', (path, access, page) => {
    expect(routeOf(path, house, access).page).toBe(page);
  });
});
