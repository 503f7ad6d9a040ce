import { mount } from 'svelte';
import './styles/reset.css';
import './styles/tokens.css';
import './styles/base.css';
import './app/floor.css';
import App from './App.svelte';
import { MainPages } from './app/main-pages.svelte.ts';
import { snapshotPath } from './app/snapshot.ts';
import { learn } from './text/learn.ts';

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

/** The page waits for what else index.html asked for: its words in one language, and Home where no room is wanted. */
async function start(target: Element): Promise<void> {
  // Asked for now, it travels while the page is drawn; asked for with the scripts, it would keep them waiting on a narrow line.
  void document.fonts.load('1rem "Archivo Variable"');
  const pages = new MainPages();
  const { lang } = document.documentElement;
  await Promise.all([learn(lang === 'de' ? 'de' : 'en'), pages.load(location.pathname)]);
  mount(App, { target, props: { fetchFirst, pages } });
}

const target = document.querySelector('#app');
if (target && document.documentElement.dataset['floor'] !== 'below') void start(target);
