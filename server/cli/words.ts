/** What the terminal says, in the language of the terminal. */
export type TerminalLanguage = 'en' | 'de';

/** Reads `LC_ALL`, `LC_MESSAGES`, `LANG` as POSIX orders them. */
export function terminalLanguage(env: NodeJS.ProcessEnv): TerminalLanguage {
  return /^de/i.test(env.LC_ALL || env.LC_MESSAGES || env.LANG || '') ? 'de' : 'en';
}

const en = {
  usage: 'Usage',
  options: 'Options (each also as an environment variable)',
  commands: 'Commands (on a running server they act at once)',
  default: 'default',
  repeatable: 'repeatable',
  unknownFlag: 'There is no option {flag}. See --help.',
  unknownCommand: 'There is no command "{command}". See --help.',
  missingValue: '{flag} needs a value: {placeholder}.',
  unwantedValue: '{flag} takes no value.',
  badValue: '{flag} cannot be "{value}": {reason}.',
  needsPort: 'use a number from 0 to 65535 (0 = any free port), or off',
  needsLevel: 'use one of {levels}',
  needsOwner: 'write name:password, the password with at least {n} characters',
  needsYesNo: 'use 1 or 0',
  needsText: 'it must not be empty',
  needsName: 'use a plain host name such as kachel.example.org',
  needsNetworks: 'use all, loopback, off, or networks such as 192.168.1.0/24,10.0.0.5',
  needsPlain: 'use all or redirect',
  needsEmail: 'use an e-mail address',
  needsHttps: 'use an address that begins with https://',
  certAndKey: '--tls-cert and --tls-key belong together: give both or none. Nothing was started.',
  certOrAcme: 'Use either --tls-cert or --acme, not both. Nothing was started.',
  acmeNeedsName:
    '--acme needs a name that the internet knows: add --public-host home.example.org. Nothing was started.',
  redirectNeedsHttps: '--http-plain redirect leads to HTTPS, but --https-port is off. Nothing was started.',
  certificateBad: 'The certificate {file} cannot be used: {reason}. Nothing was started.',
  acmePortTaken:
    'Port {port} is needed for --acme, but another program uses it. End it, or name the port that port 80 of the internet is forwarded to: --acme-port PORT.',
  acmePortForbidden:
    'Port {port} is needed for --acme, but this user may not open it. Give the service CAP_NET_BIND_SERVICE (see README), or forward port 80 to a higher one and name it: --acme-port PORT.',
  anonymousNotLoopback:
    '--allow-anonymous works only when nobody else can reach the server: add --host 127.0.0.1. Nothing was started.',
  portTaken: 'Port {port} is already in use. Choose another with {flag}, or end the program that uses it.',
  portForbidden: 'Port {port} may not be opened by this user. Choose one above 1023 with {flag}.',
  hostUnknown: 'This machine has no address {host}. Use --host with one of its own, or leave it out.',
  dataDirNotWritable: 'The data directory {dir} cannot be written to ({reason}). Choose another with --data-dir.',
  dataDirInUse: 'The data directory {dir} is in use by another Kachel server.',
  databaseNewer:
    'The database in {dir} was written by a newer Kachel. Install that version again; nothing was changed.',
  databaseBroken: 'The database in {dir} cannot be read ({reason}). Restore a backup: kachel restore FILE.',
  notBuilt: 'The file {file} is missing. Run: npm run build',
  sqliteMissing: 'SQLite does not fit this Node.js version. Run: npm rebuild better-sqlite3',
  failed: 'Kachel could not start: {reason}',
  running: 'Kachel {version} is running.',
  here: 'On this machine',
  inTheHouse: 'In the house',
  mqtt: 'MQTT',
  mqttOff: 'off',
  secure: 'Encrypted',
  mqttSecure: 'MQTT, encrypted',
  fingerprint: 'Fingerprint',
  trust: 'Trust on phones',
  mended: 'WARNING: others could read {path} ({mode}). Now only this user can.',
  notMended: 'WARNING: others can read {path} ({mode}), and it could not be changed ({reason}).',
  data: 'Data',
  setUp: 'Set up, once',
  scan: 'Scan with the phone:',
  firewall: 'A firewall ({name}) is active. If the phone cannot connect, open the ports: {command}',
  anonymousWarning: 'WARNING: --allow-anonymous is on. Everyone on this machine may do everything.',
  stopping: 'Stopping.',
  needsArgument: '"{command}" needs {argument}.',
  tooManyArguments: '"{command}" does not take "{value}".',
  fileNotRead: 'The file {file} cannot be read ({reason}).',
  fileNotWritten: 'The file {file} cannot be written ({reason}).',
  notJson: 'The file {file} is not JSON: {reason}',
  exported: 'The house was written to {file}.',
  imported: 'The house was imported: {rooms} rooms, {tiles} tiles (revision {revision}).',
  personAdded: 'Added {name}.',
  newPassword: 'Password: {password}',
  shownOnce: 'It is shown only this once.',
  passwordReset: 'New password for {name}. All logins of {name} have ended.',
  deviceAdded: 'Added the device {name}. MQTT user: {username}',
  backedUp: 'Backup written to {file} ({size} bytes).',
  restored: 'Restored from {file}. The former database lies in {former}.',
  restoreRunning: 'Stop the server first: a restore replaces the database under it. Nothing was changed.',
  notABackup: 'The file {file} is not a Kachel backup ({reason}). Nothing was changed.',
  plain: '{text}',
  otherVersion: 'The running server is another version. Restart it, then try again.',
  tooLargeRequest: 'That is too large.',
  noReply: 'The running server does not answer ({reason}).',
  serverFailed: 'The server failed; its log says why.',
  badName: 'A name needs 1 to 80 characters.',
  nameTaken: 'The name {name} is already taken.',
  weakPassword: 'The password needs at least {min} characters.',
  nobodyCalled: 'There is nobody called {name}.',
  limitReached: 'There may be no more than {max}.',
  tooManyTries: 'The server checks too many passwords at once. Wait a moment, then try again.',
  storeFailed: 'The database could not be written: is the disk full? Nothing was changed.',
  invalidHouse: '{path}: {reason}. Nothing was changed.',
  flawMissing: 'is missing',
  flawUnknown: 'is not known here',
  flawKind: 'must be {expected}',
  flawBounds: 'must be {expected}',
  flawOther: 'does not fit',
  flawTwice: 'the id "{id}" is there twice',
  flawPlacedTwice: 'the tile "{id}" lies there twice',
  flawNoRoom: 'there is no room "{id}"',
  flawNoTile: 'there is no tile "{id}" in this room',
  flawTooWide: 'it reaches over the {columns} columns',
  flawOverlap: '"{id}" overlaps "{other}"',
} as const;

