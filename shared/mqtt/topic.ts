/** Longest topic name or filter in UTF-8 bytes; the length prefix allows no more [MQTT-4.7.3-3]. */
export const maxTopicBytes = 65_535;

/*
 * Control characters (Cc) and noncharacters: MQTT says a receiver MAY refuse them [MQTT-1.5.4], and Mosquitto does.
 * Lone surrogates (Cs) are never legal [MQTT-1.5.4-1]; U+0000, itself a control character, neither [MQTT-1.5.4-2].
 */
const refusedCharacters = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/u;

/** True when every MQTT string rule holds: well-formed, no U+0000, no control characters, no noncharacters. */
export const isCleanText = (text: string): boolean => !refusedCharacters.test(text);

/** Bytes that well-formed text takes in UTF-8. */
export const utf8Length = (text: string): number => {
  let bytes = text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) continue;
    bytes += 1;
    // A surrogate pair is two units and four bytes, so each half adds one; other units from U+0800 add two.
    if (unit >= 0x800 && (unit < 0xd800 || unit > 0xdfff)) bytes += 1;
  }
  return bytes;
};

const fits = (text: string): boolean =>
  text.length > 0 &&
  text.length <= maxTopicBytes &&
  (text.length * 3 <= maxTopicBytes || utf8Length(text) <= maxTopicBytes);

/** Splits at every `/`; empty levels are levels (`/a` has two). */
export const topicLevels = (topic: string): string[] => topic.split('/');

/** A name that may be published to: at least one character, no wildcard [MQTT-3.3.2-2], clean text. */
export const isTopicName = (topic: string): boolean =>
  fits(topic) && !topic.includes('+') && !topic.includes('#') && isCleanText(topic);

/** The parts of a shared subscription `$share/<group>/<filter>` (MQTT 5, section 4.8.2). */
export interface SharedFilter {
  readonly group: string;
  readonly filter: string;
}

const sharePrefix = '$share/';

/** True when every wildcard stands alone in its level, and `#` in the last. */
export const hasLegalWildcards = (filter: string): boolean => {
  const levels = topicLevels(filter);
  return levels.every((level, index) => {
    if (level === '#') return index === levels.length - 1; // [MQTT-4.7.1-1]
    if (level === '+') return true;
    return !level.includes('+') && !level.includes('#'); // [MQTT-4.7.1-2]
  });
};

/** Reads `$share/<group>/<filter>`; undefined when the filter is not a shared one or breaks [MQTT-4.8.2-1] or [MQTT-4.8.2-2]. */
export const parseSharedFilter = (filter: string): SharedFilter | undefined => {
  if (!filter.startsWith(sharePrefix)) return undefined;
  const end = filter.indexOf('/', sharePrefix.length);
  if (end <= sharePrefix.length || end === filter.length - 1) return undefined;
  const group = filter.slice(sharePrefix.length, end);
  if (group.includes('+') || group.includes('#')) return undefined;
  return { group, filter: filter.slice(end + 1) };
};

/** True when the filter asks for a shared subscription, well-formed or not. */
export const isSharedFilter = (filter: string): boolean => filter === '$share' || filter.startsWith(sharePrefix);

/** A filter that may be subscribed to, shared subscriptions included. */
export const isTopicFilter = (filter: string): boolean => {
  if (!fits(filter) || !isCleanText(filter)) return false;
  if (!isSharedFilter(filter)) return hasLegalWildcards(filter);
  const shared = parseSharedFilter(filter);
  return shared !== undefined && hasLegalWildcards(shared.filter);
};

/** True when the filter has a wildcard level. */
export const hasWildcard = (filter: string): boolean => filter.includes('+') || filter.includes('#');

/** True for topics that belong to the server, such as `$SYS/…` and `$kachel/…`. */
export const isServerTopic = (topic: string): boolean => topic.startsWith('$');

/**
 * Whether a topic name matches a (not shared) topic filter. Character by character, no normalization [MQTT-4.7.3-4];
 * leading wildcards do not match `$` topics [MQTT-4.7.2-1]; `a/#` matches `a`; `+` matches an empty level.
 */
export const topicMatches = (filter: string, topic: string): boolean => {
  if (isServerTopic(topic) && (filter.startsWith('+') || filter.startsWith('#'))) return false;
  if (!hasWildcard(filter)) return filter === topic;
  const wanted = topicLevels(filter);
  const levels = topicLevels(topic);
  for (let index = 0; index < wanted.length; index++) {
    const level = wanted[index];
    if (level === '#') return true;
    if (index >= levels.length) return false;
    if (level !== '+' && level !== levels[index]) return false;
  }
  return wanted.length === levels.length;
};
