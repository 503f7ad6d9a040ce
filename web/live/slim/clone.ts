/** Stands in for `rfdc` inside the MQTT client: browsers clone by themselves. */
// eslint-disable-next-line no-restricted-syntax -- the package that this replaces has a default export
export default (value: unknown): unknown => structuredClone(value);
