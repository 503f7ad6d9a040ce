/** The set-up code of a printed link or QR code (`#setup=…`); empty when there is none. */
export const codeFromHash = (hash: string): string => new URLSearchParams(hash.replace(/^#/, '')).get('setup') ?? '';
