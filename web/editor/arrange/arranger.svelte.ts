import type { GridColumns, House, Placement, Room, Tile, TileSize } from '../../../shared/house/house.ts';
import { maxTiles } from '../../../shared/house/house.ts';
import type { EditorKey } from '../../text/editor.ts';
import { newId, randomSuffix } from '../ids.ts';
import {
  addToRoom,
  copyTile,
  moveInGrid,
  moveToRoom,
  placementsOf,
  removeFromHouse,
  replaceTile,
  resizeInGrid,
} from './draft.ts';
import { record, redo, startHistory, undo, type History } from './history.ts';

/** What a step did, for toasts and the undo button. */
export interface StepLabel {
  readonly key: EditorKey;
  readonly name: string;
  readonly room?: string;
}

/** The draft of one room being arranged: nothing of it is saved before *Done*. */
export class Arranger {
  /** The house when arranging began. */
  readonly base: House;
  readonly roomId: string;
  #history = $state.raw<History<House, StepLabel>>(
    startHistory<House, StepLabel>({ version: 1, name: '', rooms: [], tiles: [] }),
  );
  columns = $state<GridColumns>(4);
  selectedId = $state<string>();
  readonly #onstep: (label: StepLabel, before: House) => void;

  constructor(house: House, roomId: string, onstep: (label: StepLabel, before: House) => void) {
    this.base = house;
    this.roomId = roomId;
    this.#onstep = onstep;
    this.#history = startHistory<House, StepLabel>(house);
  }

  get draft(): House {
    return this.#history.present;
  }

  get isDirty(): boolean {
    return this.draft !== this.base;
  }

  get canUndo(): boolean {
    return this.#history.past.length > 0;
  }

  get canRedo(): boolean {
    return this.#history.future.length > 0;
  }

  get room(): Room | undefined {
    return this.draft.rooms.find((room) => room.id === this.roomId);
  }

  get placements(): Placement[] {
    return placementsOf(this.draft, this.#place);
  }

  get selected(): Tile | undefined {
    return this.draft.tiles.find((tile) => tile.id === this.selectedId && tile.roomId === this.roomId);
  }

  get isFull(): boolean {
    return this.draft.tiles.length >= maxTiles;
  }

  tile(tileId: string): Tile | undefined {
    return this.draft.tiles.find((tile) => tile.id === tileId);
  }

  /** The draft as it would be after dropping a tile there, for the preview while dragging. */
  previewMove(tileId: string, cell: { readonly x: number; readonly y: number }): Placement[] {
    return placementsOf(moveInGrid(this.draft, this.#place, { tileId, ...cell }), this.#place);
  }

  move(tileId: string, cell: { readonly x: number; readonly y: number }): void {
    this.#step(moveInGrid(this.draft, this.#place, { tileId, ...cell }), 'stepMoved', tileId);
  }

  resize(tileId: string, size: TileSize): void {
    this.#step(resizeInGrid(this.draft, this.#place, { tileId, size }), 'stepResized', tileId);
  }

  remove(tileId: string): void {
    this.#step(removeFromHouse(this.draft, tileId), 'stepRemoved', tileId);
    if (this.selectedId === tileId) this.selectedId = undefined;
  }

  copy(tileId: string, title: string): void {
    const id = newId(title, randomSuffix());
    this.#step(copyTile(this.draft, tileId, { id, title }), 'stepCopied', tileId);
    this.selectedId = id;
  }

  toRoom(tileId: string, roomId: string): void {
    const room = this.draft.rooms.find((one) => one.id === roomId)?.name ?? '';
    const name = this.tile(tileId)?.title ?? '';
    this.#record(moveToRoom(this.draft, tileId, roomId), { key: 'stepToRoom', name, room });
    if (this.selectedId === tileId) this.selectedId = undefined;
  }

  add(tile: Tile, size: TileSize): void {
    const draft = addToRoom(this.draft, tile, size);
    this.#record(draft, { key: 'stepAdded', name: tile.title });
    this.selectedId = tile.id;
  }

  replace(tile: Tile): void {
    this.#record(replaceTile(this.draft, tile), { key: 'stepEdited', name: tile.title });
  }

  /** Any other change of the house, for example room settings. */
  change(draft: House, label: StepLabel): void {
    this.#record(draft, label);
  }

  undo(): void {
    this.#history = undo(this.#history);
  }

  /** Takes back a step, and with it what was done after it. */
  undoTo(state: House): void {
    if (!this.#history.past.some((step) => step.state === state)) return;
    while (this.draft !== state && this.canUndo) this.undo();
  }

  redo(): void {
    this.#history = redo(this.#history);
  }

  get #place(): { readonly roomId: string; readonly columns: GridColumns } {
    return { roomId: this.roomId, columns: this.columns };
  }

  #step(draft: House, key: EditorKey, tileId: string): void {
    this.#record(draft, { key, name: this.tile(tileId)?.title ?? '' });
  }

  #record(draft: House, label: StepLabel): void {
    if (draft === this.draft) return;
    const before = this.draft;
    this.#history = record(this.#history, draft, label);
    this.#onstep(label, before);
  }
}
