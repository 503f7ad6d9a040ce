const maxWords = 40;

/** Words of a topic or key, lower case: split at `/`, `_`, `-`, `.`, blanks and camelCase, last words kept. */
export function splitWords(text: string): string[] {
  return text
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}°%]+/u)
    .filter((word) => word !== '')
    .slice(-maxWords);
}

const has = (list: string): ((word: string) => boolean) => {
  const set = new Set(list.split(' '));
  return (word) => set.has(word) || set.has(word.replace(/\d+$/, ''));
};

/** Somebody switches such a thing. */
export const isSwitchWord = has(
  'switch schalter relay relais lamp lampe light licht led leds plug stecker steckdose socket outlet pump pumpe fan ventilator luefter lüfter valve ventil heater heizung power bulb strip',
);
export const isLightWord = has(
  'lamp lampe light licht led leds bulb leuchte strip stripe deckenlampe stehlampe nachtlicht',
);
export const isColorWord = has('rgb rgbw color colour farbe hsb hsv hs farbton');
export const isHsvWord = has('hsb hsv hs');
/** Somebody sets such a number. */
export const isSetWord = has(
  'set target soll sollwert setpoint dimmer dim brightness helligkeit position volume lautstaerke lautstärke',
);
export const isCoverWord = has('blind blinds cover shutter rollo rolladen rollladen jalousie markise curtain vorhang');
export const isTimeWord = has('time timestamp last boot seen date zeit datum updated changed');
export const isDiagnosticWord = has('ip mac version firmware ssid bssid hostname url');
export const isCounterWord = has(
  'total count counter sum gesamt zaehler zähler zählerstand kwh energy energie today yesterday',
);
