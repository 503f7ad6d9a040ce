import { Ajv2020 } from 'ajv/dist/2020.js';
import * as v from 'valibot';
import type { Problem } from '../../shared/api/problem.ts';
import { houseSchema, type House, type Layout, type Room } from '../../shared/house/house.ts';
import { cellsOf } from '../../shared/house/layout.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { flawOfError, flawOfIssue, type Flaw, type FlawName } from './flaws.ts';

/** Reads an unknown document as a house, or names the first place where it is none. */
export type ValidateHouse = (document: unknown) => Result<House, Problem>;

const invalid = ({ path, name, reason, params }: Flaw): { readonly ok: false; readonly error: Problem } =>
  fail({
    code: 'invalid-house',
    message: `${path || 'The document'}: ${reason}`,
    path: path || '/',
    params: { ...params, reason, flaw: name },
  });

function firstDouble(ids: readonly string[], list: string): Flaw | undefined {
  const seen = new Set<string>();
  for (const [index, id] of ids.entries()) {
    if (seen.has(id))
      return { path: `/${list}/${index}/id`, name: 'twice', reason: `the id "${id}" is there twice`, params: { id } };
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
    const flaw = (name: FlawName, reason: string, params: Flaw['params'] = { id: tileId }): Flaw => ({
      path: name === 'overlap' ? at : name === 'too-wide' ? `${at}/x` : `${at}/tileId`,
      name,
      reason,
      params,
    });
    if (!isOfRoom(tileId)) return flaw('no-tile', `there is no tile "${tileId}" in this room`);
    if (placed.has(tileId)) return flaw('placed-twice', `the tile "${tileId}" lies there twice`);
    if (x + w > layout.columns) {
      return flaw('too-wide', `it reaches over the ${layout.columns} columns`, { columns: layout.columns });
    }
    placed.add(tileId);
    for (let cell = 0; cell < w * h; cell += 1) {
      const key = `${x + (cell % w)},${y + Math.floor(cell / w)}`;
      const other = cells.get(key);
      if (other !== undefined) return flaw('overlap', `"${tileId}" overlaps "${other}"`, { id: tileId, other });
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
  if (!homeless) return undefined;
  const { roomId } = homeless;
  return {
    path: `/tiles/${index}/roomId`,
    name: 'no-room',
    reason: `there is no room "${roomId}"`,
    params: { id: roomId },
  };
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
  // Checked by its own test, so neither the check of the schema nor smaller code is worth half of the start of the server.
  const check = new Ajv2020({
    strict: false,
    validateFormats: false,
    validateSchema: false,
    meta: false,
    code: { optimize: false },
  }).compile(houseJsonSchema);
  return (document) => {
    const parsed = v.safeParse(houseSchema, document);
    if (!parsed.success) return invalid(flawOfIssue(parsed.issues[0]));
    const house = parsed.output;
    if (!check(house)) {
      const [error] = check.errors ?? [];
      return invalid(error ? flawOfError(error) : { path: '', name: 'other', reason: 'does not fit' });
    }
    const flaw = flawOf(house);
    return flaw ? invalid(flaw) : ok(house);
  };
}
