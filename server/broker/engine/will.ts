import type { WillFields } from './codec/packet.ts';
import type { Core } from './core.ts';
import { expiryOf, forwardedProperties, parsePropertyFields, RoutedMessage, toStored } from './message.ts';
import { acceptMessage } from './publish.ts';
import { noteRefused } from './refusals.ts';
import type { Session } from './session.ts';
import type { StoredWill } from './store.ts';
import { isBridgeState } from './topics.ts';

/** The message a client leaves for the case that it goes without saying so. */
export interface Will {
  readonly message: RoutedMessage;
  readonly delaySeconds: number;
  /** Seconds it may live once published; counted from then. */
  readonly expirySeconds: number | undefined;
}

/** Undefined when there is nothing to say to anybody: a bridge would tell that it is gone. */
export const makeWill = (core: Core, fields: WillFields): Will | undefined => {
  const topic = core.topics.fromName(fields.topic);
  if (isBridgeState(topic)) return undefined;
  const message = new RoutedMessage({
    topic,
    payload: fields.payload,
    qos: fields.qos,
    retain: fields.retain,
    properties: forwardedProperties(fields.properties),
    propertyFields: fields.propertyFields,
  });
  const { willDelayInterval: delaySeconds = 0, messageExpiryInterval: expirySeconds } = fields.properties;
  return { message, delaySeconds, expirySeconds };
};

/** Whether the session's principal may publish its will; asked at CONNECT and again when it fires. */
export const mayPublishWill = (core: Core, session: Pick<Session, 'principal' | 'clientId'>, will: Will): boolean => {
  const { topic } = will.message;
  return !topic.isServerTopic && core.authorize(session.principal, 'publish', topic.name, session.clientId);
};

/** Why a will that is due may not be published, if so. */
const refusalOf = (
  core: Core,
  session: Session,
  will: Will,
): { readonly reason?: string; readonly payload?: Uint8Array } | undefined => {
  if (!mayPublishWill(core, session, will)) return {};
  const { clientId, principal } = session;
  const { topic, payload } = will.message;
  const reason = core.inspectorFor({ clientId, principal })?.(topic.name, payload);
  return reason === undefined ? undefined : { reason, payload };
};

/** Publishes the will once and forgets it [MQTT-3.1.2-8] [MQTT-3.1.2-10]. */
export const fireWill = (core: Core, session: Session): void => {
  const will = session.will;
  session.will = undefined;
  session.willDueAtMs = undefined;
  if (!will) return;
  const refusal = refusalOf(core, session, will);
  if (refusal) return noteRefused(core, session, { action: 'publish', topic: will.message.topic.name, ...refusal });
  const { topic, payload, qos, retain, properties, propertyFields } = will.message;
  const expiresAtMs = expiryOf(will.expirySeconds, core.clock.now());
  const message = new RoutedMessage({ topic, payload, qos, retain, properties, propertyFields, expiresAtMs });
  acceptMessage(core, message, { clientId: session.clientId, principal: session.principal });
};

/** The connection is gone without DISCONNECT: publish now, or after the delay or the session's end, whichever is first. */
export const startWill = (core: Core, session: Session, nowMs: number): void => {
  if (!session.will) return;
  const delaySeconds = Math.min(session.will.delaySeconds, session.expirySeconds);
  if (delaySeconds === 0) fireWill(core, session);
  else session.willDueAtMs = nowMs + delaySeconds * 1000;
};

export const storedWill = (session: Session): StoredWill | undefined => {
  const will = session.will;
  if (!will) return undefined;
  const message = toStored(will.message);
  // A will's expiry counts from its publication, so the interval is what is stored, in milliseconds.
  const expiresAtMs = will.expirySeconds === undefined ? undefined : will.expirySeconds * 1000;
  return { ...message, expiresAtMs, delaySeconds: will.delaySeconds, dueAtMs: session.willDueAtMs };
};

export const restoreWill = (core: Core, stored: StoredWill): Will => ({
  message: new RoutedMessage({
    topic: core.topics.fromName(stored.topic),
    payload: Buffer.from(stored.payload),
    qos: stored.qos,
    retain: stored.retain,
    properties: parsePropertyFields(stored.propertyFields),
    propertyFields: Buffer.from(stored.propertyFields),
  }),
  delaySeconds: stored.delaySeconds,
  expirySeconds: stored.expiresAtMs === undefined ? undefined : stored.expiresAtMs / 1000,
});
