import { describe, expect, it } from 'vitest';
import { parisMoment } from '../../conversations/hours.ts';
import { comingVisits, readVisitDraft, type Visit, visitId, visitNumber } from '../../conversations/visit.ts';
import {
  approveVisit,
  cancelVisit,
  changeVisit,
  coverage,
  finishVisit,
  moveVisit,
  repeated,
  reportVisit,
  resizeVisit,
  visitOf,
} from '../../conversations/visit-acts.ts';
import { lintVisit, type VisitAround } from '../../conversations/visit-lint.ts';
import { localWorld } from '../../infra/local/city.ts';
import { draft, openVisit } from '../support/visits.ts';

const { city } = localWorld();
const NOW = parisMoment('2026-11-23', '10:00');
const around: VisitAround = { city, now: NOW, visits: [] };
const agent = { by: 'agent@exemple', now: NOW };
const chef = { by: 'chef@exemple', now: NOW };
const written = (more = {}): Visit => visitOf(draft(more), 'V-2026-003', 3, 'agent@exemple');
const rules = (visit: Visit, at = around): string[] => lintVisit(visit, at).map(({ rule }) => rule);

describe('a visit', () => {
  it('is opened by another person than who wrote it', () => {
    expect(approveVisit(written(), agent, around)).toEqual({
      refused: '« agent@exemple » a écrit la visite V-2026-003: une autre personne doit la valider',
    });
    expect(approveVisit(written(), chef, around)).toMatchObject({
      visit: { state: 'open', approved: { by: 'chef@exemple' } },
    });
    const changed = changeVisit(written(), draft({ capacity: 20 }), chef);
    expect('visit' in changed && approveVisit(changed.visit, chef, around)).toHaveProperty('refused');
  });

  it('is not changed once people count on it, but moved or called off', () => {
    expect(changeVisit(openVisit(), draft(), agent)).toHaveProperty('refused');
    const moved = moveVisit(
      { ...openVisit(), planned: { eve: 'A-2026-001' } },
      { day: '2026-12-19' },
      agent,
      around,
    );
    expect(moved).toMatchObject({
      visit: { state: 'open', day: '2026-12-19', moves: [{ day: '2026-12-12', time: '10:00' }], planned: {} },
    });
    expect(moveVisit(openVisit(), { day: '2026-12-12' }, agent, around)).toHaveProperty('refused');
    expect(moveVisit(openVisit(), { day: '2026-11-01' }, agent, around)).toEqual({
      refused: '2026-11-01 10:00 est passé: donnez un moment à venir',
    });
    expect(cancelVisit(openVisit(), agent, { fr: 'pluie' })).toMatchObject({
      visit: { state: 'cancelled', cancelled: { why: { fr: 'pluie' } } },
    });
  });

  it('gets other places only while it is open, and the next is named first', () => {
    expect(resizeVisit(openVisit(), 40)).toMatchObject({ visit: { capacity: 40 } });
    expect(resizeVisit(written(), 40)).toHaveProperty('refused');
    const later = openVisit({ day: '2026-12-19' }, 1);
    expect(comingVisits([later, openVisit(), written()], NOW)).toEqual([openVisit(), later]);
    expect(comingVisits([later, openVisit()], parisMoment('2026-12-12', '11:30'))).toEqual([later]);
  });

  it('ends by itself, and has one report', () => {
    const after = { ...agent, now: parisMoment('2026-12-12', '12:00') };
    expect(finishVisit(openVisit(), agent)).toHaveProperty('refused');
    expect(finishVisit(openVisit(), after)).toMatchObject({ visit: { state: 'done' } });
    expect(cancelVisit(openVisit(), after)).toHaveProperty('refused');
    expect(reportVisit(openVisit(), { fr: 'Merci' }, agent)).toHaveProperty('refused');
    const told = reportVisit({ ...openVisit(), state: 'done' }, { fr: 'Merci' }, after);
    expect('visit' in told && reportVisit(told.visit, { fr: 'Merci' }, after)).toEqual({
      refused: 'le bilan de la visite V-2026-003 est déjà écrit',
    });
  });

  it('is looked at before: its day, its quartier, its reminder, its texts', () => {
    expect(rules(written())).toEqual([]);
    expect(rules(written({ day: '2026-11-20' }))).toEqual(['past']);
    expect(rules(written({ day: '2099-01-10' }))).toEqual(['unknown-year']);
    expect(rules(written({ quartier: 'ailleurs' }))).toEqual(['unknown-quartier']);
    expect(rules(written({ day: '2026-12-14' }))).toEqual(['reminder-moved']);
    expect(
      rules(written({ day: '2026-11-24', time: '09:00' }), {
        ...around,
        now: parisMoment('2026-11-23', '19:00'),
      }),
    ).toEqual(['no-reminder']);
    expect(rules(written({ host: { en: 'the mayor' } }))).toEqual(['no-french']);
    const far = { ...draft().meeting, name: 'angle allée Maurice Audin et rue Jaurès' };
    expect(rules(written({ meeting: far }))).toEqual(['invitation-too-long']);
    expect(rules(written(), { ...around, visits: [openVisit({}, 4)] })).toEqual(['same-day']);
  });

  it('says every fault of what was written', () => {
    expect(() => readVisitDraft({ ...draft(), capacity: 0, time: '25:00' }, 'x')).toThrow(
      /capacity[\s\S]*time|time[\s\S]*capacity/,
    );
    expect(visitNumber(visitId(3, '2026-11-23'))).toBe(3);
    expect(visitNumber('A-2026-003')).toBeUndefined();
  });

  it('is planned again, and shows which quartier is left out', () => {
    expect(repeated(openVisit(), '2027-04-10')).toEqual(draft({ day: '2027-04-10' }));
    const visits = [
      { ...openVisit({ day: '2026-04-11' }, 1), state: 'done' as const },
      { ...openVisit({ day: '2025-04-11', quartier: 'gare' }, 2), state: 'done' as const },
      openVisit({ day: '2026-12-12' }, 3),
    ];
    expect(coverage(['chene', 'gare', 'bois'], visits, NOW)).toEqual([
      { quartier: 'chene', last: '2026-04-11', next: '2026-12-12', uncovered: false },
      { quartier: 'gare', last: '2025-04-11', uncovered: true },
      { quartier: 'bois', uncovered: true },
    ]);
  });
});
