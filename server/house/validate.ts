import type { ErrorObject } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import * as v from 'valibot';
import type { Problem } from '../../shared/api/problem.ts';
import { houseSchema, type House, type Layout, type Room } from '../../shared/house/house.ts';
import { cellsOf } from '../../shared/house/layout.ts';
import { fail, ok, type Result } from '../../shared/result.ts';

/** Reads an unknown document as a house, or names the first place where it is none. */
export type ValidateHouse = (document: unknown) => Result<House, Problem>;

const invalid = (path: string, reason: string): { readonly ok: false; readonly error: Problem } =>
  fail({
    code: 'invalid-house',
    message: `${path || 'The document'}: ${reason}`,
    path: path || '/',
    params: { reason },
  });

const pathOf = (issue: v.BaseIssue<unknown>): string =>
  (issue.path ?? []).map((item) => `/${String(item.key)}`).join('');

/** Names the extra field, which Ajv only mentions beside its path. */
function describe({ instancePath, message, params }: ErrorObject): { path: string; reason: string } {
  const extra: unknown = params['additionalProperty'];
  if (typeof extra === 'string') return { path: `${instancePath}/${extra}`, reason: 'is not known here' };
  return { path: instancePath, reason: message ?? 'does not fit' };
}

interface Flaw {
  readonly path: string;
  readonly reason: string;
}

function firstDouble(ids: readonly string[], list: string): Flaw | undefined {
  const seen = new Set<string>();
  for (const [index, id] of ids.entries()) {
    if (seen.has(id)) return { path: `/${list}/${index}/id`, reason: `the id "${id}" is there twice` };
    seen.add(id);
  }
  return undefined;
}

/** Whether a layout holds only tiles of its room, inside the grid, each once, none over another. */
function flawOfLayout(layout: Layout, path: string, isOfRoom: (tileId: string) => boolean): Flaw | undefined {
  const cells = new Map<string, string>();
  const placed = new Set<string>();
  for (const [index, { tileId, x, y, size }] of layout.placements.entries()) {
    const at = `${path}/placements/${index}`;
    const { w, h } = cellsOf(size);
    if (!isOfRoom(tileId)) return { path: `${at}/tileId`, reason: `there is no tile "${tileId}" in this room` };
    if (placed.has(tileId)) return { path: `${at}/tileId`, reason: `the tile "${tileId}" lies there twice` };
    if (x + w > layout.columns) return { path: `${at}/x`, reason: `it reaches over the ${layout.columns} columns` };
    placed.add(tileId);
    for (let cell = 0; cell < w * h; cell += 1) {
      const key = `${x + (cell % w)},${y + Math.floor(cell / w)}`;
      const other = cells.get(key);
      if (other !== undefined) return { path: at, reason: `"${tileId}" overlaps "${other}"` };
      cells.set(key, tileId);
    }
  }
  return undefined;
}

function flawOfRooms(house: House): Flaw | undefined {
  const roomOf = new Map(house.tiles.map((tile) => [tile.id, tile.roomId]));
  const flawOfRoom = (room: Room, index: number): Flaw | undefined => {
    for (const name of ['phone', 'panel', 'desktop'] as const) {
      const layout = room.layouts[name];
      const isOfRoom = (tileId: string): boolean => roomOf.get(tileId) === room.id;
      const flaw = layout && flawOfLayout(layout, `/rooms/${index}/layouts/${name}`, isOfRoom);
      if (flaw) return flaw;
    }
    return undefined;
  };
  for (const [index, room] of house.rooms.entries()) {
    const flaw = flawOfRoom(room, index);
    if (flaw) return flaw;
  }
  return undefined;
}

function flawOfTiles({ rooms, tiles }: House): Flaw | undefined {
  const roomIds = new Set(rooms.map(({ id }) => id));
  const index = tiles.findIndex(({ roomId }) => !roomIds.has(roomId));
  const homeless = tiles[index];
  return homeless && { path: `/tiles/${index}/roomId`, reason: `there is no room "${homeless.roomId}"` };
}

const flawOf = (house: House): Flaw | undefined =>
  firstDouble(
    house.rooms.map(({ id }) => id),
    'rooms',
  ) ??
  firstDouble(
    house.tiles.map(({ id }) => id),
    'tiles',
  ) ??
  flawOfTiles(house) ??
  flawOfRooms(house);

/** Three sieves: the envelope, the kinds' own schema from the build, and how the parts refer to each other. */
export function createHouseValidator(houseJsonSchema: object): ValidateHouse {
  // The schema is of our own build and uses formats and keywords that only describe.
  const check = new Ajv2020({ strict: false, validateFormats: false }).compile(houseJsonSchema);
  return (document) => {
    const parsed = v.safeParse(houseSchema, document);
    if (!parsed.success) return invalid(pathOf(parsed.issues[0]), parsed.issues[0].message);
    const house = parsed.output;
    if (!check(house)) {
      const [error] = check.errors ?? [];
      const { path, reason } = error ? describe(error) : { path: '', reason: 'does not fit' };
      return invalid(path, reason);
    }
    const flaw = flawOf(house);
    return flaw ? invalid(flaw.path, flaw.reason) : ok(house);
  };
}
