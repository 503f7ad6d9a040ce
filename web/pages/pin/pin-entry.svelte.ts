import { keptProofMs, maxTilesPerPin, type PinProof } from '../../../shared/api/pin.ts';
import type { Api } from '../../app/api.ts';
import type { Failure } from '../../app/failure.ts';
import type { PinQuestion, PinQuestions } from '../../app/pin-question.svelte.ts';

export interface PinEntryOptions {
  readonly api: Pick<Api, 'post'>;
  readonly questions: Pick<PinQuestions, 'proven' | 'asked'>;
  /** How many digits the person's PIN has. */
  readonly length: () => number;
  readonly monotonicMs: () => number;
}

/** What is typed on the pad, and what the server said to it. The last digit sends. */
export class PinEntry {
  readonly #options: PinEntryOptions;
  #digits = $state('');
  #failure = $state.raw<Failure>();
  #isBusy = $state(false);
  /** Not asked again on this phone for a while. */
  isKept = $state(false);

  constructor(options: PinEntryOptions) {
    this.#options = options;
  }

  get digits(): string {
    return this.#digits;
  }

  get failure(): Failure | undefined {
    return this.#failure;
  }

  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** No try before; undefined when none was too many. */
  get lockedUntilMs(): number | undefined {
    const untilMs = this.#failure?.code === 'pin-locked' ? this.#failure.params?.['untilMs'] : undefined;
    return typeof untilMs === 'number' ? untilMs : undefined;
  }

  /** A new question begins with nothing. */
  clear(): void {
    this.#digits = '';
    this.#failure = undefined;
    this.isKept = false;
  }

  write(digits: string): void {
    const { questions, length } = this.#options;
    const asked = questions.asked.slice(0, maxTilesPerPin);
    if (this.#isBusy || asked.length === 0) return;
    this.#digits = digits;
    if (digits.length >= length()) void this.#prove(asked);
  }

  add(digit: string): void {
    this.write(this.#digits + digit);
  }

  erase(): void {
    this.write(this.#digits.slice(0, -1));
  }

  async #prove(asked: readonly PinQuestion[]): Promise<void> {
    const { api, questions, monotonicMs } = this.#options;
    const keep = this.isKept;
    // Counted from before it was sent: the page never believes longer than the server does.
    const startedMs = monotonicMs();
    this.#isBusy = true;
    const body = { tileIds: asked.map(({ tile }) => tile.id), pin: this.#digits, ...(keep ? { keep } : {}) };
    const result = await api.post<PinProof>('/api/pin', body);
    this.#isBusy = false;
    this.#digits = '';
    // Somebody closed the pad meanwhile: then nothing is sent.
    const waiting = asked.filter((one) => questions.asked.includes(one));
    if (waiting.length === 0) return;
    this.#failure = result.ok ? undefined : result.error;
    if (!result.ok) return;
    const { validMs } = result.value;
    questions.proven(waiting, keep && validMs === keptProofMs ? startedMs + validMs : undefined);
  }
}
