import { words } from './define.ts';

/** Words of the sheet in which a lamp's presets are edited. */
export const presetWords = words(
  {
    title: 'Presets',
    close: 'Close',
    name: 'Name of preset {n}',
    remove: 'Remove {name}',
    add: 'Keep what the lamp shows now',
    addHint: 'Switch the lamp on and set it as you like it, then keep it here.',
    full: 'There is room for {n} presets.',
    newName: 'Mine',
    nameless: 'Every preset needs a name.',
    save: 'Save presets',
    failed: 'Not saved. Check your connection and try again.',
  },
  {
    title: 'Vorlagen',
    close: 'Schließen',
    name: 'Name der Vorlage {n}',
    remove: '{name} entfernen',
    add: 'Behalten, was die Lampe jetzt zeigt',
    addHint: 'Schalte die Lampe ein und stell sie ein, wie du sie magst; dann behalte es hier.',
    full: 'Es ist Platz für {n} Vorlagen.',
    newName: 'Meine',
    nameless: 'Jede Vorlage braucht einen Namen.',
    save: 'Vorlagen speichern',
    failed: 'Nicht gespeichert. Prüfe die Verbindung und versuche es nochmal.',
  },
);
