import { words } from './define.ts';

/** What an owner is told about the certificate. */
export const certificateWords = words(
  {
    ended: 'The certificate ended on {day}',
    endedText: 'Browsers and devices refuse HTTPS now. Put a new one in its place: it counts at once.',
    'ends-soon': 'The certificate ends on {day}',
    'ends-soonText': 'Nobody has renewed the file. Put a new one in its place: it counts at once.',
    'not-renewed': 'There is no new certificate',
    'not-renewedText': '{reason} The one in use ends on {day}.',
  },
  {
    ended: 'Das Zertifikat ist am {day} abgelaufen',
    endedText: 'Browser und Geräte lehnen HTTPS jetzt ab. Leg ein neues an seine Stelle: Es gilt sofort.',
    'ends-soon': 'Das Zertifikat läuft am {day} ab',
    'ends-soonText': 'Niemand hat die Datei erneuert. Leg eine neue an ihre Stelle: Sie gilt sofort.',
    'not-renewed': 'Es gibt kein neues Zertifikat',
    'not-renewedText': '{reason} Das jetzige läuft am {day} ab.',
  },
);