export type TerminalWord = keyof typeof en;

const de: Record<TerminalWord, string> = {
  usage: 'Aufruf',
  options: 'Optionen (jede auch als Umgebungsvariable)',
  commands: 'Befehle (auf einem laufenden Server wirken sie sofort)',
  default: 'Vorgabe',
  repeatable: 'mehrfach möglich',
  unknownFlag: 'Die Option {flag} gibt es nicht. Siehe --help.',
  unknownCommand: 'Den Befehl „{command}“ gibt es nicht. Siehe --help.',
  missingValue: '{flag} braucht einen Wert: {placeholder}.',
  unwantedValue: '{flag} nimmt keinen Wert.',
  badValue: '{flag} kann nicht „{value}“ sein: {reason}.',
  needsPort: 'nimm eine Zahl von 0 bis 65535 (0 = irgendein freier Port) oder off',
  needsLevel: 'nimm eines von {levels}',
  needsOwner: 'schreib Name:Passwort, das Passwort mit mindestens {n} Zeichen',
  needsYesNo: 'nimm 1 oder 0',
  needsText: 'es darf nicht leer sein',
  needsName: 'nimm einen schlichten Rechnernamen wie kachel.example.org',
  needsNetworks: 'nimm all, loopback, off oder Netze wie 192.168.1.0/24,10.0.0.5',
  needsPlain: 'nimm all oder redirect',
  needsEmail: 'nimm eine E-Mail-Adresse',
  needsHttps: 'nimm eine Adresse, die mit https:// beginnt',
  certAndKey: '--tls-cert und --tls-key gehören zusammen: gib beide an oder keines. Nichts wurde gestartet.',
  certOrAcme: 'Nimm entweder --tls-cert oder --acme, nicht beides. Nichts wurde gestartet.',
  acmeNeedsName:
    '--acme braucht einen Namen, den das Internet kennt: ergänze --public-host home.example.org. Nichts wurde gestartet.',
  redirectNeedsHttps: '--http-plain redirect führt zu HTTPS, aber --https-port ist off. Nichts wurde gestartet.',
  certificateBad: 'Das Zertifikat {file} ist nicht zu gebrauchen: {reason}. Nichts wurde gestartet.',
  acmePortTaken:
    'Port {port} wird für --acme gebraucht, aber ein anderes Programm benutzt ihn. Beende es oder nenne den Port, an dem Port 80 des Internets ankommt: --acme-port PORT.',
  acmePortForbidden:
    'Port {port} wird für --acme gebraucht, aber dieser Benutzer darf ihn nicht öffnen. Gib dem Dienst CAP_NET_BIND_SERVICE (siehe README) oder leite Port 80 auf einen höheren um und nenne ihn: --acme-port PORT.',
  anonymousNotLoopback:
    '--allow-anonymous geht nur, wenn niemand sonst den Server erreicht: ergänze --host 127.0.0.1. Nichts wurde gestartet.',
  portTaken: 'Port {port} ist schon belegt. Wähle mit {flag} einen anderen oder beende das Programm, das ihn benutzt.',
  portForbidden: 'Port {port} darf dieser Benutzer nicht öffnen. Wähle mit {flag} einen über 1023.',
  hostUnknown: 'Die Adresse {host} hat dieser Rechner nicht. Nimm bei --host eine eigene oder lass es weg.',
  dataDirNotWritable:
    'In das Datenverzeichnis {dir} kann nicht geschrieben werden ({reason}). Wähle mit --data-dir ein anderes.',
  dataDirInUse: 'Das Datenverzeichnis {dir} wird schon von einem anderen Kachel-Server benutzt.',
  databaseNewer:
    'Die Datenbank in {dir} stammt von einem neueren Kachel. Installiere jene Version wieder; nichts wurde verändert.',
  databaseBroken:
    'Die Datenbank in {dir} lässt sich nicht lesen ({reason}). Spiel eine Sicherung ein: kachel restore DATEI.',
  notBuilt: 'Die Datei {file} fehlt. Rufe auf: npm run build',
  sqliteMissing: 'SQLite passt nicht zu dieser Node.js-Version. Rufe auf: npm rebuild better-sqlite3',
  failed: 'Kachel konnte nicht starten: {reason}',
  running: 'Kachel {version} läuft.',
  here: 'Auf diesem Rechner',
  inTheHouse: 'Im Haus',
  mqtt: 'MQTT',
  mqttOff: 'aus',
  secure: 'Verschlüsselt',
  mqttSecure: 'MQTT, verschlüsselt',
  fingerprint: 'Fingerabdruck',
  trust: 'Handy vertrauen',
  mended: 'WARNUNG: Andere konnten {path} lesen ({mode}). Jetzt kann es nur noch dieser Benutzer.',
  notMended: 'WARNUNG: Andere können {path} lesen ({mode}), und es ließ sich nicht ändern ({reason}).',
  data: 'Daten',
  setUp: 'Einrichten, einmalig',
  scan: 'Mit dem Telefon scannen:',
  firewall: 'Eine Firewall ({name}) ist aktiv. Kommt das Telefon nicht durch, öffne die Ports: {command}',
  anonymousWarning: 'WARNUNG: --allow-anonymous ist an. Jeder auf diesem Rechner darf alles.',
  stopping: 'Halte an.',
  needsArgument: '„{command}“ braucht {argument}.',
  tooManyArguments: '„{command}“ nimmt kein „{value}“.',
  fileNotRead: 'Die Datei {file} lässt sich nicht lesen ({reason}).',
  fileNotWritten: 'Die Datei {file} lässt sich nicht schreiben ({reason}).',
  notJson: 'Die Datei {file} ist kein JSON: {reason}',
  exported: 'Das Haus steht jetzt in {file}.',
  imported: 'Das Haus ist eingelesen: {rooms} Räume, {tiles} Kacheln (Stand {revision}).',
  personAdded: '{name} ist angelegt.',
  newPassword: 'Passwort: {password}',
  shownOnce: 'Es wird nur dieses eine Mal gezeigt.',
  passwordReset: 'Neues Passwort für {name}. Alle Anmeldungen von {name} sind beendet.',
  deviceAdded: 'Das Gerät {name} ist angelegt. MQTT-Benutzer: {username}',
  backedUp: 'Sicherung geschrieben: {file} ({size} Bytes).',
  restored: 'Wiederhergestellt aus {file}. Die bisherige Datenbank liegt in {former}.',
  restoreRunning:
    'Halte zuerst den Server an: Das Wiederherstellen ersetzt die Datenbank unter ihm. Nichts wurde verändert.',
  notABackup: 'Die Datei {file} ist keine Kachel-Sicherung ({reason}). Nichts wurde verändert.',
  plain: '{text}',
  otherVersion: 'Der laufende Server ist eine andere Version. Starte ihn neu und versuche es nochmal.',
  tooLargeRequest: 'Das ist zu groß.',
  noReply: 'Der laufende Server antwortet nicht ({reason}).',
  serverFailed: 'Der Server hat einen Fehler gemacht; sein Protokoll sagt, welchen.',
  badName: 'Ein Name braucht 1 bis 80 Zeichen.',
  nameTaken: 'Den Namen {name} gibt es schon.',
  weakPassword: 'Das Passwort braucht mindestens {min} Zeichen.',
  nobodyCalled: 'Es gibt niemanden mit dem Namen {name}.',
  limitReached: 'Mehr als {max} geht nicht.',
  tooManyTries: 'Der Server prüft zu viele Passwörter auf einmal. Warte einen Moment und versuche es nochmal.',
  storeFailed: 'Die Datenbank ließ sich nicht schreiben: Ist die Platte voll? Nichts wurde verändert.',
  invalidHouse: '{path}: {reason}. Nichts wurde verändert.',
  flawMissing: 'fehlt',
  flawUnknown: 'ist hier unbekannt',
  flawKind: 'muss {expected} sein',
  flawBounds: 'muss {expected} sein',
  flawOther: 'passt nicht',
  flawTwice: 'die Kennung „{id}“ kommt zweimal vor',
  flawPlacedTwice: 'die Kachel „{id}“ liegt zweimal da',
  flawNoRoom: 'den Raum „{id}“ gibt es nicht',
  flawNoTile: 'die Kachel „{id}“ gibt es in diesem Raum nicht',
  flawTooWide: 'sie ragt über die {columns} Spalten hinaus',
  flawOverlap: '„{id}“ überdeckt „{other}“',
};

const catalogue: Record<TerminalLanguage, Record<TerminalWord, string>> = { en, de };

export type TerminalParams = Readonly<Record<string, string | number>>;

/** Fills one sentence: `{name}` in the text, `name` in the parameters. */
export function tell(language: TerminalLanguage, word: TerminalWord, params: TerminalParams = {}): string {
  return catalogue[language][word].replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}

/** An expected failure on the terminal: one sentence, told in the user's language by whoever prints it. */
export interface Complaint {
  readonly word: TerminalWord;
  readonly params?: TerminalParams;
  readonly reason?: Complaint;
}

/** The sentence of a complaint; a nested reason fills `{reason}`. */
export function explain(language: TerminalLanguage, { word, params, reason }: Complaint): string {
  return tell(language, word, reason ? { ...params, reason: explain(language, reason) } : params);
}
