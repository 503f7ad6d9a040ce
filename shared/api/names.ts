/** The parts of the contract that are plain constants, apart from the schemas, which the page's first load does without. */

/** MQTT topics by which the server tells pages that something changed; payload is JSON. Only logged-in pages may read them. */
export const houseChangedTopic = '$kachel/house';
export const devicesChangedTopic = '$kachel/devices';
export const peopleChangedTopic = '$kachel/people';
export const selfCheckChangedTopic = '$kachel/selfcheck';

/** On a read, the id of a person: an owner wants the answer that this person gets. On `/mqtt` it is the parameter `as`. */
export const seenAsHeader = 'x-kachel-as';

/** Most tiles of one `GET /api/history`. */
export const maxHistoryTiles = 100;
