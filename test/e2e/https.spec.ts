import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { BrowserContext, Page } from 'playwright/test';
import { join } from 'node:path';
import { accessibilityProblems } from '../support/axe.ts';
import { switchTile, testHouse } from '../support/house.ts';
import { owner, startKachel, type Kachel } from '../support/kachel.ts';
import { testPair, testRoot } from '../support/test-root.ts';
import { makeTrustingChromium, type TrustingChromium } from '../support/trusting-chromium.ts';
import { expect, live, signIn, test as base, tile } from './kachel-test.ts';

const dayMs = 86_400_000;

/** The files of a certificate of one's own, which ends soon. */
async function writePair(folder: string): Promise<readonly [cert: string, key: string]> {
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const life = { nowMs: Date.now() - 80 * dayMs, lifeDays: 90 };
  const { certPem, keyPem } = await testPair(await testRoot('Company'), ['localhost'], life);
  writeFileSync(cert, certPem);
  writeFileSync(key, keyPem);
  return [cert, key];
}

interface Homes {
  /** A browser that knows nothing of this home yet. */
  readonly computer: TrustingChromium;
  /** A home that the browser is signed in to, with a certificate from an authority that no browser knows. */
  readonly company: Kachel;
}
const test = base.extend<Homes>({
  computer: async ({ kachel }, use) => {
    const computer = makeTrustingChromium(join(kachel.dataDir, 'tls', 'root.crt'));
    await use(computer);
    await computer.dispose();
  },
  company: async ({ context }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'kachel-cert-'));
    const [cert, key] = await writePair(folder);
    const kachel = await startKachel({ flags: ['--tls-cert', cert, '--tls-key', key] });
    await signIn(context.request, kachel.url);
    await use(kachel);
    await kachel.dispose();
    rmSync(folder, { recursive: true, force: true });
  },
});
const plain = ({ httpPort }: Kachel): string => `http://kachel.local:${httpPort}`;
const secure = ({ httpsPort }: Kachel): string => `https://kachel.local:${httpsPort}`;

async function pageOf(context: BrowserContext): Promise<Page> {
  return context.pages()[0] ?? (await context.newPage());
}

async function signInOn(page: Page): Promise<void> {
  await page.getByLabel('Name').fill(owner.name);
  await page.getByLabel('Password', { exact: true }).fill(owner.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(live(page)).toBeAttached();
}

test('Chromium trusts the home authority, and installs the app over HTTPS', async ({ kachel, arrange, computer }) => {
  await arrange(testHouse([switchTile('lamp')]));
  const before = await computer.start();
  const stranger = await pageOf(before);
  await stranger.goto(`${plain(kachel)}/trust`);
  await expect(stranger.getByRole('heading', { name: 'Not trusted on this computer yet' })).toBeVisible();
  await expect(stranger.goto(secure(kachel))).rejects.toThrow('ERR_CERT_AUTHORITY_INVALID');
  await before.close();

  computer.trust();
  const context = await computer.start();
  const page = await pageOf(context);
  const sockets: string[] = [];
  page.on('websocket', (socket) => sockets.push(socket.url()));

  // The page on plain HTTP sees by itself that it works, and leads over.
  await page.goto(`${plain(kachel)}/trust`);
  await expect(page.getByText(secure(kachel))).toBeVisible();
  await page.getByRole('button', { name: 'Done' }).click();
  await page.waitForURL(`${secure(kachel)}/**`);
  await signInOn(page);
  const cookies = await context.cookies(secure(kachel));
  expect(cookies).toMatchObject([{ name: '__Host-kachel', secure: true, httpOnly: true, sameSite: 'Strict' }]);
  expect(sockets).toContain(`${secure(kachel).replace('https', 'wss')}/mqtt`);
  expect(await page.evaluate(() => isSecureContext)).toBe(true);

  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.reload();
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller?.scriptURL)).toContain('https://');
  const session = await context.newCDPSession(page);
  const manifest = await session.send('Page.getAppManifest');
  expect(manifest.errors).toEqual([]);
  expect((await session.send('Page.getInstallabilityErrors')).installabilityErrors).toEqual([]);
  await page.goto(`${secure(kachel)}/room/living`);
  await expect(tile(page, 'lamp')).toBeVisible();
  await context.close();
});

test.describe('where plain HTTP only leads to HTTPS', () => {
  test.use({ server: { flags: ['--http-plain', 'redirect'] } });

  test('the house opens encrypted, and the way to trust it stays open', async ({ kachel, computer }) => {
    computer.trust();
    const context = await computer.start();
    const page = await pageOf(context);
    await page.goto(`${plain(kachel)}/settings`);
    await page.waitForURL(`${secure(kachel)}/**`);
    await signInOn(page);
    await page.goto(`${plain(kachel)}/trust`);
    expect(new URL(page.url()).protocol).toBe('http:');
    await expect(page.getByText(secure(kachel))).toBeVisible();
    await context.close();
  });
});

test('an owner is told on the page that a certificate of his own ends soon', async ({ page, company }) => {
  await page.goto(company.url);
  await expect(page.getByText(/^The certificate ends on /)).toBeVisible();
});

test('a certificate of its own that the browser refuses is not called trusted', async ({ page, company }) => {
  await page.goto(`${company.url}/trust`);
  await expect(page.getByText(/^Checked .*: not trusted yet$/)).toBeVisible();
  await expect(page.getByRole('heading', { name: /^Not trusted on this / })).toBeVisible();
  await expect(page.getByText(/brings its own certificate/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Done' })).toHaveCount(0);
  await expect(page).toHaveTitle('Trust this home · Kachel');
  expect(await accessibilityProblems(page)).toEqual([]);
});
