import type { Subscription } from './session.ts';

/** The members of one shared subscription: each message goes to one of them, in turn (section 4.8.2). */
export class ShareGroup {
  readonly key: string;
  readonly members: Subscription[] = [];
  #next = 0;

  constructor(key: string) {
    this.key = key;
  }

  add(member: Subscription): void {
    this.members.push(member);
  }

  remove(member: Subscription): void {
    const index = this.members.indexOf(member);
    if (index < 0) return;
    this.members.splice(index, 1);
    if (index < this.#next) this.#next--;
  }

  /** The member whose turn it is, the best-placed first; undefined when none may have the message. */
  pick(rank: (member: Subscription) => number): Subscription | undefined {
    let best: Subscription | undefined;
    let bestRank = 0;
    let bestIndex = 0;
    for (let step = 0; step < this.members.length; step++) {
      const index = (this.#next + step) % this.members.length;
      const member = this.members[index];
      const value = member ? rank(member) : 0;
      if (value <= bestRank) continue;
      best = member;
      bestRank = value;
      bestIndex = index;
    }
    if (best) this.#next = (bestIndex + 1) % this.members.length;
    return best;
  }
}
