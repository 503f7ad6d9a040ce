/** The part of the HTTP interface that is about encryption. Public: a phone asks before it can log in. */

/** The name that every house answers to in its own network, announced by mDNS. */
export const homeName = 'kachel.local';

/** GET /api/trust */
export interface TrustReply {
  /** `home`: made by this house, phones have to be told. `file`, `acme`: somebody vouches for it already. `off`: no TLS at all. */
  readonly source: 'home' | 'file' | 'acme' | 'off';
  /** Name of the home, once it has one. */
  readonly home: string;
  /** Name of the home authority as phones list it. */
  readonly authority?: string;
  /** SHA-256 of what is to be trusted (the home authority) or of the certificate, `AB:CD:…`. */
  readonly fingerprint?: string;
  /** Names and addresses that the certificate is good for. */
  readonly names: readonly string[];
  readonly notAfterMs?: number;
  readonly httpsPort?: number;
  /** Where another phone begins: host and port without TLS. */
  readonly host: string;
  readonly httpPort?: number;
}

/** GET /api/trust/probe: answers a page that was loaded without TLS, so that it learns whether TLS works. Nothing secret. */
export interface ProbeReply {
  /** `TLSv1.3`; absent when the probe itself came without TLS. */
  readonly protocol?: string;
}

export const trustPath = '/trust';
export const trustApi = '/api/trust';
export const probePath = '/api/trust/probe';
export const profilePath = '/api/trust/kachel.mobileconfig';
export const certificatePath = '/api/trust/kachel.crt';
/** The same certificate as PEM, for `mosquitto_sub --cafile`. */
export const pemPath = '/api/trust/kachel.pem';

/** What is wrong with the certificate; told to owners. */
export interface CertificateTrouble {
  /** `ended`: nobody takes it any more. `ends-soon`: nobody has renewed the file. `not-renewed`: a new one was refused, or cannot be read. */
  readonly kind: 'ended' | 'ends-soon' | 'not-renewed';
  readonly notAfterMs: number;
  /** The authority's or the system's own words. */
  readonly reason?: string;
}

/** The owner is told when a certificate that should have been renewed has less than this left. */
export const expiryWarningMs = 30 * 86_400_000;
