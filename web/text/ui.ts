import { words } from './define.ts';

/** Words of the parts: buttons, sheets, fields. */
export const uiWords = words(
  {
    close: 'Close',
    showPassword: 'Show password',
    hidePassword: 'Hide password',
    busy: 'Please wait',
    dismiss: 'Dismiss',
    messages: 'Messages',
    colour: 'Colour',
    colourValue: 'hue {hue}, saturation {saturation} percent',
  },
  {
    close: 'Schließen',
    showPassword: 'Passwort zeigen',
    hidePassword: 'Passwort verbergen',
    busy: 'Bitte warten',
    dismiss: 'Ausblenden',
    messages: 'Meldungen',
    colour: 'Farbe',
    colourValue: 'Farbton {hue}, Sättigung {saturation} Prozent',
  },
);
export type UiKey = keyof typeof uiWords.en;
