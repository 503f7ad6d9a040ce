import type { Guess } from './guess.ts';

const commandLevel = /^(set|cmnd|cmd|command|control)$/i;
const stateLevel = /^(state|get|status|stat|value)$/i;

/** Server topics, announcements, last wills and chatter: nobody wants a tile of them. */
export const isIgnoredTopic = (topic: string): boolean =>
  topic.startsWith('$') ||
  /(^|\/)(config|availability|lwt|debug|log[^/]*)$/i.test(topic) ||
  /^(homeassistant|zigbee2mqtt\/bridge|tasmota\/discovery)\//i.test(topic);

/** Topics that carry orders, not reports. */
export const isCommandTopic = (topic: string): boolean => {
  const levels = topic.split('/');
  return commandLevel.test(levels.at(-1) ?? '') || /^(cmnd)$/i.test(levels[0] ?? '') || /\/set\/[^/]+$/i.test(topic);
};

/** Where commands for a state topic go, and why that is believed. */
export interface CommandTopic {
  readonly topic: string;
  /** `sibling` was seen, `protocol` follows from Tasmota's or Zigbee2MQTT's rules. */
  readonly source: 'sibling' | 'protocol';
}

function siblingCandidates(topic: string): string[] {
  const names = ['set', 'command', 'cmnd', 'cmd', 'control'];
  const levels = topic.split('/');
  const found = names.map((name) => `${topic}/${name}`);
  if (levels.length > 1 && stateLevel.test(levels.at(-1) ?? '')) {
    const base = levels.slice(0, -1).join('/');
    found.push(...names.map((name) => `${base}/${name}`));
  }
  if (levels.length > 1)
    found.push(...names.map((name) => [...levels.slice(0, -1), name, levels.at(-1) ?? ''].join('/')));
  return found;
}

/** A seen `/set` sibling first, then the two protocols whose rules are certain. */
export function commandTopicOf(topic: string, siblings: ReadonlyMap<string, string>): CommandTopic | undefined {
  const seen = siblingCandidates(topic).find((candidate) => siblings.has(candidate));
  if (seen !== undefined) return { topic: seen, source: 'sibling' };
  const tasmota = /^(stat|tele)\/(.+)\/([^/]+)$/.exec(topic);
  if (tasmota) return { topic: `cmnd/${tasmota[2] ?? ''}/${tasmota[3] ?? ''}`, source: 'protocol' };
  if (/^zigbee2mqtt\/[^$]/.test(topic)) return { topic: `${topic}/set`, source: 'protocol' };
  return undefined;
}

/** Tasmota repeats in `stat/…/RESULT` what stands in `stat/…/POWER` and `tele/…/STATE`. */
export const tasmotaResultHasTwin = (topic: string, siblings: ReadonlyMap<string, string>): boolean => {
  const device = /^stat\/(.+)\/(?:RESULT|STATUS\d*)$/.exec(topic)?.[1];
  return device !== undefined && (siblings.has(`stat/${device}/POWER`) || siblings.has(`tele/${device}/STATE`));
};

const isWord = (text: string): boolean => /^(online|offline)$/i.test(text.trim());
const isStateObject = (text: string): boolean =>
  text.length < 200 && /^\s*\{\s*"state"\s*:\s*"(online|offline)"/i.test(text);

/** A last will among the siblings that speaks for this topic. */
export function availabilityOf(
  topic: string,
  siblings: ReadonlyMap<string, string>,
): Pick<Guess, 'availabilityTopic' | 'availabilityPath'> {
  const levels = topic.split('/');
  for (let depth = levels.length; depth >= 2; depth--) {
    const base = levels
      .slice(0, depth)
      .join('/')
      .replace(/^stat\//, 'tele/');
    for (const name of ['availability', 'LWT', 'lwt', 'status', 'online']) {
      const candidate = `${base}/${name}`;
      const text = siblings.get(candidate);
      if (text === undefined || candidate === topic) continue;
      if (isWord(text)) return { availabilityTopic: candidate };
      if (isStateObject(text)) return { availabilityTopic: candidate, availabilityPath: '$.state' };
    }
  }
  return {};
}
