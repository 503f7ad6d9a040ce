import type { Config } from '../config.ts';
import { findFirewall } from './firewall.ts';
import { greet, type Greeting } from './greeting.ts';
import { findLanAddress, isAnyAddress } from './lan-address.ts';
import type { RunningServer } from './serve.ts';
import { isLoopback } from './settings.ts';
import type { TerminalLanguage } from './words.ts';

/** The address for phones: the one we were told to listen on or, when that is all of them, the one of the default route. */
async function lanAddressFor(host: string): Promise<string | undefined> {
  if (isLoopback(host)) return undefined;
  return isAnyAddress(host) ? findLanAddress() : host;
}

/** Finds out what the first lines on the terminal say, and says it. */
export async function announce(
  server: RunningServer,
  config: Config,
  options: { version: string; isTerminal: boolean; language: TerminalLanguage },
): Promise<string> {
  const { httpPort, mqttPort, httpsPort, mqttsPort, fingerprint, certificateNames, loose, setupCode } = server;
  const lanAddress = await lanAddressFor(config.host);
  const ports = [httpPort, httpsPort, mqttPort, mqttsPort].filter((port) => port !== undefined);
  const firewall = lanAddress === undefined ? undefined : await findFirewall(ports);
  const greeting: Greeting = {
    version: options.version,
    dataDir: config.dataDir,
    allowAnonymous: config.allowAnonymous,
    isTerminal: options.isTerminal,
    loose,
    ...(httpPort !== undefined && { httpPort }),
    ...(mqttPort !== undefined && { mqttPort }),
    ...(httpsPort !== undefined && { httpsPort }),
    ...(mqttsPort !== undefined && { mqttsPort }),
    ...(fingerprint !== undefined && { fingerprint }),
    ...(certificateNames && { certificateNames }),
    ...(lanAddress !== undefined && { lanAddress }),
    ...(setupCode !== undefined && { setupCode }),
    ...(firewall && { firewall }),
  };
  return greet(greeting, options.language).join('\n');
}
