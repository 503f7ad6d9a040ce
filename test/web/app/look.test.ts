import { describe, expect, it, vi, onTestFinished } from 'vitest';
import { brokerUrl } from '../../../web/live/opener.ts';
import { readLookPath } from '../../../web/look/address.ts';
import { fetchAs } from '../../../web/look/fetch-as.ts';

/** What leaves the page. */
function network(): { readonly sent: { readonly input: unknown; readonly init: RequestInit | undefined }[] } {
  const sent: { input: unknown; init: RequestInit | undefined }[] = [];
  vi.stubGlobal('fetch', (input: unknown, init?: RequestInit) => {
    sent.push({ input, init });
    return Promise.resolve(new Response('{}'));
  });
  onTestFinished(() => void vi.unstubAllGlobals());
  return { sent };
}

describe('a page with the eyes of somebody else', () => {
  it('says so with every question, and keeps what the question says', async () => {
    const { sent } = network();
    await fetchAs('lena')('/api/snapshot', { headers: { 'x-kachel-fresh': '1' } });
    const headers = new Headers(sent[0]?.init?.headers);
    expect([headers.get('x-kachel-as'), headers.get('x-kachel-fresh')]).toEqual(['lena', '1']);
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'])('sends no %s', async (method) => {
    const { sent } = network();
    const reply = await fetchAs('lena')('/api/house', { method });
    expect([reply.status, await reply.json()]).toMatchObject([403, { code: 'only-looking' }]);
    expect(sent).toEqual([]);
  });

  it('asks the broker for no more than that person has', () => {
    const here = { protocol: 'https:', host: 'kachel.local:8443' };
    expect(brokerUrl(here)).toBe('wss://kachel.local:8443/mqtt');
    expect(brokerUrl(here, 'a&b')).toBe('wss://kachel.local:8443/mqtt?as=a%26b');
  });

  it.each([
    ['/as/lena', { personId: 'lena', page: '/' }],
    ['/as/lena/room/office', { personId: 'lena', page: '/room/office' }],
  ])('begins at %s', (path, begin) => {
    expect(readLookPath(path)).toEqual(begin);
  });
});
