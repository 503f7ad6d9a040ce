import type { Plugin } from 'vite';

/** Tells the early script of index.html which files a language and a page need beside the first one. */
export const nameEarlyParts: Plugin = {
  name: 'kachel-name-early-parts',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler: (html, { bundle = {} }) => {
      const chunks = Object.values(bundle).filter((one) => one.type === 'chunk');
      const filesOf = (module: RegExp): string[] => {
        const chunk = chunks.find((one) => module.test(one.facadeModuleId ?? ''));
        if (!chunk) throw new Error(`No file of its own for ${module.source}`);
        const own = chunks.filter(({ fileName }) => chunk.imports.includes(fileName) && !/first|index-/.test(fileName));
        const styles = [chunk, ...own].flatMap((one) => [...(one.viteMetadata?.importedCss ?? [])]);
        return [chunk, ...own]
          .map(({ fileName }) => fileName)
          .concat(styles)
          .map((file) => `/${file}`);
      };
      const parts = {
        en: filesOf(/kachel-words:en$/),
        de: filesOf(/kachel-words:de$/),
        home: filesOf(/\/home\/Home\.svelte$/),
      };
      return html.replace("'%EARLY_PARTS%'", JSON.stringify(parts));
    },
  },
};
