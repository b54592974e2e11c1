/** Every quartier within a year: what is drafted, on which days, and that doing it again adds nothing. */
import { describe, expect, it } from 'vitest';
import { inParis, isPermittedDay, parisMoment } from '../../conversations/hours.ts';
import { TO_COMPLETE, type Visit, visitId } from '../../conversations/visit.ts';
import { approveVisit, visitOf } from '../../conversations/visit-acts.ts';
import { programme } from '../../conversations/visit-programme.ts';
import { localWorld } from '../../infra/local/city.ts';
import { openVisit } from '../support/visits.ts';

const { city } = localWorld();
const NOW = parisMoment('2026-11-23', '10:00');
const QUARTIERS = ['haut', 'bas', 'chene', 'gare', 'bois', 'parc', 'mairie', 'stade'];
/** As many places as a city may have, and a list that is none. */
const town = {
  ...city,
  quartiers: [
    ...QUARTIERS.map((id) => ({ id, name: id, keywords: [id.toUpperCase()] })),
    { id: 'aines', name: 'Aînés', keywords: ['AINES'], inMenu: false as const },
  ],
};
const past = (quartier: string, day: string, number: number, more = {}): Visit => ({
  ...openVisit({ quartier, day, ...more }, number),
  state: 'done',
});

function proposedFor(visits: readonly Visit[], now = NOW) {
  const made = programme(town, visits, now);
  if ('refused' in made) throw new Error(made.refused);
  return made.proposed;
}
const withDrafts = (visits: readonly Visit[], now = NOW): Visit[] => [
  ...visits,
  ...proposedFor(visits, now).map(({ draft }, at) =>
    visitOf(draft, visitId(90 + at, '2026-11-23'), 90 + at, 'agent@exemple'),
  ),
];

describe('the programme of a year', () => {
  const visits = [
    past('chene', '2026-04-11', 1),
    past('gare', '2025-04-05', 2, { time: '14:30', capacity: 12, title: { fr: 'Tour de la gare' } }),
    past('aines', '2026-10-01', 3, { time: '12:00' }),
    { ...openVisit({ quartier: 'bois', day: '2026-12-12' }, 4), state: 'cancelled' as const },
  ];

  it('drafts who is left out, the one that waited longest first, like their own last visit or the latest of any', () => {
    const proposed = proposedFor(visits);
    expect(proposed.map(({ draft }) => draft.quartier).sort()).toEqual(
      ['bas', 'bois', 'gare', 'haut', 'mairie', 'parc', 'stade'].sort(),
    );
    expect(proposed.at(-1)).toMatchObject({
      after: 'V-2026-002',
      incomplete: false,
      draft: {
        quartier: 'gare',
        time: '14:30',
        capacity: 12,
        title: { fr: 'Tour de la gare' },
        meeting: { name: 'square du Chêne Pointu' },
      },
    });
    expect(proposed[0]).toMatchObject({
      after: 'V-2026-001',
      incomplete: true,
      draft: { time: '10:00', capacity: 30, meeting: { name: TO_COMPLETE }, stops: [], texts: {} },
    });
  });

  it('spreads them over the year, on permitted days, and no two in a week', () => {
    const days = proposedFor(visits).map(({ draft }) => draft.day);
    expect([...days].sort()).toEqual(days);
    expect(days.every(isPermittedDay)).toBe(true);
    expect((days[0] as string) > '2026-12-21').toBe(true);
    expect((days.at(-1) as string) <= '2027-11-23').toBe(true);
    const gaps = days
      .slice(1)
      .map((day, at) => (Date.parse(day) - Date.parse(days[at] as string)) / 86_400_000);
    for (const gap of gaps) {
      expect(gap).toBeGreaterThanOrEqual(35);
      expect(gap).toBeLessThanOrEqual(63);
    }
  });

  it('adds nothing when it is done again, nor where every quartier is covered', () => {
    const once = withDrafts(visits);
    expect(proposedFor(once)).toEqual([]);
    // One is called off: that one is missing again, and no other.
    const again = once.map(
      (visit): Visit => (visit.quartier === 'gare' ? { ...visit, state: 'cancelled' } : visit),
    );
    expect(proposedFor(again).map(({ draft }) => draft.quartier)).toEqual(['gare']);
  });

  it('keeps off holidays and Sundays, whatever day it is done on', () => {
    for (let day = 0; day < 366; day += 1) {
      const now = new Date(NOW.getTime() + day * 86_400_000);
      const sunday = past('chene', inParis(new Date(now.getTime() - 30 * 86_400_000)).date, 1);
      const days = proposedFor([sunday], now).map(({ draft }) => draft.day);
      expect(new Set(days).size).toBe(7);
      expect(days.filter((each) => !isPermittedDay(each) || each <= inParis(now).date)).toEqual([]);
    }
  });

  it('leaves what nobody has decided to staff: without a place it is not approved', () => {
    const chef = { by: 'chef@exemple', now: NOW };
    const [, , , , , first] = withDrafts([past('haut', '2026-04-11', 1), ...visits]);
    expect(first).toMatchObject({ state: 'draft' });
    expect(approveVisit(first as Visit, chef, { city: town, now: NOW, visits: [] })).toMatchObject({
      findings: [{ rule: 'no-place', severity: 'error' }],
    });
  });

  it('has nothing to go by where there has been no visit, or no holidays are known', () => {
    expect(programme(town, [], NOW)).toMatchObject({ refused: expect.stringContaining('aucune visite') });
    const far = parisMoment('2098-03-01', '10:00');
    expect(programme(town, visits, far)).toMatchObject({ refused: expect.stringContaining('jours fériés') });
  });
});
