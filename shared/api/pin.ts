import * as v from 'valibot';

/** The part of the HTTP interface that is about PINs: a second question before something is operated, asked by tiles and exceptions. */

export const minPinLength = 4;
export const maxPinLength = 8;
const pin = v.pipe(v.string(), v.regex(new RegExp(`^[0-9]{${minPinLength},${maxPinLength}}$`), 'Use 4 to 8 digits'));
const id = v.pipe(v.string(), v.maxLength(64));

/** Tiles for which one PIN may be given; a page asks again for those beyond. */
export const maxTilesPerPin = 100;
/** POST /api/pin: proves the PIN for what is about to be operated, all together one try; see `shared/acl/pin-tries.ts`. */
export const pinProofBody = v.strictObject({
  tileIds: v.pipe(v.array(id), v.minLength(1), v.maxLength(maxTilesPerPin)),
  pin,
  /** Not asked again for these tiles on this login for `keptProofMs`; locks are always asked. */
  keep: v.optional(v.boolean()),
});
export interface PinProof {
  /** So long this login may send to the topics of these tiles; where they differ, the shortest. */
  readonly validMs: number;
}
/** Long enough for the command that waits for it, on a slow line too. */
export const proofMs = 10_000;
export const keptProofMs = 300_000;

/** PUT /api/pin: one's own, with the web password; `null` takes it away. */
export const ownPinBody = v.strictObject({ password: v.pipe(v.string(), v.maxLength(256)), pin: v.nullable(pin) });
/** PUT /api/people/:id/pin (owner): somebody else's. */
export const personPinBody = v.strictObject({ pin: v.nullable(pin) });

/** What the broker tells a client whose message needs the PIN. */
export const pinRefusal = 'needs the PIN';
