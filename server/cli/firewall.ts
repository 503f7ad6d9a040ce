import { execFile } from 'node:child_process';
import { readText } from '../read-text.ts';
import { judgeFirewall, type Firewall } from './firewall-rules.ts';

const answerTimeoutMs = 1_000;
const maxAnswerBytes = 4 * 1024 * 1024;

function fileText(path: string): string | undefined {
  const read = readText(path);
  return read.ok ? read.value : undefined;
}

/** What a program prints; `undefined` when it does not exist, may not, or prints nothing. */
function answerOf(program: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    const options = { timeout: answerTimeoutMs, maxBuffer: maxAnswerBytes };
    execFile(program, args, options, (_error, stdout) => resolve(stdout.trim() === '' ? undefined : stdout));
  });
}

/** Looks only. Without rights the rules are read from the files that are loaded at the start, if their unit runs. A guess, so told as a hint. */
export async function findFirewall(ports: readonly number[]): Promise<Firewall | undefined> {
  if (process.platform !== 'linux' || ports.length === 0) return undefined;
  const units = ['firewalld', 'nftables', 'netfilter-persistent'];
  const [states = '', nftRules, iptablesRules] = await Promise.all([
    answerOf('systemctl', ['is-active', ...units]),
    answerOf('nft', ['list', 'ruleset']),
    answerOf('iptables-save', []),
  ]);
  const lines = states.trim().split('\n');
  const isActive = (unit: string): boolean => lines[units.indexOf(unit)] === 'active';
  return judgeFirewall(
    {
      ufwConf: fileText('/etc/ufw/ufw.conf'),
      ufwRules: fileText('/etc/ufw/user.rules'),
      isFirewalldActive: isActive('firewalld'),
      nftRules: nftRules ?? (isActive('nftables') ? fileText('/etc/nftables.conf') : undefined),
      iptablesRules:
        iptablesRules ?? (isActive('netfilter-persistent') ? fileText('/etc/iptables/rules.v4') : undefined),
    },
    ports,
  );
}
