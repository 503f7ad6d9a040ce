/** One leaf of a lamp that reports several things in one JSON message. */
export interface GuessPart {
  readonly role: 'power' | 'brightness' | 'color' | 'temperature';
  readonly path: string;
  readonly on?: string;
  readonly off?: string;
  readonly min?: number;
  readonly max?: number;
  readonly isMired?: boolean;
  readonly colorFormat?: Guess['colorFormat'];
  readonly commandTopic?: string;
  readonly template?: string;
}

/** What an unannounced topic probably is: the outcome of the rule table over its name and last payloads. */
export interface Guess {
  /** The kind that fits best; `none` = command topics, availability, binary: no tile of their own. */
  readonly widget:
    'switch' | 'light' | 'slider' | 'color' | 'gauge' | 'value' | 'button' | 'binary-sensor' | 'text' | 'none';
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
  /** Command payload around the value (`{"state":"{{value}}"}`), when commands are JSON. */
  readonly template?: string;
  readonly availabilityTopic?: string;
  /** JSON path of the availability message, when it is an object. */
  readonly availabilityPath?: string;
  /** Leaves of a `light` in one JSON message. */
  readonly parts?: readonly GuessPart[];
  readonly isSettable: boolean;
  /** The last reading as text, shortened. */
  readonly sample: string;
}

/** What is known about a topic when it is judged. */
export interface GuessInput {
  readonly topic: string;
  /** Recent texts, newest first; texts that are not UTF-8 may come as base64. */
  readonly samples: readonly string[];
  /** Every known topic with its newest text, this one included or not. */
  readonly siblings: ReadonlyMap<string, string>;
}
