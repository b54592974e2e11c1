import { describe, expect, it } from 'vitest';
import { parisMoment } from '../../conversations/hours.ts';
import { comingVisits, readVisitDraft, type Visit, visitId, visitNumber } from '../../conversations/visit.ts';
import {
  approveVisit,
  cancelVisit,
  changeVisit,
  coverage,
  moveVisit,
  repeated,
  reportVisit,
  resizeVisit,
  visitOf,
  wordsLeft,
} from '../../conversations/visit-acts.ts';
import { finishVisit } from '../../conversations/visit-end.ts';
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
    expect(cancelVisit(openVisit(), agent, around, { fr: 'pluie' })).toMatchObject({
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

  it('ends by itself', () => {
    const after = { ...agent, now: parisMoment('2026-12-12', '12:00') };
    expect(finishVisit(openVisit(), NOW)).toBeUndefined();
    expect(finishVisit({ ...openVisit(), state: 'cancelled' }, after.now)).toBeUndefined();
    expect(finishVisit(openVisit(), after.now)).toMatchObject({ state: 'done' });
    expect(cancelVisit(openVisit(), after, around)).toHaveProperty('refused');
  });

  it('has one report, which another person reads before it goes out', () => {
    const at = (date: string) => ({ ...agent, now: parisMoment(date, '12:00') });
    const done: Visit = { ...openVisit(), state: 'done' };
    const texts = { fr: 'Ville de Clichy: merci, 6 lampes changées' };
    expect(reportVisit(openVisit(), texts, agent, around)).toHaveProperty('refused');
    expect(reportVisit(done, texts, at('2027-01-12'), around)).toEqual({
      refused: 'la visite V-2026-003 a eu lieu il y a plus de 28 jours: son bilan ne part plus',
    });
    const written = reportVisit(done, texts, at('2026-12-12'), around);
    if (!('visit' in written)) throw new Error(written.refused);
    expect(approveVisit(written.visit, at('2026-12-12'), around)).toEqual({
      refused:
        '« agent@exemple » a écrit le bilan de la visite V-2026-003: une autre personne doit le valider',
    });
    const other = { ...at('2026-12-13'), by: 'chef@exemple' };
    const approved = approveVisit(written.visit, other, around);
    expect(approved).toMatchObject({
      visit: { report: { by: 'agent@exemple', approved: { by: 'chef@exemple' } } },
    });
    if (!('visit' in approved)) return;
    for (const again of [
      reportVisit(approved.visit, texts, other, around),
      approveVisit(approved.visit, other, around),
    ])
      expect(again).toEqual({ refused: 'le bilan de la visite V-2026-003 est déjà validé' });
    // Whoever wrote any of it has written it, first or later.
    const rewritten = reportVisit(written.visit, texts, other, around);
    if (!('visit' in rewritten)) throw new Error(rewritten.refused);
    expect(rewritten.visit.report).toMatchObject({ by: 'agent@exemple', editors: ['chef@exemple'] });
    for (const by of ['agent@exemple', 'chef@exemple'])
      expect(approveVisit(rewritten.visit, { ...other, by }, around)).toEqual({
        refused: `« ${by} » a écrit le bilan de la visite V-2026-003: une autre personne doit le valider`,
      });
    expect(approveVisit(rewritten.visit, { ...other, by: 'maire@exemple' }, around)).toHaveProperty('visit');
    // Nobody knows who writes.
    const nameless = reportVisit(done, { fr: 'Merci' }, at('2026-12-12'), around);
    expect('visit' in nameless && approveVisit(nameless.visit, other, around)).toMatchObject({
      refused: 'le bilan de la visite V-2026-003 a des erreurs: écrivez-le de nouveau (bilan)',
    });
  });

  it('moved, says nothing of the old day; where its reminders or holidays are not known it stays', () => {
    const own = { invitation: { fr: 'Ville de Clichy: visite le 12.' } };
    expect(moveVisit({ ...openVisit(), texts: own }, { day: '2026-12-19' }, agent, around)).toMatchObject({
      visit: { texts: {} },
      told: expect.stringContaining('ancien moment'),
    });
    expect(moveVisit(openVisit(), { day: '2099-01-10' }, agent, around)).toMatchObject({
      findings: [{ rule: 'unknown-year' }],
    });
  });

  it('is not called off with more words than one SMS holds', () => {
    const why = 'la pluie et le vent annoncés par la préfecture pour tout le week-end, restez chez vous';
    expect(cancelVisit(openVisit(), agent, around, { fr: why })).toMatchObject({
      refused: 'la visite V-2026-003 ne peut pas être annulée ainsi',
      findings: [{ rule: 'too-long' }],
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
    const texts = { invitation: { fr: 'Samedi 12 décembre à 10h, visite' }, reminder: { fr: 'Demain' } };
    expect(repeated(openVisit({ texts }), '2027-04-10').texts).toEqual({});
    expect(repeated(openVisit({ texts }), openVisit().day).texts).toEqual(texts);
    expect(wordsLeft(texts, { texts: {} })).toContain("l'invitation (--invitation) et du rappel (--rappel)");
    expect(wordsLeft(texts, { texts: { invitation: { fr: 'Samedi 10' } } })).not.toContain('--invitation');
    expect(wordsLeft(texts, { texts })).toBeUndefined();
    const visits = [
      { ...openVisit({ day: '2026-04-11' }, 1), state: 'done' as const },
      { ...openVisit({ day: '2025-04-11', quartier: 'gare' }, 2), state: 'done' as const },
      openVisit({ day: '2026-12-12' }, 3),
      openVisit({ day: '2028-01-08', quartier: 'parc' }, 4),
    ];
    expect(coverage(['chene', 'gare', 'bois', 'parc'], visits, NOW)).toEqual([
      { quartier: 'chene', last: '2026-04-11', next: '2026-12-12', uncovered: false },
      { quartier: 'gare', last: '2025-04-11', uncovered: true },
      { quartier: 'bois', uncovered: true },
      { quartier: 'parc', next: '2028-01-08', uncovered: true },
    ]);
  });
});
