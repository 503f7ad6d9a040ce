import type { PublicReply } from '../../shared/api/contract.ts';
import type { Api } from './api.ts';
import type { FirstSnapshot } from './snapshot.ts';
import type { Failure } from './failure.ts';
import type { Result } from '../../shared/result.ts';

/** What stands between a person and the home. */
export type Gate =
  | { readonly type: 'starting' }
  | { readonly type: 'open' }
  /** `isOver` = somebody was in: the page stays underneath, nothing typed is lost. */
  | { readonly type: 'login'; readonly home: string; readonly version: string; readonly isOver: boolean }
  | { readonly type: 'setup' }
  /** Opened by a link of invitation; `name` = who is signed in here already. */
  | { readonly type: 'invite'; readonly code: string; readonly name?: string }
  /** A guest's card is over; `by` = whom to ask for a new one. */
  | { readonly type: 'ended'; readonly by?: string }
  /** Only at home, and this is elsewhere. */
  | { readonly type: 'away' }
  | { readonly type: 'unreachable'; readonly failure: Failure };

/** With `--allow-anonymous` nobody may think the house closed. */
export type Openness = Pick<PublicReply, 'allowAnonymous'>;

export interface Session {
  readonly gate: Gate;
  /** The first snapshot; present from the moment the gate first opened. */
  readonly first: FirstSnapshot | undefined;
  /** Reads the first reply, or asks anew (*Try again*, after login and set-up). */
  enter(): Promise<void>;
  /** A request found that the login ended. */
  onLoginEnded(): void;
  logout(): Promise<void>;
}

export interface SessionOptions {
  readonly api: Api;
  readonly fetchFirst: () => Promise<Result<FirstSnapshot, Failure>>;
  readonly forget: () => Promise<void>;
  /** The code of the link of invitation that opened this page. */
  readonly inviteCode: () => string | undefined;
  /** Starts the page anew: another person, another house. */
  readonly reload: () => void;
}

export function createSession({ api, fetchFirst, forget, inviteCode, reload }: SessionOptions): Session {
  let gate = $state.raw<Gate>({ type: 'starting' });
  let first = $state.raw<FirstSnapshot>();

  const showLogin = async (): Promise<void> => {
    const reply = await api.get<PublicReply>('/api/public');
    if (!reply.ok) {
      gate = { type: 'unreachable', failure: reply.error };
      return;
    }
    const { needsSetup, home, version } = reply.value;
    gate = needsSetup ? { type: 'setup' } : { type: 'login', home, version, isOver: first !== undefined };
  };

  const enter = async (): Promise<void> => {
    const result = await fetchFirst();
    const code = inviteCode();
    if (code !== undefined) {
      gate = { type: 'invite', code, ...(result.ok ? { name: result.value.snapshot.account.name } : {}) };
      return;
    }
    if (result.ok) {
      if (first && first.snapshot.account.id !== result.value.snapshot.account.id) return reload();
      first ??= result.value;
      gate = { type: 'open' };
      return;
    }
    const { error } = result;
    if (error.code === 'login-required' || error.code === 'setup-required') await showLogin();
    else if (error.code === 'account-ended') gate = endedGate(error);
    else if (error.code === 'not-at-home') gate = { type: 'away' };
    else gate = { type: 'unreachable', failure: result.error };
  };

  return {
    get gate() {
      return gate;
    },
    get first() {
      return first;
    },
    enter,
    onLoginEnded: () => {
      if (gate.type === 'open') void enter();
    },
    logout: async () => {
      await api.post('/api/logout');
      await forget();
      reload();
    },
  };
}

const endedGate = ({ params }: Failure): Gate => ({
  type: 'ended',
  ...(typeof params?.['by'] === 'string' ? { by: params['by'] } : {}),
});
