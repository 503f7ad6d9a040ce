import { words } from './define.ts';

/** Words of a page without tiles. */
export const emptyWords = words(
  {
    title: 'No tiles here yet',
    nothingFound: 'Connect a device, or start from a topic.',
    found:
      'Kachel found a new device on your network. Start with it.|Kachel found {n} new devices on your network. Start with one of them.',
    addTile: 'Add a tile',
    copyTiles: 'Copy tiles from another room',
    copyWhich: 'Copy tiles from which room?',
    copyHint: 'The copies are bound to the same topics. You can change each of them afterwards.',
    tiles: '{n} tile|{n} tiles',
    copied: '{n} tile copied from {room}|{n} tiles copied from {room}',
    undo: 'Undo',
    close: 'Close',
    tryAgain: 'Try again',
    nothingShared: '{owner} decides what you see here.',
  },
  {
    title: 'Noch keine Kacheln',
    nothingFound: 'Verbinde ein Gerät oder beginne mit einem Topic.',
    found:
      'Kachel hat ein neues Gerät in deinem Netz gefunden. Fang damit an.|Kachel hat {n} neue Geräte in deinem Netz gefunden. Fang mit einem davon an.',
    addTile: 'Kachel hinzufügen',
    copyTiles: 'Kacheln aus anderem Raum kopieren',
    copyWhich: 'Kacheln aus welchem Raum kopieren?',
    copyHint: 'Die Kopien hängen an denselben Topics. Du kannst jede danach ändern.',
    tiles: '{n} Kachel|{n} Kacheln',
    copied: '{n} Kachel aus {room} kopiert|{n} Kacheln aus {room} kopiert',
    undo: 'Rückgängig',
    close: 'Schließen',
    tryAgain: 'Nochmal',
    nothingShared: '{owner} bestimmt, was du hier siehst.',
  },
);
