import { fail, ok, type Result } from '../../shared/result.ts';

/**
 * Where somebody waits. People on pages take turns by address, devices by name: behind one address there may be a whole house.
 * `later` is for what has time until nobody waits.
 */
export type Place =
  | { readonly line: 'person'; readonly address: string }
  | { readonly line: 'device'; readonly name: string; readonly address: string }
  | { readonly line: 'later'; readonly name: string };

interface LineLimits {
  readonly maxWaiting: number;
  /** Of those who share a turn. */
  readonly maxPerTurn: number;
  /** Of those who share a turn and an address: a flood from one place may not push others out. */
  readonly maxPerAddress: number;
}

/** A house has 1,000 devices at most, so its line is never full for a name that has nobody waiting. */
const limits: Readonly<Record<Place['line'], LineLimits>> = {
  person: { maxWaiting: 64, maxPerTurn: 4, maxPerAddress: 4 },
  device: { maxWaiting: 8_000, maxPerTurn: 8, maxPerAddress: 4 },
  later: { maxWaiting: 1_000, maxPerTurn: 1, maxPerAddress: 1 },
};

interface Job {
  readonly address: string;
  readonly start: () => void;
}

/** Jobs of which each turn gives one away; whoever had a turn goes to the end. */
function createLine({ maxWaiting, maxPerTurn, maxPerAddress }: LineLimits) {
  const turns = new Map<string, Job[]>();
  let count = 0;
  return {
    /** Whether there is room. */
    join: (turn: string, job: Job): boolean => {
      const own = turns.get(turn) ?? [];
      const isFull =
        count >= maxWaiting ||
        own.length >= maxPerTurn ||
        own.filter(({ address }) => address === job.address).length >= maxPerAddress;
      if (isFull) return false;
      turns.set(turn, [...own, job]);
      count += 1;
      return true;
    },
    take: (): Job | undefined => {
      const [turn, jobs] = turns.entries().next().value ?? [];
      const job = jobs?.shift();
      if (turn === undefined || jobs === undefined || job === undefined) return undefined;
      turns.delete(turn);
      if (jobs.length > 0) turns.set(turn, jobs);
      count -= 1;
      return job;
    },
  };
}

const turnOf = (place: Place): string => (place.line === 'person' ? place.address : place.name);
const addressOf = (place: Place): string => (place.line === 'later' ? '' : place.address);

/** Work with bounded lines. The lines of people and devices take turns too: neither waits for all of the other. */
export function createTurns({ maxRunning }: { readonly maxRunning: number }) {
  const lines = {
    person: createLine(limits.person),
    device: createLine(limits.device),
    later: createLine(limits.later),
  };
  let running = 0;
  let wasPerson = false;

  const take = (): Job | undefined => {
    const [first, second] = wasPerson ? [lines.device, lines.person] : [lines.person, lines.device];
    const job = first.take();
    wasPerson = job ? first === lines.person : second === lines.person;
    return job ?? second.take() ?? lines.later.take();
  };
  const next = (): void => {
    if (running >= maxRunning) return;
    const job = take();
    if (!job) return;
    running += 1;
    job.start();
  };

  return async <T>(place: Place, work: () => Promise<T>): Promise<Result<T, 'busy'>> => {
    const started = new Promise<boolean>((resolve) => {
      const job = { address: addressOf(place), start: () => resolve(true) };
      if (!lines[place.line].join(turnOf(place), job)) resolve(false);
      else next();
    });
    if (!(await started)) return fail('busy');
    try {
      return ok(await work());
    } finally {
      running -= 1;
      next();
    }
  };
}
