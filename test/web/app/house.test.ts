import { describe, expect, it, vi } from 'vitest';
import type { HouseReply } from '../../../shared/api/contract.ts';
import type { House } from '../../../shared/house/house.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { Api } from '../../../web/app/api.ts';
import type { Failure } from '../../../web/app/failure.ts';
import { HouseKeeper } from '../../../web/app/house.svelte.ts';
import { lamp } from '../../support/house.ts';

const houseWith = (...titles: string[]): House => ({
  version: 1,
  name: 'Home',
  rooms: [{ id: 'living', name: 'Living', icon: 'sofa', layouts: { phone: { columns: 4, placements: [] } } }],
  tiles: titles.map((title, index) => lamp({ id: `t${index}`, title })),
});
const rename =
  (index: number, title: string) =>
  (house: House): House => ({
    ...house,
    tiles: house.tiles.map((tile, at) => (at === index ? { ...tile, title } : tile)),
  });

/** A server of one document. */
class OneHouse {
  revision = 1;
  house = houseWith('A', 'B');
  isAway = false;

  api: Pick<Api, 'get' | 'put'> = {
    get: <T>() => Promise.resolve(ok({ revision: this.revision, house: this.house } as T)),
    put: <T>(_path: string, body: unknown) => Promise.resolve(this.#put(body) as Result<T, Failure>),
  };

  #put(body: unknown): Result<HouseReply, Failure> {
    const { baseRevision, house } = body as { baseRevision: number; house: House };
    if (this.isAway) return fail({ code: 'unreachable', message: '' });
    if (baseRevision !== this.revision) return fail({ code: 'stale-revision', message: '' });
    this.revision += 1;
    this.house = house;
    return ok({ revision: this.revision, house });
  }

  saveBySomebodyElse(change: (house: House) => House): void {
    this.revision += 1;
    this.house = change(this.house);
  }
}

describe('house', () => {
  const open = (): { server: OneHouse; keeper: HouseKeeper; changes: number[] } => {
    const server = new OneHouse();
    const changes: number[] = [];
    const first = { revision: 1, house: server.house, icons: {} };
    const keeper: HouseKeeper = new HouseKeeper({
      api: server.api,
      first,
      onChange: () => changes.push(keeper.revision),
    });
    return { server, keeper, changes };
  };
  const titles = (house: House): string[] => house.tiles.map((tile) => tile.title);

  it('saves over the revision it knows', async () => {
    const { server, keeper, changes } = open();
    expect(await keeper.save(rename(0, 'Lamp'))).toEqual(ok({ merged: false }));
    expect(titles(server.house)).toEqual(['Lamp', 'B']);
    expect([keeper.revision, changes]).toEqual([2, [2]]);
  });

  it('merges what somebody else saved meanwhile', async () => {
    const { server, keeper } = open();
    server.saveBySomebodyElse(rename(1, 'Theirs'));
    expect(await keeper.save(rename(0, 'Mine'))).toEqual(ok({ merged: true }));
    expect(titles(server.house)).toEqual(['Mine', 'Theirs']);
    expect(titles(keeper.house)).toEqual(['Mine', 'Theirs']);
  });

  it.each([
    ['mine', ok({ merged: true }), 'Mine'],
    ['theirs', ok({ merged: true }), 'Theirs'],
    [undefined, fail({ code: 'stale-revision', message: '' }), 'Theirs'],
  ] as const)('asks when both changed the same field: %s', async (choice, outcome, title) => {
    const { server, keeper } = open();
    server.saveBySomebodyElse(rename(0, 'Theirs'));
    const saving = keeper.save(rename(0, 'Mine'));
    await vi.waitFor(() => expect(keeper.question).toBeDefined());
    const path = keeper.question!.conflicts[0]!.path;
    keeper.question!.answer(choice && { [path]: choice });
    expect(await saving).toEqual(outcome);
    expect(titles(keeper.house)[0]).toBe(title);
    expect(keeper.question).toBeUndefined();
  });

  it('saves one after the other', async () => {
    const { server, keeper } = open();
    await Promise.all([keeper.save(rename(0, 'One')), keeper.save(rename(1, 'Two'))]);
    expect(titles(server.house)).toEqual(['One', 'Two']);
  });

  it('says that nothing was saved without a connection', async () => {
    const { server, keeper } = open();
    server.isAway = true;
    expect(await keeper.save(rename(0, 'X'))).toMatchObject({ ok: false, error: { code: 'not-saved' } });
    expect(titles(keeper.house)).toEqual(['A', 'B']);
  });

  it('adopts only what is newer', () => {
    const { keeper } = open();
    keeper.adopt({ revision: 0, house: houseWith('old'), icons: { sofa: 'M0' } });
    expect(titles(keeper.house)).toEqual(['A', 'B']);
    expect(keeper.icons).toEqual({ sofa: 'M0' });
    keeper.adopt({ revision: 5, house: houseWith('new'), icons: {} });
    expect([titles(keeper.house), keeper.revision]).toEqual([['new'], 5]);
  });

  it('shows other rooms and tiles of the same revision when rights changed, and else stays as it is', () => {
    const { keeper, changes } = open();
    keeper.adopt({ revision: 1, house: houseWith('A', 'B'), icons: {} });
    expect(changes).toEqual([]);
    keeper.adopt({ revision: 1, house: houseWith('A'), icons: {} });
    expect(titles(keeper.house)).toEqual(['A']);
  });
});
