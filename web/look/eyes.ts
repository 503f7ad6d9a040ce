/** With whose eyes this document looks; it is decided once, before anything is drawn, and ends with the document. */
let personId: string | undefined;

/** Id of the person whose home an owner sees here, who then only looks; undefined = one's own. */
export const seenAs = (): string | undefined => personId;

export function lookAs(id: string): void {
  personId = id;
}
