const roots = new Set('home house haus myhome site devices mqtt'.split(' '));
const protocols = new Set('stat tele cmnd zigbee2mqtt homie homeassistant wled shellies tasmota esphome'.split(' '));
const markers = new Set('rooms room raum raeume räume zimmer area areas'.split(' '));
const generic = new Set('sensors sensor state status value get result info main set'.split(' '));

const dictionary = new Set(
  (
    'wc toilet bath bathroom kitchen livingroom living lounge bedroom diningroom hall hallway office garage garden attic basement cellar kids ' +
    'kidsroom nursery laundry workshop terrace balcony entrance study guestroom ' +
    'bad badezimmer kueche wohnzimmer schlafzimmer esszimmer flur buero keller dachboden garten kinderzimmer gaestezimmer arbeitszimmer ' +
    'werkstatt terrasse balkon diele gaestebad waschkueche'
  ).split(' '),
);

/** Compares rooms and names without case, blanks, `_`, `-` and umlauts: "Living Room" = "livingroom", "Küche" = "kueche". */
export const comparable = (text: string): string =>
  text
    .toLowerCase()
    .replace(/ä/g, 'ae')
    .replace(/ö/g, 'oe')
    .replace(/ü/g, 'ue')
    .replace(/ß/g, 'ss')
    .replace(/[\s_.-]+/g, '');

const isRoomWord = (text: string): boolean => dictionary.has(comparable(text));

/** Where in the topic's levels the room stands, and whether only its first words are the room. */
interface RoomPlace {
  readonly index: number;
  readonly text: string;
  readonly rest: string;
}

const byMarker = (levels: readonly string[]): RoomPlace | undefined => {
  const index = levels.findIndex((level, at) => markers.has(level.toLowerCase()) && at < levels.length - 2);
  const text = levels[index + 1];
  return index < 0 || !text ? undefined : { index: index + 1, text, rest: '' };
};

const byDictionary = (levels: readonly string[]): RoomPlace | undefined => {
  const index = levels.findIndex(isRoomWord);
  const text = levels[index];
  return text === undefined ? undefined : { index, text, rest: '' };
};

const byFirstWords = (levels: readonly string[]): RoomPlace | undefined => {
  for (const [index, level] of levels.entries()) {
    const words = level.split(/[\s_.-]+/);
    for (const count of [2, 1]) {
      const text = words.slice(0, count).join(' ');
      if (words.length > count && isRoomWord(text)) return { index, text, rest: words.slice(count).join(' ') };
    }
  }
  return undefined;
};

const findRoom = (levels: readonly string[]): RoomPlace | undefined =>
  byMarker(levels) ?? byDictionary(levels) ?? byFirstWords(levels);

const titled = (word: string): string =>
  word.length <= 3 ? word.toUpperCase() : word.charAt(0).toUpperCase() + word.slice(1);
const umlauts: Readonly<Record<string, string>> = {
  kueche: 'Küche',
  buero: 'Büro',
  gaestezimmer: 'Gästezimmer',
  waschkueche: 'Waschküche',
  gaestebad: 'Gästebad',
  bad: 'Bad',
};

const prettyRoom = (text: string): string =>
  umlauts[text.toLowerCase()] ??
  text
    .split(/[\s_.-]+/)
    .filter((word) => word !== '')
    .map((word) => titled(word === word.toUpperCase() ? word.toLowerCase() : word))
    .join(' ');

/** The room a topic seems to belong to, pretty-printed: `house/rooms/wc/…` → `WC`. */
export function roomOf(topic: string): string | undefined {
  const place = findRoom(topic.split('/'));
  return place ? prettyRoom(place.text) : undefined;
}

const short = new Set('tv pv co2 led rgb wc ip ups nas usb dns pm10 pm25 voc'.split(' '));

/** Sentence case for names: `soil_moisture` → `Soil moisture`, `POWER` → `Power`, `tv` → `TV`. */
export function prettyName(parts: readonly string[]): string {
  const words = parts
    .flatMap((part) => part.replace(/([a-z])([A-Z])/g, '$1 $2').split(/[\s_.-]+/))
    .filter((word) => word !== '')
    .map((word) =>
      short.has(word.toLowerCase()) ? word.toUpperCase() : /^\p{Lu}{4,}$/u.test(word) ? word.toLowerCase() : word,
    );
  const text = words.join(' ').slice(0, 60);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const isNamePart = (level: string): boolean => {
  const word = level.toLowerCase();
  return word !== '' && !generic.has(word) && !roots.has(word) && !protocols.has(word) && !markers.has(word);
};

/** The thing's own name: what is left of the topic without roots, protocol words, room and generic words. */
export function nameOf(topic: string): string {
  const levels = topic.split('/');
  const place = findRoom(levels);
  const left = levels.map((level, index) => (index === place?.index ? place.rest : level)).filter(isNamePart);
  const name = prettyName(left.slice(-3));
  return name || prettyName([levels.filter((level) => level !== '').at(-1) ?? topic]) || topic.slice(0, 60);
}
