import { mount } from 'svelte';
import '../styles/reset.css';
import '../styles/tokens.css';
import '../styles/base.css';
import '../styles/mono.css';
import { browserKeep } from '../app/keep.ts';
import { createLanguage } from '../app/language.svelte.ts';
import { createTheme } from '../app/theme.svelte.ts';
import { learn } from '../text/learn.ts';
import Trust from './Trust.svelte';

// A page of its own: a phone opens it before it can log in, and the house behind the login carries none of it.
const root = document.documentElement;
const theme = createTheme(browserKeep, document);
theme.set(theme.theme);
const language = createLanguage({ keep: browserKeep, tags: navigator.languages, root });
root.lang = language.language;
const target = document.querySelector('#app');
if (target) void learn(language.language).then(() => mount(Trust, { target, props: { language } }));
