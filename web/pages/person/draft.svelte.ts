import type { Grants, PersonChange, PersonInfo, Role, TopicRule } from '../../../shared/api/people.ts';

/** What is being changed about a person; nothing counts until it is saved. */
export class PersonDraft {
  readonly #person: () => PersonInfo;
  #change: PersonChange = $state.raw({});

  /** `person` is reactive: what others save meanwhile shows wherever this draft says nothing. */
  constructor(person: () => PersonInfo) {
    this.#person = person;
  }

  get role(): Role {
    return this.#change.role ?? this.#person().role;
  }

  get grants(): Grants {
    return this.#change.grants ?? this.#person().grants;
  }

  get rules(): readonly TopicRule[] {
    return this.#change.rules ?? this.#person().rules;
  }

  get endsAtMs(): number | undefined {
    return this.#change.endsAtMs === undefined ? this.#person().endsAtMs : (this.#change.endsAtMs ?? undefined);
  }

  get usesLeft(): number | undefined {
    return this.#change.usesLeft === undefined ? this.#person().usesLeft : (this.#change.usesLeft ?? undefined);
  }

  get change(): PersonChange {
    return this.#change;
  }

  get isDirty(): boolean {
    return Object.keys(this.#change).length > 0;
  }

  set(part: PersonChange): void {
    const person = this.#person();
    const next = { ...this.#change, ...part };
    const isSame = (key: keyof PersonChange): boolean =>
      JSON.stringify(next[key] ?? null) === JSON.stringify(person[key] ?? null);
    this.#change = Object.fromEntries(Object.entries(next).filter(([key]) => !isSame(key as keyof PersonChange)));
  }

  reset(): void {
    this.#change = {};
  }
}
