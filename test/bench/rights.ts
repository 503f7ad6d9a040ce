import type { Row } from './figures.ts';
import { decide } from './rights/decide.ts';
import { handshakes } from './rights/handshakes.ts';
import { logins } from './rights/logins.ts';
import { throughput } from './rights/throughput.ts';

/** What rights, passwords and encryption cost: 1,000 rules, 200 devices and 20 people; 1,000 devices that log in at once. */
export async function bench(): Promise<readonly Row[]> {
  return [...(await decide()), ...(await throughput()), ...(await logins()), ...(await handshakes())];
}
