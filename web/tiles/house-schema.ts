import { toJsonSchema } from '@valibot/to-json-schema';
import { houseSchema } from '../../shared/house/house.ts';
import type { AnyTileKind } from './define.ts';
import { planOf } from './plans.ts';
import { tileKinds } from './registry.ts';

type Json = Readonly<Record<string, unknown>>;

/**
 * JSON Schema (draft 2020-12) of the whole house document: the shared envelope, and for each tile the roles and options of its kind.
 * A kind that is not in the list is refused by name at `/tiles/n/kind`.
 */
export function houseJsonSchema(): object {
  const house = jsonSchema(houseSchema);
  const tiles = at(house, 'properties', 'tiles');
  const tile = at(tiles, 'items');
  const kind = { ...at(tile, 'properties', 'kind'), enum: tileKinds.map((one) => one.kind) };
  const items = {
    ...tile,
    properties: { ...at(tile, 'properties'), kind },
    allOf: tileKinds.map((one) => whenKind(one, at(tile, 'properties', 'bindings', 'additionalProperties'))),
  };
  return {
    ...house,
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Kachel house',
    properties: { ...at(house, 'properties'), tiles: { ...tiles, items } },
  };
}

/** Checks and transforms of valibot that JSON Schema has no word for are left to the page. */
const jsonSchema = (schema: Parameters<typeof toJsonSchema>[0]): Json => {
  const { $schema: _draft, ...json } = toJsonSchema(schema, {
    target: 'draft-2020-12',
    typeMode: 'input',
    errorMode: 'ignore',
  }) as Json;
  return json;
};

const at = (json: Json, ...path: readonly string[]): Json =>
  path.reduce<Json>((value, key) => (value[key] ?? {}) as Json, json);

const whenKind = (kind: AnyTileKind, binding: Json): Json => ({
  if: { properties: { kind: { const: kind.kind } }, required: ['kind'] },
  then: { properties: { options: jsonSchema(planOf(kind.kind).options), bindings: rolesOf(kind, binding) } },
});

/** Only the kind's own roles, each with its type. */
function rolesOf({ roles }: AnyTileKind, binding: Json): Json {
  const variants = (binding['oneOf'] ?? binding['anyOf'] ?? []) as readonly Json[];
  const ofType = (type: string): Json =>
    variants.find((one) => at(one, 'properties', 'type')['const'] === type) ?? {
      properties: { type: { const: type } },
    };
  return {
    type: 'object',
    properties: Object.fromEntries(Object.entries(roles).map(([role, { type }]) => [role, ofType(type)])),
    additionalProperties: false,
  };
}
