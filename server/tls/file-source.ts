import { watch, type FSWatcher } from 'node:fs';
import { dirname } from 'node:path';
import { fail, type Result } from '../../shared/result.ts';
import { readCertificate, type Certificate } from './certificate.ts';
import { readText } from '../read-text.ts';
import type { CertificateSource, Log } from './source.ts';

/** Whoever renews a certificate writes two files, perhaps in pieces: they are read when nothing has moved for so long. */
const settleMs = 500;

/** The files at the start are no use; the terminal says which and why. */
export class CertificateError extends Error {
  readonly code = 'KACHEL_CERTIFICATE';
  readonly file: string;
  constructor(file: string, reason: string) {
    super(reason);
    this.file = file;
  }
}

export interface FileOptions {
  readonly certFile: string;
  readonly keyFile: string;
  readonly log: Log;
}

interface Bad {
  readonly file: string;
  readonly reason: string;
}

function readFiles({ certFile, keyFile }: FileOptions): Result<Certificate, Bad> {
  const [cert, key] = [readText(certFile), readText(keyFile)];
  if (!cert.ok) return fail({ file: certFile, reason: cert.error });
  if (!key.ok) return fail({ file: keyFile, reason: key.error });
  const read = readCertificate(cert.value, key.value);
  return read.ok ? read : fail({ file: certFile, reason: read.error });
}

/** Folders are watched, not files: certificates are renewed by putting new files in the place of the old ones. */
function watchFolders(folders: ReadonlySet<string>, onChange: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(onChange, settleMs).unref();
  };
  const watchers: FSWatcher[] = [];
  for (const folder of folders) {
    try {
      // Where watching does not work (some network drives), the regular look finds the change.
      watchers.push(watch(folder, { persistent: false }, soon).on('error', () => undefined));
    } catch {
      continue;
    }
  }
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}

/** A certificate of one's own, for example from a company or another program. While new files do not fit, the old pair stays. */
export function createFileSource(options: FileOptions): CertificateSource {
  const { certFile, keyFile, log } = options;
  let current: Certificate | undefined;
  let failure: string | undefined;

  const complain = ({ file, reason }: Bad): void => {
    const text = `${file} cannot be used (${reason}). The former certificate stays.`;
    if (text !== failure) log.warn(text);
    failure = text;
  };

  return {
    check: async () => {
      const read = readFiles(options);
      if (!read.ok && !current) throw new CertificateError(read.error.file, read.error.reason);
      if (!read.ok) complain(read.error);
      else {
        failure = undefined;
        if (current && current.fingerprint !== read.value.fingerprint)
          log.info(`The certificate of ${certFile} is new.`);
        current = read.value;
      }
      if (!current) throw new CertificateError(certFile, 'it is not there');
      return { source: 'file', main: current, ...(failure === undefined ? {} : { failure }) };
    },
    watch: (onChange) => watchFolders(new Set([dirname(certFile), dirname(keyFile)]), onChange),
  };
}
