const maxUsernameLength = 40;

const german: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' };

/** `Küche Lampe` → `kueche-lampe`; firmware often takes only plain letters. */
export function slugOf(name: string): string {
  const plain = name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[äöüß]/g, (letter) => german[letter] ?? letter)
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return plain.slice(0, maxUsernameLength).replace(/-+$/, '') || 'device';
}

/** A user name that nobody has yet. */
export function findFreeUsername(name: string, isTaken: (username: string) => boolean): string {
  const slug = slugOf(name);
  let username = slug;
  for (let number = 2; isTaken(username); number += 1) username = `${slug}-${number}`;
  return username;
}
