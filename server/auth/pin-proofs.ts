/** More than there are logins that open doors at the same time; whose proof is oldest is asked again. */
const maxProofs = 1_000;

export interface NewProof {
  readonly loginId: string;
  readonly personId: string;
  readonly tileId: string;
  /** Where the tile sends now: arranging it anew makes the proof no wider. */
  readonly topics: ReadonlySet<string>;
  readonly validMs: number;
}

interface Proof extends NewProof {
  readonly fromMs: number;
}

/** Who has shown the PIN a moment ago: one login, for what one tile sends to. In memory only; a restart asks again. */
export interface PinProofs {
  readonly give: (proof: NewProof) => void;
  readonly has: (loginId: string, topic: string) => boolean;
  /** A login, or everything of a person, counts no more. */
  readonly end: (whose: { readonly loginId: string } | { readonly personId: string }) => void;
}

export function createPinProofs(nowMs: () => number, { max = maxProofs } = {}): PinProofs {
  const proofs = new Map<string, Proof>();
  // A clock that was set back makes no proof last longer.
  const isFresh = ({ fromMs, validMs }: Proof): boolean => nowMs() >= fromMs && nowMs() < fromMs + validMs;
  const forget = (isOver: (proof: Proof) => boolean): void => {
    for (const [key, proof] of proofs) if (isOver(proof)) proofs.delete(key);
  };
  return {
    give: (proof) => {
      forget((one) => !isFresh(one));
      const key = JSON.stringify([proof.loginId, proof.tileId]);
      proofs.delete(key);
      proofs.set(key, { ...proof, fromMs: nowMs() });
      const [oldest] = proofs.keys();
      if (proofs.size > max && oldest !== undefined) proofs.delete(oldest);
    },
    has: (loginId, topic) => {
      for (const proof of proofs.values())
        if (proof.loginId === loginId && proof.topics.has(topic) && isFresh(proof)) return true;
      return false;
    },
    end: (whose) =>
      forget((one) => ('loginId' in whose ? one.loginId === whose.loginId : one.personId === whose.personId)),
  };
}
