/** Letters that stay together when a word is parted. */
const units = /(?<=h)str?|sch|ch|ck|ph|th|qu|[bfgkp][lr]|[dt]r|[a-zß]/giu;
const vowel = /[aeiouyäöüáàâéèêíóòôú]/iu;
const softHyphen = '\u00AD';
/** Letters that stay before and after a part. */
const minPart = 3;

/**
 * Offers places to part long words, for browsers without hyphenation of their own: before the last consonant between two vowels.
 * Good enough for German compounds and harmless elsewhere, because it is used only where a name does not fit in any other way.
 */
export const softHyphens = (text: string): string => text.replace(/\p{L}{8,}/gu, parted);

function parted(word: string): string {
  const groups = word.match(/[aeiouyäöüáàâéèêíóòôú]+|[^aeiouyäöüáàâéèêíóòôú]+/giu) ?? [];
  let done = 0;
  return groups
    .map((group, index) => {
      const start = done;
      done += group.length;
      if (vowel.test(group) || index === 0 || index === groups.length - 1) return group;
      const last = group.match(units)?.at(-1)?.length ?? 1;
      const at = start + group.length - last;
      if (at < minPart || word.length - at < minPart) return group;
      return group.slice(0, -last) + softHyphen + group.slice(-last);
    })
    .join('');
}
