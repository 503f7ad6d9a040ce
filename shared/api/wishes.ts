import * as v from 'valibot';
import { levels, type Level } from './people.ts';

/** A wish: somebody asks the owner to see a room or to operate a tile. */

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(64));

/** What is wished for: to see (or operate) a room, or to operate a tile. */
export const wishTargetSchema = v.strictObject({ kind: v.picklist(['room', 'tile']), id });
export type WishTarget = v.InferOutput<typeof wishTargetSchema>;

/** POST /api/wishes: everybody but owners and wall panels; the same wish twice is one. */
export const wishBody = v.strictObject({ target: wishTargetSchema });

/** POST /api/wishes/answer (owner): `no` refuses, the other levels are given at once. */
export const wishAnswerBody = v.strictObject({ personId: id, target: wishTargetSchema, level: v.picklist(levels) });
export type WishAnswer = v.InferOutput<typeof wishAnswerBody>;

/** GET /api/wishes: one's own, answered ones included; for owners also what waits for an answer, oldest first. */
export interface WishesReply {
  readonly own: readonly OwnWish[];
  readonly open: readonly OpenWish[];
}
export interface OwnWish {
  readonly target: WishTarget;
  readonly askedAtMs: number;
  /** Absent while it waits. */
  readonly answer?: Level;
}
/** Only about what is there; the page names it. */
export interface OpenWish {
  readonly personId: string;
  readonly name: string;
  readonly target: WishTarget;
  readonly askedAtMs: number;
}

/** An open wish is forgotten after this long. */
export const wishLivesMs = 7 * 86_400_000;
/** So long an answer is shown to who asked, and keeps him from asking again. */
export const answerLivesMs = 86_400_000;
/** Of one person, answered ones included. */
export const maxWishes = 10;
