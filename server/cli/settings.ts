import { isIP } from 'node:net';
import { parseRule } from '../../shared/acl/rule-text.ts';
import type { TopicRule } from '../../shared/api/people.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { configDefaults } from '../config.ts';
import type { Option, Settings } from './option.ts';
import { options } from './options.ts';
import type { Complaint } from './words.ts';

/** A command line, read: settings for the server, and the words that are no flags. */
export interface Invocation {
  readonly settings: Settings;
  readonly wantsHelp: boolean;
  readonly wantsVersion: boolean;
  /** Sub-command and its arguments, in order. */
  readonly words: readonly string[];
  /** `--password P` of `device add`. */
  readonly password?: string;
  /** `--with-keys` of `backup`. */
  readonly withKeys?: boolean;
  /** Each `--allow RULE` of `device add`. */
  readonly allow?: readonly TopicRule[];
}

type Read<T> = Result<T, Complaint>;

function apply(option: Option, value: string, settings: Settings): Read<Settings> {
  const read = option.read(value, settings);
  if (read.ok) return ok({ ...settings, ...read.value });
  const flag = option.isVariableOnly ? option.variable : option.flag;
  const shown = option.isSecret ? '…' : value;
  return fail({ word: 'badValue', params: { flag, value: shown }, reason: read.error });
}

function fromVariables(env: NodeJS.ProcessEnv): Read<Settings> {
  let settings: Settings = { ...configDefaults, publicHosts: [], brokerLimits: {} };
  for (const option of options) {
    const value = env[option.variable];
    if (value === undefined || value === '') continue;
    const next = apply(option, value, settings);
    if (!next.ok) return next;
    settings = next.value;
  }
  return ok(settings);
}

interface Draft {
  settings: Settings;
  wantsHelp: boolean;
  wantsVersion: boolean;
  words: string[];
  password?: string;
  withKeys?: boolean;
  allow?: readonly TopicRule[];
}

function readFlag(flag: string, next: () => string | undefined, draft: Draft): Complaint | undefined {
  const [name = '', inline] = flag.split(/=(.*)/s, 2);
  if (name === '--help' || name === '-h') draft.wantsHelp = true;
  else if (name === '--version') draft.wantsVersion = true;
  else if (name === '--with-keys') draft.withKeys = true;
  else if (name === '--allow') return readRule(inline ?? next(), draft);
  else if (name === '--password') return readPassword(inline ?? next(), draft);
  else return readOption(name, inline, next, draft);
  return undefined;
}

function readPassword(value: string | undefined, draft: Draft): Complaint | undefined {
  if (!value) return { word: 'missingValue', params: { flag: '--password', placeholder: 'P' } };
  draft.password = value;
  return undefined;
}

function readRule(value: string | undefined, draft: Draft): Complaint | undefined {
  if (!value) return { word: 'missingValue', params: { flag: '--allow', placeholder: 'RULE' } };
  const rule = parseRule(value);
  if (!rule) return { word: 'badValue', params: { flag: '--allow', value }, reason: { word: 'badRule' } };
  draft.allow = [...(draft.allow ?? []), rule];
  return undefined;
}

function readOption(
  name: string,
  inline: string | undefined,
  next: () => string | undefined,
  draft: Draft,
): Complaint | undefined {
  const option = options.find(({ flag, isVariableOnly }) => flag === name && !isVariableOnly);
  if (!option) return { word: 'unknownFlag', params: { flag: name } };
  if (!option.placeholder && inline !== undefined) return { word: 'unwantedValue', params: { flag: name } };
  const value = option.placeholder ? (inline ?? next()) : '1';
  if (value === undefined) {
    return { word: 'missingValue', params: { flag: name, placeholder: option.placeholder ?? '' } };
  }
  const read = apply(option, value, draft.settings);
  if (!read.ok) return read.error;
  draft.settings = read.value;
  return undefined;
}

/** True for addresses that only this machine reaches. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

const isOpen = ({ httpPort, mqttPort, httpsPort, mqttsPort }: Settings): boolean =>
  [httpPort, mqttPort, httpsPort, mqttsPort].some((port) => port !== 'off');

/** A name that an authority of the internet can look up. */
const isInternetName = (name: string): boolean =>
  name.includes('.') && !isIP(name) && !/\.(local|lan|home\.arpa)$/.test(name);

/** What does not go together. */
function judge({ settings }: Draft): Complaint | undefined {
  const { allowAnonymous, host, tlsCert, tlsKey, acme, publicHosts, httpPlain, httpsPort } = settings;
  if (allowAnonymous && !isLoopback(host) && isOpen(settings)) return { word: 'anonymousNotLoopback' };
  if ((tlsCert === undefined) !== (tlsKey === undefined)) return { word: 'certAndKey' };
  if (acme && tlsCert !== undefined) return { word: 'certOrAcme' };
  if (acme && !publicHosts.some(isInternetName)) return { word: 'acmeNeedsName' };
  return httpPlain === 'redirect' && httpsPort === 'off' ? { word: 'redirectNeedsHttps' } : undefined;
}

/** Reads variables, then flags over them. The first thing that is wrong is returned. */
export function readInvocation(args: readonly string[], env: NodeJS.ProcessEnv): Read<Invocation> {
  const variables = fromVariables(env);
  if (!variables.ok) return variables;
  const draft: Draft = { settings: variables.value, wantsHelp: false, wantsVersion: false, words: [] };
  const rest = [...args];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word.startsWith('-') && word !== '-') {
      const complaint = readFlag(word, () => rest.shift(), draft);
      if (complaint) return fail(complaint);
    } else draft.words.push(word);
  }
  const complaint = judge(draft);
  return complaint ? fail(complaint) : ok(draft);
}
