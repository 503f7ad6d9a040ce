interface ModuleGraph {
  getModuleInfo(id: string): { readonly importers: readonly string[] } | null;
}

/** Parts of Svelte's runtime that only later pages use; its one index file hides that from the graph. */
const laterRuntime = /\/svelte\/src\/.*\/(transitions|select|input|size|bindings\/shared)\.js$/;

/** Entries of the first picture: main.ts has the rooms with it, and loads Home beside itself where the address asks for it. */
const firstEntries = ['/web/main.ts', '/web/pages/home/Home.svelte'] as const;

/** Which of these a module is imported by, statically, at any distance. */
function entriesAbove(id: string, graph: ModuleGraph): readonly string[] {
  const seen = new Set([id]);
  // A set grows while it is walked.
  for (const one of seen) for (const importer of graph.getModuleInfo(one)?.importers ?? []) seen.add(importer);
  return firstEntries.filter((entry) => [...seen].some((one) => one.endsWith(entry)));
}

/**
 * What every first picture needs comes as one file, because many small ones compress and travel worse; with the little that only
 * rooms need, since a small file is one more element, request and module on the way. Without Home, and without main.ts, so that
 * the gallery may share it.
 */
export function chunkOf(id: string, graph: ModuleGraph): string | null {
  if (laterRuntime.test(id)) return 'runtime';
  if (firstEntries.some((entry) => id.endsWith(entry))) return null;
  const above = entriesAbove(id, graph);
  if (above.length === 0) return null;
  return above.length === 1 && above[0] === firstEntries[1] ? 'home-parts' : 'first';
}
