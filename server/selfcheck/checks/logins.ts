import { found, namesIn, type Check, type CheckedHouse } from '../check.ts';

/** A login that stays and that nobody used for so long lies on a phone in a drawer. */
const forgottenAfterMs = 30 * 86_400_000;

const personName = ({ auth }: CheckedHouse, id: string): string => auth.people.byId(id)?.name ?? '';

/** Whose logins came over plain HTTP lately. */
export const plainLogins: Check = {
  name: 'plain-logins',
  look: (house) => {
    const { plainLogins: visits } = house;
    const plain = visits.list();
    const names = [...new Set(plain.map(({ personId }) => personName(house, personId)))];
    return plain.length > 0
      ? [found('plain-logins', { n: plain.length, names: namesIn(names) })]
      : [found('logins-encrypted', { sinceMs: visits.sinceMs })];
  },
};

/** Logins that nobody has used for a month. */
export const forgottenLogins: Check = {
  name: 'forgotten-logins',
  look: (house) => {
    const nowMs = house.auth.nowMs();
    const all = [...house.auth.logins.listAll('', nowMs)];
    const forgotten = all.flatMap(([personId, logins]) =>
      logins
        .filter(({ lastSeenAtMs }) => nowMs - lastSeenAtMs > forgottenAfterMs)
        .map(() => personName(house, personId)),
    );
    const names = namesIn([...new Set(forgotten)]);
    return forgotten.length > 0 ? [found('logins-forgotten', { n: forgotten.length, names })] : [];
  },
};
