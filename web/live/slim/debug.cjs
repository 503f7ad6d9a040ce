/* global module */
/** Stands in for the `debug` package inside the MQTT client: nobody reads its log in a page. CommonJS, because it is called as one. */
module.exports = () => () => undefined;
