/** Where an owner looks with the eyes of somebody else, and which page of the home is looked at first. */
export function readLookPath(path: string): { readonly personId: string; readonly page: string } {
  const [, , personId = '', ...rest] = path.split('/');
  return { personId: decodeURIComponent(personId), page: `/${rest.join('/')}` };
}
