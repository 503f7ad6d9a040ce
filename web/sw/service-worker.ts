/// <reference lib="webworker" />
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';

declare const self: ServiceWorkerGlobalScope & {
  readonly __WB_MANIFEST: { readonly url: string; readonly revision: string | null }[];
};

/*
 * The offline shell: the built page from the precache, and the last snapshot when the server does not answer.
 * A new version waits until the page says so; nothing else is cached, nothing is sent later.
 */

// As in web/app/snapshot.ts, which the page uses.
const snapshotPath = '/api/snapshot';
const snapshotCache = 'kachel-snapshot';
const storedAtHeader = 'x-kachel-stored-at';
const freshHeader = 'x-kachel-fresh';
/** As in shared/api/names.ts: what somebody else gets is nothing for this phone to keep. */
const seenAsHeader = 'x-kachel-as';
/** A server that takes longer is treated as away: the last values show, the page goes on trying. */
const snapshotTimeoutMs = 4_000;

precacheAndRoute(self.__WB_MANIFEST, { ignoreURLParametersMatching: [], cleanURLs: false });
cleanupOutdatedCaches();
const servePage = createHandlerBoundToURL('/index.html');

self.addEventListener('message', (event) => {
  const message: unknown = event.data;
  if (typeof message !== 'object' || message === null || !('type' in message)) return;
  if (message.type === 'SKIP_WAITING') event.waitUntil(self.skipWaiting());
});

self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (url.origin !== self.location.origin) return;
  if (event.request.headers.has(seenAsHeader)) return;
  if (url.pathname === snapshotPath && event.request.method === 'GET') {
    event.respondWith(snapshot(event));
    return;
  }
  // The trust page and the figures are no part of the shell.
  const isShell = !url.pathname.startsWith('/api/') && !['/trust', '/metrics'].includes(url.pathname);
  const isPage = event.request.mode === 'navigate' && isShell;
  if (isPage) event.respondWith(servePage({ url, request: event.request, event, params: [] }));
});

/** The truth if it comes in time; else the last one known, marked with its age. */
async function snapshot(event: FetchEvent): Promise<Response> {
  const { request } = event;
  const mayBeStored = !request.headers.has(freshHeader);
  try {
    const response = await fetch(request, mayBeStored ? { signal: AbortSignal.timeout(snapshotTimeoutMs) } : {});
    // The page does not wait for the store.
    event.waitUntil(remember(response.clone()));
    return response;
  } catch (error) {
    const stored = mayBeStored ? await caches.match(snapshotPath, { cacheName: snapshotCache }) : undefined;
    if (stored) return stored;
    throw error;
  }
}

async function remember(response: Response): Promise<void> {
  const cache = await caches.open(snapshotCache);
  // Nobody is signed in: the last values are nobody's.
  if (response.status === 401) await cache.delete(snapshotPath);
  if (!response.ok) return;
  const headers = new Headers({ 'content-type': 'application/json', [storedAtHeader]: String(Date.now()) });
  await cache.put(snapshotPath, new Response(await response.arrayBuffer(), { headers }));
}
