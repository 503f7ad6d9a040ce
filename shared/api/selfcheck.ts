import * as v from 'valibot';

/** The part of the HTTP interface that is about the self-check. Only owners use it. */

/** `repair`: a door stands open. `improve`: it could be closed better. */
export type Grade = 'repair' | 'improve' | 'good';

/** Everything that a check can find. The page has a sentence and a proof for each, in every language. */
export const findings = {
  'door-open': 'repair',
  'door-untried': 'improve',
  'doors-closed': 'good',
  'wide-devices': 'improve',
  'wide-people': 'improve',
  'readers-known': 'good',
  'weak-password': 'repair',
  'passwords-untried': 'improve',
  'passwords-strong': 'good',
  'secret-wifi': 'repair',
  'secret-other': 'repair',
  'secrets-none': 'good',
  'plain-from-outside': 'repair',
  'plain-devices': 'improve',
  'devices-encrypted': 'good',
  'plain-logins': 'improve',
  'logins-encrypted': 'good',
  'address-public': 'repair',
  'address-public-v6': 'improve',
  'address-home': 'good',
  'address-here': 'good',
  'certificate-ended': 'repair',
  'certificate-stuck': 'improve',
  'certificate-ends': 'improve',
  'certificate-none': 'improve',
  'certificate-renews': 'good',
  'certificate-file': 'good',
  'files-open': 'repair',
  'files-closed': 'good',
  'backup-none': 'improve',
  'backup-old': 'improve',
  'backup-fresh': 'good',
  'logins-forgotten': 'improve',
  'check-failed': 'improve',
} as const satisfies Record<string, Grade>;
export type FindingName = keyof typeof findings;

/** Who or what a finding is about: its button leads there. */
export interface FindingSubject {
  readonly kind: 'person' | 'device' | 'topic';
  readonly id: string;
}

/** One line of the report. Parameters whose names end in `Ms` are times, in `Bytes` sizes. Never a password, never a payload. */
export interface FindingLine {
  readonly finding: FindingName;
  readonly params: Readonly<Record<string, string | number>>;
  readonly subject?: FindingSubject;
}

/** GET /api/selfcheck, and the reply of POST /api/selfcheck, which begins a check. */
export interface SelfCheckReply {
  readonly serverNowMs: number;
  readonly isRunning: boolean;
  /** The last one; none before the first since the start. */
  readonly report?: { readonly atMs: number; readonly lines: readonly FindingLine[] };
}

/** POST /api/selfcheck/repair: what the server can put right by itself; it then looks again. */
export const repairBody = v.variant('finding', [
  v.strictObject({ finding: v.literal('secret'), topic: v.pipe(v.string(), v.minLength(1), v.maxLength(65_535)) }),
  v.strictObject({ finding: v.literal('files') }),
]);
export type Repair = v.InferOutput<typeof repairBody>;

/** Worst first; the lamp on top shows the worst. */
export const grades: readonly Grade[] = ['repair', 'improve', 'good'];
export const gradeOf = ({ finding }: Pick<FindingLine, 'finding'>): Grade => findings[finding];
