import type { Language } from '../../text/define.ts';
import type { Action } from './question.ts';

/** Words and choosers of the question, in the order of the language. */
export type SentencePart = 'may' | 'to' | 'who' | 'action' | 'topic' | 'when';

const orders: Readonly<Record<Language, Readonly<Record<Action, readonly SentencePart[]>>>> = {
  en: { send: ['may', 'who', 'action', 'to', 'topic', 'when'], read: ['may', 'who', 'action', 'topic', 'when'] },
  de: { send: ['may', 'who', 'when', 'to', 'topic', 'action'], read: ['may', 'who', 'when', 'topic', 'action'] },
};

export const sentenceParts = (language: Language, action: Action): readonly SentencePart[] => orders[language][action];
