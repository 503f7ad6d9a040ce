import type { ProblemCode } from '../../shared/api/problem.ts';
import type { ControlProblem, Refusal } from '../control/protocol.ts';
import type { FlawName } from '../house/flaws.ts';
import type { Complaint, TerminalWord } from './words.ts';

/** What a server, or the house opened for a moment, may answer to a sub-command. */
const words: Partial<Record<ProblemCode | ControlProblem, TerminalWord>> = {
  'other-version': 'otherVersion',
  'server-failed': 'serverFailed',
  'no-reply': 'noReply',
  'too-large': 'tooLargeRequest',
  'bad-name': 'badName',
  'name-taken': 'nameTaken',
  'weak-password': 'weakPassword',
  'not-found': 'nobodyCalled',
  'limit-reached': 'limitReached',
  'too-many-tries': 'tooManyTries',
  'bad-request': 'badTopicWord',
  'store-failed': 'storeFailed',
  'invalid-house': 'invalidHouse',
};

const flaws: Record<FlawName, TerminalWord> = {
  missing: 'flawMissing',
  unknown: 'flawUnknown',
  kind: 'flawKind',
  bounds: 'flawBounds',
  other: 'flawOther',
  twice: 'flawTwice',
  'placed-twice': 'flawPlacedTwice',
  'no-room': 'flawNoRoom',
  'no-tile': 'flawNoTile',
  'too-wide': 'flawTooWide',
  overlap: 'flawOverlap',
};

const own = <Value>(table: Partial<Record<string, Value>>, key: string): Value | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

/** A refusal as a sentence of the terminal; of an imported document it names the place and the reason. */
export function refusal({ code, message, path, params }: Refusal): Complaint {
  const word = own(words, code);
  if (word === undefined) return { word: 'plain', params: { text: message } };
  const flaw = own(flaws, String(params?.['flaw'] ?? ''));
  const filled = { reason: message, ...params, ...(path === undefined ? {} : { path }) };
  return { word, params: filled, ...(flaw && { reason: { word: flaw, params: filled } }) };
}
