import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext } from 'playwright';
import { chromiumArgs, chromiumPath } from './chromium.ts';

/** A person's computer: a home folder of its own with the list of authorities that this person trusts. */
export interface TrustingChromium {
  /** Starts the browser of this person, with everything it kept from before. */
  start(): Promise<BrowserContext>;
  /** Takes the authority in, as the settings of a browser do; it counts from the next start on. */
  trust(): void;
  /** Closes what is still open, and forgets the person. */
  dispose(): Promise<void>;
}

const isResolverRule = (arg: string): boolean => arg.startsWith('--host-resolver-rules=');
/** `kachel.local` is announced by mDNS, which a test has no network for. */
const args = chromiumArgs.map((arg) => (isResolverRule(arg) ? `${arg},MAP kachel.local 127.0.0.1` : arg));

/** NSS's own tool, from Debian's `libnss3-tools`. */
function certutil(...words: readonly string[]): void {
  try {
    execFileSync('certutil', words, { stdio: 'pipe' });
  } catch (error) {
    throw new Error('certutil failed. It comes with the package libnss3-tools (nss on other systems).', {
      cause: error,
    });
  }
}

export function makeTrustingChromium(authorityFile: string): TrustingChromium {
  const home = mkdtempSync(join(tmpdir(), 'kachel-chromium-'));
  const database = join(home, '.pki', 'nssdb');
  mkdirSync(database, { recursive: true });
  certutil('-N', '-d', `sql:${database}`, '--empty-password');
  const contexts: BrowserContext[] = [];
  return {
    start: async () => {
      const context = await chromium.launchPersistentContext(join(home, 'profile'), {
        executablePath: chromiumPath,
        args,
        env: { ...process.env, HOME: home },
        viewport: { width: 390, height: 844 },
        locale: 'en',
      });
      contexts.push(context);
      return context;
    },
    trust: () => certutil('-A', '-d', `sql:${database}`, '-n', 'Kachel', '-t', 'C,,', '-i', authorityFile),
    dispose: async () => {
      for (const context of contexts) await context.close();
      rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
