import { mount } from 'svelte';
import { snapshotPath } from '../app/snapshot.ts';
import { readLookPath } from './address.ts';
import { lookAs } from './eyes.ts';
import { fetchAs } from './fetch-as.ts';
import LookBanner from './LookBanner.svelte';

/**
 * Makes this document the home as somebody else gets it: its first answer, all later ones, and a banner above. The address becomes that of the
 * page that is looked at, so that a reload ends it.
 */
export function openEyes(): typeof fetch {
  const { personId, page } = readLookPath(location.pathname);
  const fetchSeen = fetchAs(personId);
  const first = fetchSeen(snapshotPath, { credentials: 'same-origin' });
  history.replaceState(history.state, '', page);
  lookAs(personId);
  window.kachelSnapshot = first.then((reply) => reply.clone());
  const anchor = document.querySelector('#app');
  mount(LookBanner, { target: document.body, ...(anchor ? { anchor } : {}), props: { personId, first } });
  return fetchSeen;
}
