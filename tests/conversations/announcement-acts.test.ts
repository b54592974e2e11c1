/** What may happen to an announcement, by whom, and what is said where it may not. */
import { describe, expect, it } from 'vitest';
import type { Announcement, AnnouncementState } from '../../conversations/announcement.ts';
import {
  type Acted,
  approve,
  begin,
  cancel,
  change,
  finish,
  pause,
  resume,
  schedule,
} from '../../conversations/announcement-acts.ts';
import { parisMoment } from '../../conversations/hours.ts';
import { aroundAt, draftOf, made } from '../support/announcements.ts';

/** A Monday, 10:00 in Paris. */
const NOW = new Date('2026-11-23T09:00:00.000Z');
const around = aroundAt(NOW);
const by = (who: string, now = NOW) => ({ by: `${who}@exemple`, now });

function done(acted: Acted): Announcement {
  if ('refused' in acted) throw new Error(acted.refused);
  return acted.announcement;
}
const refused = (acted: Acted): string => ('refused' in acted ? acted.refused : '');

const approved = done(approve(made(), by('chef'), around));
const scheduled = done(schedule(approved, by('agent'), around, '2026-11-24T10:00'));
const running = done(begin(scheduled, by('service', parisMoment('2026-11-24', '10:00'))));
const states: Record<AnnouncementState, Announcement> = {
  draft: made(),
  approved,
  scheduled,
  running,
  paused: done(pause(running)),
  done: done(finish(running)),
  cancelled: done(cancel(running)),
};

const LATER = parisMoment('2026-11-24', '10:00');
const acts: Record<string, (announcement: Announcement) => Acted> = {
  change: (announcement) => change(announcement, draftOf({ at: '2026-12-01T10:00' }), by('agent')),
  approve: (announcement) => approve(announcement, by('chef'), around),
  schedule: (announcement) => schedule(announcement, by('agent'), around, '2026-11-25T10:00'),
  begin: (announcement) => begin(announcement, by('service', LATER)),
  pause,
  resume: (announcement) => resume(announcement, by('agent', LATER), around),
  cancel,
  finish,
};

/** What each act makes of each state; a dash where it is refused. */
const TABLE = `
           draft     approved  scheduled running   paused    done      cancelled
change     draft     draft     draft     -         -         -         -
approve    approved  -         -         -         -         -         -
schedule   -         scheduled scheduled -         -         -         -
begin      -         -         running   -         -         -         -
pause      -         -         paused    paused    -         -         -
resume     -         -         -         -         running   -         -
cancel     cancelled cancelled cancelled cancelled cancelled -         -
finish     -         -         -         done      -         -         -`;

describe('every act in every state', () => {
  const [head = [], ...rows] = TABLE.trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
  const cases = rows.flatMap(([act = '', ...after]) =>
    after.map((state, index) => [act, head[index] as AnnouncementState, state] as const),
  );
  it.each(cases)('%s of %s: %s', (act, from, to) => {
    const before = structuredClone(states[from]);
    const acted = acts[act]?.(states[from]) as Acted;
    if (to === '-') expect(refused(acted)).toContain('A-2026-001');
    else expect(done(acted).state).toBe(to);
    expect(states[from]).toEqual(before);
  });
});

describe('approval', () => {
  it.each([
    ['its author', made(), 'agent', 'a écrit'],
    ['who has changed it', done(change(made(), draftOf(), by('collegue'))), 'collegue', 'a écrit'],
    [
      'its author, where somebody else has changed it',
      done(change(made(), draftOf(), by('collegue'))),
      'agent',
      'a écrit',
    ],
    ['an urgent one without a reason', made({ kind: 'urgent' }), 'chef', 'motif'],
    ['a text that names nobody', made({ texts: { fr: 'Coupure d’eau demain' } }), 'chef', '1 erreur'],
  ])('is refused: %s', (_, announcement, who, says) => {
    expect(refused(approve(announcement, by(who), around))).toContain(says);
  });

  it('of what is urgent takes two others', () => {
    const urgent = made({ kind: 'urgent', reason: 'crue cette nuit' });
    const first = approve(urgent, by('chef'), around);
    expect(done(first)).toMatchObject({ state: 'draft', approvals: [{ by: 'chef@exemple' }] });
    expect('told' in first && first.told).toContain('il en manque 1');
    expect(refused(approve(done(first), by('chef'), around))).toContain('a déjà validé');
    expect(refused(approve(done(first), by('agent'), around))).toContain('a écrit');
    expect(refused(schedule(done(first), by('agent'), around))).toContain('à valider');
    const second = done(approve(done(first), by('directrice'), around));
    expect(second.state).toBe('approved');
    expect(second.approvals.map((each) => each.by)).toEqual(['chef@exemple', 'directrice@exemple']);
  });

  it('is gone once something changes, and so are its moment and the look at the election', () => {
    const acted = change(
      { ...scheduled, review: { by: 'chef@exemple', at: NOW.toISOString(), note: 'relu' } },
      draftOf({ texts: { fr: 'Ville de Clichy: visite à 11h' } }),
      by('collegue'),
    );
    expect(done(acted)).toMatchObject({ state: 'draft', approvals: [], editors: ['collegue@exemple'] });
    expect(done(acted)).not.toHaveProperty('begins');
    expect(done(acted)).not.toHaveProperty('review');
    expect('told' in acted && acted.told).toContain('de nouveau');
  });

  it('never covers another purpose', () => {
    expect(refused(change(made(), draftOf({ purpose: 'consent' }), by('agent')))).toContain('finalité');
  });
});

