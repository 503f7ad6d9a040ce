import { describe, expect, it } from 'vitest';
import { judgeFirewall, type FirewallFacts } from '../../../server/cli/firewall-rules.ts';

/** What nftables 1.0.6, iptables 1.8.9 and ufw 0.36.2 of Debian 12 print. */
const nftDebian = `table inet filter {
	chain input {
		type filter hook input priority filter; policy accept;
	}

	chain forward {
		type filter hook forward priority filter; policy accept;
	}

	chain output {
		type filter hook output priority filter; policy accept;
	}
}`;
const nftDrop = `table inet filter {
	chain input {
		type filter hook input priority filter; policy drop;
		ct state established,related accept
		iif "lo" accept
		tcp dport 22 accept
	}
}`;
const nftOpened = nftDrop.replace(
  'tcp dport 22 accept',
  'tcp dport 22 accept\n\t\ttcp dport { 1883, 8080, 8443, 8883 } accept',
);
const nftOfIptables = `table ip filter {
	chain INPUT {
		type filter hook input priority filter; policy drop;
		iifname "lo" counter packets 0 bytes 0 accept
		ct state related,established counter packets 0 bytes 0 accept
		tcp dport 22 counter packets 0 bytes 0 accept
	}
}`;
const iptablesDrop = `*filter
:INPUT DROP [0:0]
:FORWARD ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
-A INPUT -i lo -j ACCEPT
-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A INPUT -p tcp -m tcp --dport 22 -j ACCEPT
COMMIT`;
const iptablesReject = `*filter
:INPUT ACCEPT [0:0]
:FORWARD ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
-A INPUT -p tcp -m tcp --dport 22 -j ACCEPT
-A INPUT -j REJECT --reject-with icmp-host-prohibited
COMMIT`;
const iptablesOpened = iptablesDrop.replace(
  'COMMIT',
  '-A INPUT -p tcp -m multiport --dports 8080,1883,8443,8883 -j ACCEPT\nCOMMIT',
);
const ufwConf = `# /etc/ufw/ufw.conf
#

# Set to yes to start on boot. If setting this remotely, be sure to add a rule
# to allow your remote connection before starting ufw. Eg: 'ufw allow 22/tcp'
ENABLED=yes

# Please use the 'ufw' command to set the loglevel. Eg: 'ufw logging medium'.
# See 'man ufw' for details.
LOGLEVEL=low`;
const ufwRules = `### tuple ### allow tcp 1883,8080 0.0.0.0/0 any 0.0.0.0/0 in
-A ufw-user-input -p tcp -m multiport --dports 1883,8080 -j ACCEPT`;
const nftDefaultOfFile = `#!/usr/sbin/nft -f

flush ruleset

table inet filter {
	chain input {
		type filter hook input priority filter;
	}
}`;

const ports = [8_080, 1_883];

describe('a firewall in the way', () => {
  it.each<[string, FirewallFacts, string]>([
    ['ufw', { ufwConf }, 'sudo ufw allow 8080,1883/tcp'],
    ['ufw, though nftables has its rules', { ufwConf, nftRules: nftDrop }, 'sudo ufw allow 8080,1883/tcp'],
    [
      'firewalld',
      { isFirewalldActive: true, nftRules: nftDrop },
      'sudo firewall-cmd --permanent --add-port=8080/tcp --add-port=1883/tcp && sudo firewall-cmd --reload',
    ],
    [
      'nftables that drops',
      { nftRules: nftDrop },
      'sudo nft insert rule inet filter input tcp dport { 8080, 1883 } accept',
    ],
    [
      'nftables with a table of its own',
      {
        nftRules: nftDrop
          .replace('table inet filter', 'table ip my_table')
          .replace('policy drop', 'policy accept')
          .replace('tcp dport 22 accept', 'reject'),
      },
      'sudo nft insert rule ip my_table input tcp dport { 8080, 1883 } accept',
    ],
    [
      'iptables that drops, which nftables shows too',
      { iptablesRules: iptablesDrop, nftRules: nftOfIptables },
      'sudo iptables -I INPUT -p tcp -m multiport --dports 8080,1883 -j ACCEPT',
    ],
    [
      'iptables that rejects at its end',
      { iptablesRules: iptablesReject },
      'sudo iptables -I INPUT -p tcp -m multiport --dports 8080,1883 -j ACCEPT',
    ],
  ])('is %s', (_, facts, command) => {
    expect(judgeFirewall(facts, ports)?.command).toBe(command);
  });

  it.each<[string, FirewallFacts]>([
    ['nothing is known', {}],
    ['ufw is off', { ufwConf: ufwConf.replace('ENABLED=yes', 'ENABLED=no') }],
    ['ufw lets both ports in', { ufwConf, ufwRules }],
    ['nftables runs with the rules of a fresh Debian', { nftRules: nftDebian }],
    ['the file of nftables says so', { nftRules: nftDefaultOfFile }],
    ['nftables lets both ports in', { nftRules: nftOpened }],
    ['a range lets both ports in', { nftRules: nftOpened.replace('1883, 8080', '1000-9000') }],
    ['iptables lets both ports in', { iptablesRules: iptablesOpened, nftRules: nftDebian }],
  ])('is none when %s', (_, facts) => {
    expect(judgeFirewall(facts, ports)).toBeUndefined();
  });

  it('is there when only one of the ports is let in', () => {
    expect(judgeFirewall({ nftRules: nftOpened }, [...ports, 9_999])?.name).toBe('nftables');
  });
});
