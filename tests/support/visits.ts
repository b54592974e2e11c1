/** Visits for tests. */
import { type Visit, type VisitDraft, visitId } from '../../conversations/visit.ts';
import { visitOf } from '../../conversations/visit-acts.ts';

/** J07's own: Saturday at ten. */
export const draft = (more: Partial<VisitDraft> = {}): VisitDraft => ({
  quartier: 'chene',
  host: { fr: 'Mme la Maire' },
  day: '2026-12-12',
  time: '10:00',
  minutes: 90,
  meeting: { name: 'square du Chêne Pointu', latitude: 48.9101, longitude: 2.5533 },
  stops: ['parking tour 4', 'allée Maurice Audin'],
  capacity: 30,
  texts: {},
  ...more,
});

export const openVisit = (more: Partial<VisitDraft> = {}, number = 3): Visit => ({
  ...visitOf(draft(more), visitId(number, '2026-11-23'), number, 'agent@exemple'),
  state: 'open',
  approved: { by: 'chef@exemple', at: '2026-11-23T09:00:00.000Z' },
});
