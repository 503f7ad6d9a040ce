import type { FindingLine, FindingName } from '../../../shared/api/selfcheck.ts';
import { trustPath } from '../../../shared/api/trust.ts';
import { allLoginsPath, devicePath, devicesPath, peoplePath, personPath, settingsPath } from '../nav/routes.ts';
import type { SelfCheckKey } from './finding-text.ts';

/** The one button of a line. `go`: a page of ours; `leave`: a document of its own. */
export type FindingAct =
  | { readonly type: 'clear'; readonly label: SelfCheckKey; readonly topic: string }
  | { readonly type: 'files'; readonly label: SelfCheckKey }
  | { readonly type: 'go'; readonly label: SelfCheckKey; readonly path: string }
  | { readonly type: 'leave'; readonly label: SelfCheckKey; readonly path: string }
  | { readonly type: 'explain'; readonly label: SelfCheckKey; readonly text: SelfCheckKey };

const explain = (text: SelfCheckKey): FindingAct => ({ type: 'explain', label: 'explain', text });
const go = (label: SelfCheckKey, path: string): FindingAct => ({ type: 'go', label, path });

type Acting = (line: FindingLine) => FindingAct;

const clear: Acting = ({ subject }) => ({ type: 'clear', label: 'clear', topic: subject?.id ?? '' });

/** What is good needs no button. */
const acts: Readonly<Partial<Record<FindingName, Acting>>> = {
  'door-open': () => explain('door-open.explain'),
  'door-untried': () => explain('door-untried.explain'),
  'wide-devices': ({ subject }) => go('narrow', subject ? devicePath(subject.id) : devicesPath),
  'wide-people': ({ subject }) => go('show', subject ? personPath(subject.id) : peoplePath),
  'passwords-untried': () => explain('passwords-untried.explain'),
  'secret-wifi': clear,
  'secret-other': clear,
  'plain-from-outside': () => explain('plain-from-outside.explain'),
  'plain-devices': () => explain('plain-devices.explain'),
  'plain-logins': () => ({ type: 'leave', label: 'showHow', path: trustPath }),
  'address-public': () => explain('address-public.explain'),
  'address-public-v6': () => explain('address-public-v6.explain'),
  'certificate-ended': () => explain('certificate-ended.explain'),
  'certificate-stuck': () => explain('certificate-stuck.explain'),
  'certificate-ends': () => explain('certificate-ends.explain'),
  'certificate-none': () => explain('certificate-none.explain'),
  'files-open': () => ({ type: 'files', label: 'close' }),
  'backup-none': () => explain('backup-none.explain'),
  'backup-old': () => explain('backup-old.explain'),
  'logins-forgotten': () => go('show', allLoginsPath),
  'check-failed': () => explain('check-failed.explain'),
};

/** `ownId`: whoever looks changes the own password in the settings, and nobody else's. */
export function actOf(line: FindingLine, ownId: string): FindingAct | undefined {
  const { finding, subject } = line;
  if (finding !== 'weak-password' || !subject) return acts[finding]?.(line);
  if (subject.kind === 'device') return go('change', devicePath(subject.id));
  return subject.id === ownId ? go('change', settingsPath) : explain('weak-password.explain');
}
