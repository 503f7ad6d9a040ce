/** What a two-state sensor watches; decides words, icons and colour. `moisture` is another name of `leak`. */
export const binaryClasses = [
  'generic',
  'window',
  'door',
  'garage',
  'opening',
  'lock',
  'motion',
  'presence',
  'leak',
  'moisture',
  'smoke',
  'gas',
  'vibration',
  'connectivity',
  'battery',
  'running',
  'problem',
] as const;
export type BinaryClass = (typeof binaryClasses)[number];
