export type Theme = 'auto' | 'light' | 'dark';
export const themeKey = 'kachel-theme';

/** Browser chrome in the colour of the page's ground. */
const ground = { light: '#dfe7e3', dark: '#091612' } as const;

const isTheme = (text: string | null): text is Theme => text === 'auto' || text === 'light' || text === 'dark';

export interface ThemeStore {
  readonly theme: Theme;
  set(theme: Theme): void;
}

/** Storage may be forbidden (private windows, blocked cookies): then a choice lasts as long as the page. */
export interface Keep {
  read(key: string): string | null;
  write(key: string, value: string): void;
}

/** The chosen theme. index.html applies the kept one before the first paint with the same rules. */
export function createTheme(keep: Keep, page: Document): ThemeStore {
  const kept = keep.read(themeKey);
  let theme = $state<Theme>(isTheme(kept) ? kept : 'auto');
  return {
    get theme() {
      return theme;
    },
    set: (next) => {
      theme = next;
      keep.write(themeKey, next);
      applyTheme(next, page);
    },
  };
}

function applyTheme(theme: Theme, page: Document): void {
  page.documentElement.dataset['theme'] = theme;
  for (const meta of page.querySelectorAll<HTMLMetaElement>('meta[name=theme-color]')) {
    const own = meta.media.includes('dark') ? 'dark' : 'light';
    meta.content = ground[theme === 'auto' ? own : theme];
  }
}
