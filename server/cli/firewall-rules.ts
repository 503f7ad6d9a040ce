/** Reads what firewalls print, to tell whether one stands between the phone and us. Pure. */

/** An active firewall that may stand between the phone and us, with the command that opens the ports. */
export interface Firewall {
  readonly name: string;
  readonly command: string;
}

/** What could be found out without rights or with them; absent is what could not. */
export interface FirewallFacts {
  /** Text of /etc/ufw/ufw.conf and user.rules. */
  readonly ufwConf?: string | undefined;
  readonly ufwRules?: string | undefined;
  readonly isFirewalldActive?: boolean;
  /** What `nft list ruleset` prints, or the file that is loaded at the start. */
  readonly nftRules?: string | undefined;
  /** What `iptables-save` prints, or its file. */
  readonly iptablesRules?: string | undefined;
}

/** Ports and ranges behind `dport`, `--dport`, `--dports`, in the forms 80, 80:90, 80-90, { 80, 90 }. */
function opens(line: string, port: number): boolean {
  if (!/\baccept\b/i.test(line)) return false;
  const list = /dports?\s+([\d\s,:{}-]+)/.exec(line)?.[1] ?? '';
  return [...list.matchAll(/(\d+)(?:[:-](\d+))?/g)].some(
    ([, first, last]) => Number(first) <= port && port <= Number(last ?? first),
  );
}

const opensAll = (lines: readonly string[], ports: readonly number[]): boolean =>
  ports.every((port) => lines.some((line) => opens(line, port)));

interface Chain {
  /** Family, table and chain as `nft` wants them: `inet filter input`. */
  readonly address: string;
  readonly lines: readonly string[];
}

/** The chains of a ruleset that see packets to this machine. */
function inputChains(rules: string): readonly Chain[] {
  const chains: { address: string; lines: string[] }[] = [];
  let table = '';
  let open: { address: string; lines: string[] } | undefined;
  for (const line of rules.split('\n').map((one) => one.trim())) {
    const named = /^(table|chain) ([^{]+?) \{$/.exec(line);
    if (named?.[1] === 'table') table = named[2] ?? '';
    else if (named) open = { address: `${table} ${named[2]}`, lines: [] };
    else if (line === '}' && open) {
      chains.push(open);
      open = undefined;
    } else open?.lines.push(line);
  }
  return chains.filter(({ lines }) => lines.some((line) => /\bhook input\b/.test(line)));
}

/** A policy or a rule for everything that was not accepted before it. */
const nftBlocks = ({ lines }: Chain): boolean =>
  lines.some(
    (line) => /\bpolicy drop\b/.test(line) || /^(counter( packets \d+ bytes \d+)? )?(drop|reject)\b/.test(line),
  );

function byNft(rules: string, ports: readonly number[]): Firewall | undefined {
  const chain = inputChains(rules).find((one) => nftBlocks(one) && !opensAll(one.lines, ports));
  if (!chain) return undefined;
  // Inserted, not added: what comes after a `reject` is never reached.
  return {
    name: 'nftables',
    command: `sudo nft insert rule ${chain.address} tcp dport { ${ports.join(', ')} } accept`,
  };
}

function byIptables(rules: string, ports: readonly number[]): Firewall | undefined {
  const lines = rules.split('\n').filter((line) => /^(:INPUT |-A INPUT )/.test(line));
  const blocks = lines.some((line) => /^:INPUT DROP\b/.test(line) || /^-A INPUT -j (DROP|REJECT)\b/.test(line));
  if (!blocks || opensAll(lines, ports)) return undefined;
  return {
    name: 'iptables',
    command: `sudo iptables -I INPUT -p tcp -m multiport --dports ${ports.join(',')} -j ACCEPT`,
  };
}

function byUfw(rules: string, ports: readonly number[]): Firewall | undefined {
  if (opensAll(rules.split('\n'), ports)) return undefined;
  return { name: 'ufw', command: `sudo ufw allow ${ports.join(',')}/tcp` };
}

const byFirewalld = (ports: readonly number[]): Firewall => ({
  name: 'firewalld',
  command: `sudo firewall-cmd --permanent ${ports.map((port) => `--add-port=${port}/tcp`).join(' ')} && sudo firewall-cmd --reload`,
});

/** The firewall that is likely in the way. ufw and firewalld write the rules of the others, so they are asked first. */
export function judgeFirewall(facts: FirewallFacts, ports: readonly number[]): Firewall | undefined {
  if (ports.length === 0) return undefined;
  if (/^ENABLED=yes/im.test(facts.ufwConf ?? '')) return byUfw(facts.ufwRules ?? '', ports);
  if (facts.isFirewalldActive) return byFirewalld(ports);
  // Rules that iptables made appear in both; its own words come first.
  return byIptables(facts.iptablesRules ?? '', ports) ?? byNft(facts.nftRules ?? '', ports);
}
