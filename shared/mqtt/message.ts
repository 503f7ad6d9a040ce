/** Quality of service of an MQTT PUBLISH or subscription. */
export type QoS = 0 | 1 | 2;

/** MQTT 5 publish properties that Kachel keeps end to end. All optional; 3.1.1 messages carry none. */
export interface MessageProperties {
  readonly payloadFormatIndicator?: 0 | 1;
  /** Seconds until the message must no longer be delivered [MQTT-3.3.2-5]. */
  readonly messageExpiryIntervalSeconds?: number;
  readonly contentType?: string;
  readonly responseTopic?: string;
  readonly correlationData?: Uint8Array;
  /** Order and repetition are kept [MQTT-3.3.2-18]. */
  readonly userProperties?: readonly (readonly [string, string])[];
}

/** One application message as it travels through the house. The payload is opaque bytes. */
export interface Message {
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly qos: QoS;
  readonly retain: boolean;
  readonly properties?: MessageProperties;
}
