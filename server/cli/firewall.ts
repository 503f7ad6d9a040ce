import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';

const answerTimeoutMs = 1_000;

/** An active firewall that may stand between the phone and us, with the command that opens the ports. */
export interface Firewall {
  readonly name: string;
  readonly command: string;
}

const commands: Readonly<Record<string, (ports: readonly number[]) => string>> = {
  ufw: (ports) => `sudo ufw allow ${ports.join(',')}/tcp`,
  firewalld: (ports) =>
    `sudo firewall-cmd --permanent ${ports.map((port) => `--add-port=${port}/tcp`).join(' ')} && sudo firewall-cmd --reload`,
  nftables: (ports) => `sudo nft add rule inet filter input tcp dport { ${ports.join(', ')} } accept`,
};

function isUfwOn(): boolean {
  try {
    return /^ENABLED=yes/im.test(readFileSync('/etc/ufw/ufw.conf', 'utf8'));
  } catch {
    return false;
  }
}

/** Which of these units run; empty where there is no systemd. */
function activeUnits(units: readonly string[]): Promise<readonly string[]> {
  return new Promise((resolve) => {
    execFile('systemctl', ['is-active', ...units], { timeout: answerTimeoutMs }, (_error, stdout) => {
      const lines = stdout.trim().split('\n');
      resolve(units.filter((_, index) => lines[index] === 'active'));
    });
  });
}

/** Looks only; needs no rights. A guess, so it is told as a hint. */
export async function findFirewall(ports: readonly number[]): Promise<Firewall | undefined> {
  if (process.platform !== 'linux' || ports.length === 0) return undefined;
  const name = isUfwOn() ? 'ufw' : (await activeUnits(['firewalld', 'nftables']))[0];
  const command = name && commands[name]?.(ports);
  return name && command ? { name, command } : undefined;
}
