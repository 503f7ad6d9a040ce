/**
 * What is tried first by everybody who guesses: a short list of our own, of what people and makers of home devices choose, in English and
 * German. It is no dictionary, and the self-check says how much was tried.
 */
export const commonPasswords: readonly string[] = [
  '123456',
  '12345678',
  '123456789',
  '1234567890',
  '0123456789',
  '1234567891',
  '0987654321',
  '1111111111',
  '0000000000',
  '1122334455',
  '1q2w3e4r5t',
  '1qaz2wsx3edc',
  'qwertyuiop',
  'qwertzuiop',
  'qwerty123456',
  'qwertz123456',
  'asdfghjkl123',
  'abcdefghij',
  'abcd123456',
  'password',
  'password1',
  'password12',
  'password123',
  'Password123',
  'Password123!',
  'passwordpassword',
  'passwort',
  'passwort123',
  'Passwort123',
  'Passwort123!',
  'passwort1234',
  'geheim123456',
  'changeme',
  'changeme123',
  'letmein123',
  'iloveyou123',
  'ichliebedich',
  'hallo12345',
  'schatz1234',
  'sonnenschein',
  'welcome123',
  'willkommen',
  'willkommen1',
  'admin',
  'admin123456',
  'adminadmin',
  'administrator',
  'root',
  'user',
  'test',
  'testtesttest',
  'public',
  'mqtt',
  'mqttmqttmqtt',
  'mqttpassword',
  'mosquitto',
  'mosquitto123',
  'raspberry',
  'raspberrypi',
  'homeassistant',
  'smarthome123',
  'zigbee2mqtt',
  'openhabopenhab',
  'supersecret',
  'superpassword',
];

/** What people hang on a name of their own, or of the thing. */
const tails = ['', '1', '12', '123', '1234', '12345', '123456', '1234567890', '!', 'mqtt', 'password', 'passwort'];

/** A year is the other favourite; so many before this one. */
const yearsBack = 3;

const capitalized = (name: string): string => name.slice(0, 1).toUpperCase() + name.slice(1);

/** What is guessed for somebody of this name, the common ones first. Nothing twice. */
export function guessesFor(names: readonly string[], thisYear: number): readonly string[] {
  const years = Array.from({ length: yearsBack + 1 }, (_one, back) => String(thisYear - back));
  const stems = names.map((name) => name.toLowerCase().replace(/\s+/g, '')).filter((name) => name !== '');
  const own = stems.flatMap((stem) =>
    [stem, capitalized(stem)].flatMap((one) => [...[...tails, ...years].map((tail) => one + tail), stem + stem]),
  );
  return [...new Set([...commonPasswords, ...own])];
}
