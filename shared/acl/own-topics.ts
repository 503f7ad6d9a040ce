import type { TopicRule } from '../api/people.ts';

/** What a device gets that nobody knows yet: topics with its user name first or second, as firmware usually makes them. */
export const ownTopics: TopicRule[] = [
  { access: 'readwrite', filter: '%u/#' },
  { access: 'readwrite', filter: '+/%u/#' },
];

/** Everything but the server's own topics: only for whom somebody chose it. */
export const allTopics: TopicRule[] = [{ access: 'readwrite', filter: '#' }];
