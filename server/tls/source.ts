import type { Certificate } from './certificate.ts';

/** Where certificates come from: a file of one's own, an ACME authority, or this house itself. */
export type SourceName = 'home' | 'file' | 'acme';

/** What servers show right now. */
export interface Shown {
  readonly source: SourceName;
  /** For everybody who asks for no name, and for names that `named` does not cover. */
  readonly main: Certificate;
  /** A public certificate, for the names in it. */
  readonly named?: Certificate;
  /** The home authority behind `main`, which phones can be told to trust. */
  readonly root?: Certificate;
  /** Why there is no newer one, although there should be. */
  readonly failure?: string;
}

export interface Log {
  info(message: string): void;
  warn(message: string): void;
}

export interface CertificateSource {
  /** Looks whether something is to be made, renewed or read anew. The first call may throw: then nothing starts. */
  check(nowMs: number): Promise<Shown>;
  /** Calls when a look is worth it before its time; returns dispose. */
  watch?(onChange: () => void): () => void;
}
