import type { Failure, FailureCode } from '../app/failure.ts';
import { translator, words, type Language } from './define.ts';

/** One sentence per failure: what happened and, where it helps, what to do. */
export const problemWords = words<FailureCode>(
  {
    'login-required': 'Your sign-in has ended. Sign in again.',
    'setup-required': 'This home is not set up yet.',
    'wrong-login': 'Name or password is wrong',
    'wrong-setup-code': 'That is not the set-up code. It stands in the terminal where Kachel was started.',
    'setup-done': 'This home already has an owner. Sign in instead.',
    'wrong-password': 'That is not your current password',
    'too-many-tries': 'Too many tries. Wait a moment, then try again.',
    'foreign-origin': 'This request came from another page and was refused.',
    'foreign-host': 'Kachel does not know this address. Open it by its IP address or its own name.',
    'https-only': 'This works only over HTTPS.',
    'not-allowed': 'You are not allowed to do that',
    'last-owner': 'This is the last owner. Make somebody else an owner first.',
    'no-pin': 'There is no PIN yet.',
    'wrong-pin': 'That was not the PIN.',
    'pin-locked': 'Too many wrong PINs. Wait, then try again.',
    'wrong-invite': 'This invitation has been used, has ended or never was one. Ask for a new one.',
    'account-ended': 'This card has ended. Ask for a new one.',
    'not-at-home': 'This works only in the home network.',
    'not-found': 'That does not exist any more',
    'bad-request': 'Kachel did not understand this request.',
    'weak-password': 'The password is too short: at least {min} characters',
    'bad-name': 'This name cannot be used',
    'name-taken': 'This name is already taken',
    'invalid-house': 'Not saved: {path} is not valid.',
    'stale-revision': 'Not saved. Somebody else saved in the meantime.',
    'too-large': 'That is too large',
    'limit-reached': 'No more fit in here',
    'store-failed': 'Not saved: the disk of the server is full, read-only or broken.',
    'broker-down': "Broker is not running. Kachel itself works. Devices can't report.",
    internal: 'The server made a mistake. Its log says more.',
    unreachable: 'Kachel cannot be reached. Check your connection and try again.',
    'not-saved': 'Not saved. Check your connection and try again.',
    'only-looking': 'You are only looking: nothing is sent.',
  },
  {
    'login-required': 'Deine Anmeldung ist abgelaufen. Melde dich neu an.',
    'setup-required': 'Dieses Zuhause ist noch nicht eingerichtet.',
    'wrong-login': 'Name oder Passwort stimmt nicht',
    'wrong-setup-code': 'Das ist nicht der Einrichtungscode. Er steht im Terminal, in dem Kachel gestartet wurde.',
    'setup-done': 'Dieses Zuhause hat schon eine Besitzerin oder einen Besitzer. Melde dich an.',
    'wrong-password': 'Das ist nicht dein jetziges Passwort',
    'too-many-tries': 'Zu viele Versuche. Warte einen Moment und versuche es nochmal.',
    'foreign-origin': 'Diese Anfrage kam von einer anderen Seite und wurde abgelehnt.',
    'foreign-host': 'Kachel kennt diese Adresse nicht. Öffne es über die IP-Adresse oder den eigenen Namen.',
    'https-only': 'Das geht nur über HTTPS.',
    'not-allowed': 'Das darfst du nicht',
    'last-owner': 'Ohne Besitzer geht es nicht. Mach zuerst jemand anderen dazu.',
    'no-pin': 'Es gibt noch keine PIN.',
    'wrong-pin': 'Das war nicht die PIN.',
    'pin-locked': 'Zu viele falsche PINs. Warte und versuche es dann nochmal.',
    'wrong-invite': 'Diese Einladung ist benutzt, abgelaufen oder war nie eine. Bitte um eine neue.',
    'account-ended': 'Diese Karte ist abgelaufen. Bitte um eine neue.',
    'not-at-home': 'Das geht nur im Heimnetz.',
    'not-found': 'Das gibt es nicht mehr',
    'bad-request': 'Kachel hat diese Anfrage nicht verstanden.',
    'weak-password': 'Das Passwort ist zu kurz: mindestens {min} Zeichen',
    'bad-name': 'Dieser Name geht nicht',
    'name-taken': 'Diesen Namen gibt es schon',
    'invalid-house': 'Nicht gespeichert: {path} ist nicht gültig.',
    'stale-revision': 'Nicht gespeichert. Jemand anderes hat inzwischen gespeichert.',
    'too-large': 'Das ist zu groß',
    'limit-reached': 'Mehr passt hier nicht hinein',
    'store-failed': 'Nicht gespeichert: Die Platte des Servers ist voll, schreibgeschützt oder kaputt.',
    'broker-down': 'Der Broker läuft nicht. Kachel selbst läuft. Geräte können nichts melden.',
    internal: 'Der Server hat einen Fehler gemacht. Sein Protokoll sagt mehr.',
    unreachable: 'Kachel ist nicht erreichbar. Prüfe die Verbindung und versuche es nochmal.',
    'not-saved': 'Nicht gespeichert. Prüfe die Verbindung und versuche es nochmal.',
    'only-looking': 'Du siehst nur zu: es wird nichts gesendet.',
  },
);

/** Defaults of the places in the texts, for replies without `params`. */
const defaults = { min: 8 };

/** The sentence for a failure in the person's language. */
export function problemText(failure: Failure, language: Language): string {
  const params = { ...defaults, path: failure.path ?? '…', ...failure.params };
  return translator(problemWords, language)(failure.code, params);
}
