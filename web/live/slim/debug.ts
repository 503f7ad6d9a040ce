/** Stands in for the `debug` package inside the MQTT client: nobody reads its log in a page. */
export const debug = (): (() => void) => () => undefined;

// eslint-disable-next-line no-restricted-syntax -- the package that this replaces has a default export
export default debug;
