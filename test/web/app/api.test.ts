import { describe, expect, it } from 'vitest';
import { createApi, readProblem, withQuery } from '../../../web/app/api.ts';
import { readFirst, storedAtHeader } from '../../../web/app/snapshot.ts';
import { problemText } from '../../../web/text/problem.ts';

const json = (body: unknown, status = 200): Response => new Response(JSON.stringify(body), { status });

describe('api', () => {
  const answering = (reply: () => Promise<Response>) => {
    let ended = 0;
    const requests: { path: string; init: RequestInit }[] = [];
    const api = createApi({
      fetch: (path, init) => {
        requests.push({ path: typeof path === 'string' ? path : '?', init: init ?? {} });
        return reply();
      },
      onLoginEnded: () => void ended++,
    });
    return { api, requests, ended: () => ended };
  };

  it('reads a reply', async () => {
    const { api, requests } = answering(() => Promise.resolve(json({ a: 1 })));
    expect(await api.get('/api/x', { tiles: ['a', 'b'], hours: 6, none: undefined })).toEqual({
      ok: true,
      value: { a: 1 },
    });
    expect(requests[0]?.path).toBe('/api/x?tiles=a&tiles=b&hours=6');
    expect(requests[0]?.init).toMatchObject({ method: 'GET', credentials: 'same-origin' });
  });

  it('reads an empty reply', async () => {
    const { api } = answering(() => Promise.resolve(new Response(null, { status: 204 })));
    expect(await api.post('/api/logout')).toEqual({ ok: true, value: undefined });
  });

  it.each([
    ['no network', () => Promise.reject(new TypeError('failed')), 'unreachable'],
    ['a page of a captive portal', () => Promise.resolve(new Response('<html>')), 'unreachable'],
    ['a known problem', () => Promise.resolve(json({ code: 'wrong-login', message: 'no' }, 401)), 'wrong-login'],
    ['an unknown problem', () => Promise.resolve(json({ code: 'martian' }, 500)), 'internal'],
  ])('tells %s', async (_name, reply, code) => {
    const { api } = answering(reply);
    expect(await api.post('/api/login', {})).toMatchObject({ ok: false, error: { code } });
  });

  it('notices the end of the login', async () => {
    const { api, ended } = answering(() => Promise.resolve(json({ code: 'login-required', message: '' }, 401)));
    await api.get('/api/devices');
    expect(ended()).toBe(1);
  });

  it('keeps path and parameters of a problem', () => {
    const problem = readProblem({ code: 'invalid-house', message: 'm', path: 'tiles/0/title', params: { n: 1 } }, 422);
    expect(problem).toEqual({ code: 'invalid-house', message: 'm', path: 'tiles/0/title', params: { n: 1 } });
    expect(problemText(problem, 'de')).toBe('Nicht gespeichert: tiles/0/title ist nicht gültig.');
  });

  it('writes no question mark without a query', () => expect(withQuery('/a')).toBe('/a'));
});

describe('first snapshot', () => {
  it('knows how old a stored one is', async () => {
    const stored = new Response('{"version":"1"}', { headers: { [storedAtHeader]: '1000' } });
    expect(await readFirst(Promise.resolve(stored), 61_000)).toMatchObject({
      ok: true,
      value: { ageMs: 60_000, isStored: true },
    });
  });

  it('takes a fresh one as it is', async () => {
    expect(await readFirst(Promise.resolve(json({ version: '1' })), 61_000)).toMatchObject({
      value: { ageMs: 0, isStored: false },
    });
  });
});
