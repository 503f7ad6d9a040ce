import { mount } from 'svelte';
import '../styles/reset.css';
import '../styles/tokens.css';
import '../styles/base.css';
import { languages } from '../text/define.ts';
import { learn } from '../text/learn.ts';
import Gallery from './Gallery.svelte';

// ?theme=dark, ?lang=de, ?contrast=more, ?show=tiles|details|parts
const parameters = new URLSearchParams(location.search);
const root = document.documentElement;
const language = parameters.get('lang') === 'de' ? 'de' : 'en';
root.lang = language;
root.dataset['theme'] = parameters.get('theme') === 'dark' ? 'dark' : 'light';
if (parameters.get('contrast') === 'more') root.dataset['contrast'] = 'more';

const show = parameters.get('show') ?? 'all';
const target = document.querySelector('#app');
if (target) void Promise.all(languages.map(learn)).then(() => mount(Gallery, { target, props: { language, show } }));