describe('before an election', () => {
  // The vote of 15 March 2027 is in March: from 1 September 2026.
  const elections = ['2027-03-14'];
  const near = aroundAt(NOW, { elections });
  it.each([
    ['the day before the six months', '2026-08-31T10:00', undefined],
    ['their first day', '2026-09-01T10:00', 'L52-1'],
    ['the day of the vote', '2027-03-14T10:00', 'L52-1'],
    ['the day after', '2027-03-15T10:00', undefined],
  ])('%s', (_, at, says) => {
    const acted = approve(made({ at }), by('chef'), near);
    expect(refused(acted)).toEqual(says ? expect.stringContaining(says) : '');
  });

  it('takes a note, but not from what is urgent', () => {
    const looked = approve(made(), by('chef'), near, 'rien de promotionnel');
    expect(done(looked).review).toEqual({
      by: 'chef@exemple',
      at: NOW.toISOString(),
      note: 'rien de promotionnel',
    });
    expect(refused(approve(made(), by('chef'), near, '  '))).toContain('ce que vous avez vérifié');
    expect(refused(approve(made({ kind: 'urgent', reason: 'crue' }), by('chef'), near))).toBe('');
  });

  it('an approved one that is moved into the months before is held to it too', () => {
    const later = aroundAt(NOW, { elections: ['2027-07-11'] });
    const fine = done(approve(made({ at: '2026-12-15T10:00' }), by('chef'), later));
    expect(refused(schedule(fine, by('agent'), later, '2027-01-04T10:00'))).toContain('2027-07-11');
    expect(done(schedule(fine, by('agent'), later)).state).toBe('scheduled');
  });
});

describe('before an election that was not known before', () => {
  const near = (now: Date) => aroundAt(now, { elections: ['2027-03-14'] });

  it('one that had begun does not go on unread', () => {
    const acted = resume(states.paused, by('agent', LATER), near(LATER));
    expect(refused(acted)).toContain('L52-1');
    expect(refused(acted)).toContain('Annulez-la');
    const review = { by: 'chef@exemple', at: NOW.toISOString(), note: 'relue' };
    expect(done(resume({ ...states.paused, review }, by('agent', LATER), near(LATER))).state).toBe('running');
  });

  it('one that waits for its hour is approved anew', () => {
    expect(refused(resume(done(pause(scheduled)), by('agent'), near(NOW)))).toContain('en la validant');
    const late = parisMoment('2026-11-24', '20:30');
    expect(refused(resume(done(pause(scheduled)), by('agent', late), near(late)))).toContain(
      'en la validant',
    );
  });
});

describe('its moment', () => {
  const urgent = done(
    approve(
      done(approve(made({ kind: 'urgent', reason: 'crue' }), by('chef'), around)),
      by('directrice'),
      around,
    ),
  );
  it.each([
    ['in permitted hours', approved, '2026-11-24T10:00', '2026-11-24T09:00:00.000Z', undefined],
    ['at 21:00', approved, '2026-11-23T21:00', '2026-11-24T07:30:00.000Z', 'mardi 24 novembre 2026 à 08:30'],
    [
      'on a Saturday evening',
      approved,
      '2026-11-28T20:00',
      '2026-11-30T07:30:00.000Z',
      'lundi 30 novembre 2026',
    ],
    [
      'on Easter Monday',
      approved,
      '2027-03-29T10:00',
      '2027-03-30T06:30:00.000Z',
      'mardi 30 mars 2027 à 08:30',
    ],
    [
      'the night the clocks go forward',
      approved,
      '2027-03-27T20:30',
      '2027-03-30T06:30:00.000Z',
      'mardi 30 mars',
    ],
    [
      'the night the clocks go back',
      approved,
      '2027-10-30T20:30',
      '2027-11-02T07:30:00.000Z',
      'mardi 2 novembre',
    ],
    [
      'at the end of the year',
      approved,
      '2026-12-31T20:30',
      '2027-01-02T07:30:00.000Z',
      'samedi 2 janvier 2027',
    ],
    ['urgent, at night', urgent, '2026-11-24T03:00', '2026-11-24T02:00:00.000Z', undefined],
  ])('%s', (_, announcement, at, begins, told) => {
    const acted = schedule(announcement, by('agent'), around, at);
    expect(done(acted).begins).toBe(begins);
    if (told) expect('told' in acted && acted.told).toContain(told);
    else expect(acted).not.toHaveProperty('told');
  });

  it.each([
    ['has passed', '2026-11-23T09:00', 'est passé'],
    ['is in a year whose holidays are unknown', '2060-01-05T10:00', 'les jours fériés de 2060'],
  ])('is refused where it %s', (_, at, says) => {
    expect(refused(schedule(approved, by('agent'), around, at))).toContain(says);
  });

  it('is now where none is said', () => {
    expect(done(schedule(approved, by('agent'), around)).begins).toBe(NOW.toISOString());
  });

  it('does not come before its time', () => {
    expect(refused(begin(scheduled, by('service')))).toContain("n'est pas venue");
  });

  it('is kept by one that was paused before it began, and moved on where it has passed', () => {
    const waiting = done(pause(scheduled));
    expect(done(resume(waiting, by('agent'), around))).toEqual(scheduled);
    const late = parisMoment('2026-11-24', '20:30');
    const acted = resume(waiting, by('agent', late), aroundAt(late));
    expect(done(acted)).toMatchObject({ state: 'scheduled', begins: '2026-11-25T07:30:00.000Z' });
    expect('told' in acted && acted.told).toContain('mercredi 25 novembre');
  });

  it('of a survey is a day on which it is open', () => {
    const invitation = done(approve(made({ kind: 'survey', survey: 'square' }), by('chef'), around));
    const acted = schedule(invitation, by('agent'), around, '2028-01-05T10:00');
    expect(refused(acted)).toContain('ne peut pas partir');
    expect('findings' in acted && acted.findings?.[0]?.message).toContain('square');
  });
});
