/** What an unannounced topic probably is: the outcome of the rule table over its name and last payloads. */
export interface Guess {
  /** The kind that fits best; `none` = command topics, availability, binary: no tile of their own. */
  readonly widget: 'switch' | 'light' | 'slider' | 'color' | 'gauge' | 'value' | 'button' | 'binary-sensor' | 'text' | 'none';
  readonly topic: string;
  /** JSON path inside the payload, when the value is one leaf of an object. */
  readonly path?: string;
  /** Proposed name and room, pretty-printed from the topic. */
  readonly name: string;
  readonly room?: string;
  readonly unit?: string;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  /** Exact spellings seen. */
  readonly on?: string;
  readonly off?: string;
  readonly colorFormat?: 'hex' | 'hex-bare' | 'rgb' | 'hsv' | 'json-rgb' | 'json-hs' | 'json-hsv';
  /** Device class of a status: window, door, motion, smoke, moisture, presence, connectivity, battery… */
  readonly deviceClass?: string;
  readonly commandTopic?: string;
  readonly availabilityTopic?: string;
  readonly isSettable: boolean;
  /** The last reading as text, shortened. */
  readonly sample: string;
}
