import acme from 'acme-client';
import type { Pair } from './authority.ts';
import type { Challenges } from './challenges.ts';

export interface OrderOptions {
  readonly directoryUrl: string;
  /** PEM; the same key is the same account. */
  readonly accountKeyPem: string;
  readonly email: string | undefined;
  readonly names: readonly string[];
  /** The authority's questions are answered while the order runs. */
  readonly challenges: Challenges;
}

export const newAccountKey = async (): Promise<string> => (await acme.crypto.createPrivateEcdsaKey()).toString();

/** Orders one certificate for all names, proving each over HTTP (HTTP-01). Loaded only when one is due. */
export async function orderCertificate(options: OrderOptions): Promise<Pair> {
  const { directoryUrl, accountKeyPem, email, names, challenges } = options;
  const client = new acme.Client({ directoryUrl, accountKey: accountKeyPem });
  const key = await acme.crypto.createPrivateEcdsaKey();
  const [, csr] = await acme.crypto.createCsr({ commonName: names[0] ?? '', altNames: [...names] }, key);
  const certPem = await client.auto({
    csr,
    termsOfServiceAgreed: true,
    challengePriority: ['http-01'],
    // From inside, the public name often leads nowhere: only the authority's own look counts.
    skipChallengeVerification: true,
    ...(email !== undefined && { email }),
    challengeCreateFn: async (_authorization, challenge, keyAuthorization) => {
      challenges.set(challenge.token, keyAuthorization);
    },
    challengeRemoveFn: async (_authorization, challenge) => {
      challenges.delete(challenge.token);
    },
  });
  return { certPem, keyPem: key.toString() };
}
