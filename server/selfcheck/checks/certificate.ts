import type { FindingLine, FindingName } from '../../../shared/api/selfcheck.ts';
import type { CertificateTrouble } from '../../../shared/api/trust.ts';
import { found, type Check } from '../check.ts';

const troubles: Readonly<Record<CertificateTrouble['kind'], FindingName>> = {
  ended: 'certificate-ended',
  'not-renewed': 'certificate-stuck',
  'ends-soon': 'certificate-ends',
};

const troubled = (trouble: CertificateTrouble): FindingLine =>
  found(troubles[trouble.kind], {
    endMs: trouble.notAfterMs,
    ...('reason' in trouble ? { reason: trouble.reason } : {}),
  });

/** How long the certificate holds, and who renews it. */
export const certificate: Check = {
  name: 'certificate',
  look: ({ tls }) => {
    const [shown, trouble] = [tls.shown(), tls.trouble()];
    if (!shown) return [found('certificate-none')];
    if (trouble) return [troubled(trouble)];
    const endMs = (shown.named ?? shown.main).notAfterMs;
    return [found(shown.source === 'file' ? 'certificate-file' : 'certificate-renews', { endMs })];
  },
};
