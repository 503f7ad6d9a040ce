import type { Tile } from '../../../shared/house/house.ts';
import { isSame } from '../../../shared/house/merge.ts';
import type { AnyTileKind } from '../../tiles/define.ts';
import { kindOf } from '../../tiles/registry.ts';
import { emptyBinding, type BindingForm } from './binding-form.ts';
import { formToTile, mainRole, tileToForm, withKind, type Roles, type TileForm } from './tile-form.ts';
import { checkForm, finishTile, type FieldError, type FieldErrors } from './validate.ts';

/** Said only once somebody tried to save: an empty form is not wrong yet. */
const onlyAfterTry = new Set(['errorTitle', 'errorStateMissing', 'errorCommandMissing']);

/** The form of one tile while it is edited. */
export class Editing {
  readonly #place: Pick<Tile, 'id' | 'roomId'>;
  readonly #first: TileForm;
  form = $state.raw<TileForm>() as TileForm;
  #hasTried = $state(false);
  #extra = $state.raw<FieldErrors>({});
  /** The role whose message is shown and whose path a tap in it sets. */
  activeRole = $state<string>();

  constructor(tile: Tile) {
    this.#place = { id: tile.id, roomId: tile.roomId };
    this.form = tileToForm(tile, kindOf(tile.kind)?.roles ?? {});
    this.#first = this.form;
    this.activeRole = mainRole(kindOf(tile.kind)?.roles ?? {});
  }

  get kind(): AnyTileKind | undefined {
    return kindOf(this.form.kind);
  }

  get roles(): Roles {
    return this.kind?.roles ?? {};
  }

  get mainRole(): string | undefined {
    return mainRole(this.roles);
  }

  /** The tile as it would be saved, unreadable fields left out. */
  get tile(): Tile {
    return formToTile(this.form, this.#place, this.roles);
  }

  /** It asks everybody for the PIN as it is saved. */
  get isAsking(): boolean {
    return this.#first.pin !== '';
  }

  get isDirty(): boolean {
    return !isSame(this.form, this.#first);
  }

  get errorCount(): number {
    return this.#hasTried ? Object.keys(this.#errors).length : 0;
  }

  /** What is wrong with a field, as far as it should be said now. */
  error(field: string): FieldError | undefined {
    const error = this.#errors[field];
    return error && (this.#hasTried || !onlyAfterTry.has(error.key)) ? error : undefined;
  }

  binding(role: string): BindingForm {
    return this.form.bindings[role] ?? emptyBinding(this.roles[role]?.type ?? 'text');
  }

  set(change: Partial<TileForm>): void {
    this.form = { ...this.form, ...change };
    this.#extra = {};
  }

  setBinding(role: string, change: Partial<BindingForm>): void {
    this.set({ bindings: { ...this.form.bindings, [role]: { ...this.binding(role), ...change } } });
  }

  /** QoS and retain are said once for the whole tile. */
  setAll(change: Partial<Pick<BindingForm, 'qos' | 'retain'>>): void {
    const entries = Object.entries(this.form.bindings).map(
      ([role, binding]) => [role, { ...binding, ...change }] as const,
    );
    this.set({ bindings: Object.fromEntries(entries) });
  }

  setKind(kind: AnyTileKind): void {
    if (kind.kind === this.form.kind) return;
    this.form = withKind(this.form, this.roles, { kind: kind.kind, roles: kind.roles });
    this.activeRole = mainRole(kind.roles);
  }

  /** The finished tile; undefined = something is wrong, and from now on every error is said. */
  finish(): Tile | undefined {
    const finished = finishTile(this.form, this.#place, this.roles);
    this.#hasTried = true;
    if ('tile' in finished) return finished.tile;
    this.#extra = finished.errors;
    return undefined;
  }

  get #errors(): FieldErrors {
    return { ...this.#extra, ...checkForm(this.form, this.roles) };
  }
}
