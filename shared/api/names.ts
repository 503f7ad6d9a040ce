/** The parts of the contract that are plain constants, apart from the schemas, which the page's first load does without. */

/** MQTT topics by which the server tells pages that something changed; payload is JSON. Only logged-in pages may read them. */
export const houseChangedTopic = '$kachel/house';
export const devicesChangedTopic = '$kachel/devices';
export const peopleChangedTopic = '$kachel/people';
export const selfCheckChangedTopic = '$kachel/selfcheck';

/** Most tiles of one `GET /api/history`. */
export const maxHistoryTiles = 100;
