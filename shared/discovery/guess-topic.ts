import { compact } from './compact.ts';
import type { Guess, GuessInput } from './guess.ts';
import { guessObject, readObject } from './object.ts';
import { availabilityOf, commandTopicOf, isCommandTopic, isIgnoredTopic, tasmotaResultHasTwin } from './relations.ts';
import { nameOf, roomOf } from './rooms.ts';
import { guessScalar } from './rules.ts';
import { isBinary, isNoValue, shortText } from './samples.ts';
import { splitWords } from './words.ts';

export const maxGuessSamples = 12;
/** Longer topics are never judged: no binding could hold them. */
const maxGuessTopicLength = 512;

/** Judges one topic: no guess for topics that are to be ignored, several for JSON objects. Never throws; work is bounded. */
export function guessTopic(input: GuessInput): Guess[] {
  const { topic, siblings } = input;
  if (topic.length === 0 || topic.length > maxGuessTopicLength || isIgnoredTopic(topic)) return [];
  const samples = input.samples.slice(0, maxGuessSamples);
  const newest = samples[0] ?? '';
  const room = roomOf(topic);
  const common = {
    topic,
    name: nameOf(topic),
    sample: shortText(newest),
    ...compact({ room }),
    ...availabilityOf(topic, siblings),
  };
  if (isBinary(newest) || isCommandTopic(topic) || tasmotaResultHasTwin(topic, siblings)) {
    return [{ ...common, widget: 'none', isSettable: false }];
  }
  const command = commandTopicOf(topic, siblings);
  const object = readObject(newest);
  if (object) return guessObject({ object, common, command, siblings });
  const words = splitWords(topic);
  const known = samples.filter((sample) => !isNoValue(sample));
  return [
    { ...common, ...guessScalar({ words, samples: known, command, sameTopic: topic, hasRoom: room !== undefined }) },
  ];
}
