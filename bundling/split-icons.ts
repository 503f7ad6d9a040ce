import * as icons from '@mdi/js';
import type { Plugin } from 'vite';

/** `@mdi/js` is one module, and a module is never divided: all icons of all pages would come first. Each icon becomes its own. */
const iconPrefix = 'kachel-icon:';
export const splitIcons: Plugin = {
  name: 'kachel-split-icons',
  apply: 'build',
  resolveId: (id) => (id.startsWith(iconPrefix) ? `\0${id}` : null),
  load: (id) => {
    if (!id.startsWith(`\0${iconPrefix}`)) return null;
    const name = id.slice(iconPrefix.length + 1);
    return `export const ${name} = ${JSON.stringify(Reflect.get(icons, name))};`;
  },
  transform: (code) => {
    if (!code.includes('@mdi/js')) return null;
    const divided = code.replace(/import\s*\{([^}]*)\}\s*from\s*['"]@mdi\/js['"];?/g, (_all, names: string) =>
      names
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '')
        .map((name) => `import { ${name} } from '${iconPrefix}${name}';`)
        .join(''),
    );
    return { code: divided, map: null };
  },
};
