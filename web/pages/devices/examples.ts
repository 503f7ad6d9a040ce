/** What a device needs to connect. */
export interface Access {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password: string;
}

/** A word of a shell command; quoted when it holds anything special. */
const shellWord = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

/** One line for Tasmota's console. */
export const tasmotaExample = ({ host, port, username, password }: Access): string =>
  `Backlog MqttHost ${host}; MqttPort ${port}; MqttUser ${username}; MqttPassword ${password}`;

/** The `mqtt` part of an ESPHome file. JSON strings are YAML strings. */
export const esphomeExample = ({ host, port, username, password }: Access): string =>
  [
    'mqtt:',
    `  broker: ${host}`,
    `  port: ${port}`,
    `  username: ${JSON.stringify(username)}`,
    `  password: ${JSON.stringify(password)}`,
  ].join('\n');

/** A first message from a terminal. */
export const publishExample = ({ host, port, username, password }: Access): string =>
  `mosquitto_pub -h ${shellWord(host)} -p ${port} -u ${shellWord(username)} -P ${shellWord(password)} -t test/temperature -m 22.5`;

/** Everything in one line, for a QR code. */
export const mqttAddress = ({ host, port, username, password }: Access): string =>
  `mqtt://${encodeURIComponent(username)}:${encodeURIComponent(password)}@${host}:${port}`;
