import { mount } from 'svelte';
import './styles/reset.css';
import './styles/tokens.css';
import './styles/base.css';
import './app/floor.css';
import App from './App.svelte';
import { snapshotPath } from './app/snapshot.ts';

declare global {
  interface Window {
    /** The first request, sent by index.html before any module ran. */
    kachelSnapshot?: Promise<Response> | undefined;
  }
}

/** The early reply counts once; whoever asks again gets a new one. */
function fetchFirst(): Promise<Response> {
  const early = window.kachelSnapshot;
  window.kachelSnapshot = undefined;
  return early ?? fetch(snapshotPath, { credentials: 'same-origin' });
}

const target = document.querySelector('#app');
if (target && document.documentElement.dataset['floor'] !== 'below') mount(App, { target, props: { fetchFirst } });
