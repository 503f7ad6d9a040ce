import { words } from './define.ts';

/** Words of looking with the eyes of somebody else. */
export const lookWords = words(
  {
    label: 'You are only looking',
    seenAs: 'You see what {name} sees',
    nothingSent: 'Nothing is sent',
    back: 'Back',
  },
  {
    label: 'Du siehst nur zu',
    seenAs: 'Du siehst, was {name} sieht',
    nothingSent: 'Es wird nichts gesendet',
    back: 'Zurück',
  },
);
