/**
 * What may happen to a visit, and who may do it: draft → open → cancelled or done; while it is open it may be moved.
 * Pure: each act gives the visit as it is then, or says in French why not, and changes nothing.
 */
import type { Doer } from './announcement-acts.ts';
import { DAY, inParis, parisMoment } from './hours.ts';
import type { Finding } from './lint/finding.ts';
import type { Texts } from './questions/type.ts';
import {
  beginsAt,
  endsAt,
  type MeetingPoint,
  type Visit,
  type VisitDraft,
  type VisitState,
} from './visit.ts';
import { REPORT_DAYS } from './visit-end.ts';
import { lintCancelled, lintReport, lintVisit, type VisitAround } from './visit-lint.ts';

/** `told`: what who did it should know. `findings`: what the lint says, where it was asked. */
export type VisitActed =
  | { visit: Visit; told?: string; findings?: Finding[] }
  | { refused: string; findings?: Finding[] };

const STATES: Record<VisitState, string> = {
  draft: 'à valider',
  open: 'ouverte',
  cancelled: 'annulée',
  done: 'passée',
};

export const visitStateName = (state: VisitState): string => STATES[state];

const refusedIn = ({ id, state }: Visit, act: string, from: VisitState): VisitActed => ({
  refused: `la visite ${id} est ${STATES[state]}: on ne peut ${act} qu'une visite ${STATES[from]}`,
});

/** The visit of a draft, before anyone has looked at it. */
export const visitOf = (draft: VisitDraft, id: string, number: number, author: string): Visit => ({
  ...draft,
  id,
  number,
  state: 'draft',
  author,
  editors: [],
  moves: [],
  planned: {},
});

/** Once it is open, people count on it: then it is moved, cancelled, or given other places. */
export function changeVisit(visit: Visit, draft: VisitDraft, { by }: Doer): VisitActed {
  if (visit.state === 'open')
    return {
      refused: `la visite ${visit.id} est ouverte, des habitants comptent dessus: déplacez-la, annulez-la ou changez le nombre de places`,
    };
  if (visit.state !== 'draft') return refusedIn(visit, 'modifier', 'draft');
  const editors = [...new Set([...visit.editors, ...(by === visit.author ? [] : [by])])];
  return { visit: { ...visitOf(draft, visit.id, visit.number, visit.author), editors } };
}

/** A second person opens it: from then on residents can be invited, and are reminded. Once it is over: its report. */
export function approveVisit(visit: Visit, { by, now }: Doer, around: VisitAround): VisitActed {
  if (visit.report) return approveReport(visit, visit.report, { by, now }, around);
  if (visit.state !== 'draft') return refusedIn(visit, 'valider', 'draft');
  if (by === visit.author || visit.editors.includes(by))
    return { refused: `« ${by} » a écrit la visite ${visit.id}: une autre personne doit la valider` };
  const findings = lintVisit(visit, around);
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  if (errors > 0)
    return {
      refused: `la visite ${visit.id} a ${errors} ${errors > 1 ? 'erreurs' : 'erreur'}: corrigez-la d'abord`,
      findings,
    };
  return { visit: { ...visit, state: 'open', approved: { by, at: now.toISOString() } }, findings };
}

/** Other places than before; that nobody loses theirs is for the seats to say. */
export function resizeVisit(visit: Visit, capacity: number): VisitActed {
  if (visit.state !== 'open') return refusedIn(visit, 'changer les places', 'open');
  return { visit: { ...visit, capacity } };
}

export interface NewPlace {
  day?: string | undefined;
  time?: string | undefined;
  meeting?: MeetingPoint | undefined;
}

/** Another day, hour or place. Those who come are told, and reminded anew. */
export function moveVisit(visit: Visit, to: NewPlace, { by, now }: Doer, around: VisitAround): VisitActed {
  if (visit.state !== 'open') return refusedIn(visit, 'déplacer', 'open');
  if (beginsAt(visit) <= now) return { refused: `la visite ${visit.id} a commencé: on ne la déplace plus` };
  const { day, time, meeting, moves } = visit;
  const next = { day: to.day ?? day, time: to.time ?? time, meeting: to.meeting ?? meeting };
  const same =
    next.day === day && next.time === time && JSON.stringify(next.meeting) === JSON.stringify(meeting);
  if (same) return { refused: `la visite ${visit.id} est déjà à ce jour, cette heure et ce lieu` };
  if (parisMoment(next.day, next.time) <= now)
    return { refused: `${next.day} ${next.time} est passé: donnez un moment à venir` };
  const before = { day, time, meeting, by, at: now.toISOString() };
  const { week: _, eve: __, ...planned } = visit.planned;
  const own = Object.keys(visit.texts).length > 0;
  const moved: Visit = {
    ...visit,
    ...next,
    texts: {},
    moves: [...moves, before],
    // At another time the reminders are others; at another place they say so by themselves.
    planned: next.day === day && next.time === time ? visit.planned : planned,
  };
  const findings = lintVisit(moved, around);
  if (findings.some(({ severity }) => severity === 'error'))
    return { refused: `la visite ${visit.id} ne peut pas être déplacée ainsi`, findings };
  return {
    visit: moved,
    findings,
    ...(own && {
      told: `vos textes d'invitation et de rappel pouvaient dire l'ancien moment: ceux du service les remplacent`,
    }),
  };
}

export function cancelVisit(visit: Visit, { by, now }: Doer, around: VisitAround, why?: Texts): VisitActed {
  if (visit.state === 'cancelled') return { refused: `la visite ${visit.id} est déjà annulée` };
  if (visit.state === 'done' || endsAt(visit) <= now)
    return { refused: `la visite ${visit.id} est passée: on ne l'annule plus` };
  const cancelled: Visit = {
    ...visit,
    state: 'cancelled',
    cancelled: { by, at: now.toISOString(), ...(why && { why }) },
  };
  const findings = lintCancelled(cancelled, around);
  if (findings.length > 0)
    return { refused: `la visite ${visit.id} ne peut pas être annulée ainsi`, findings };
  return { visit: cancelled };
}

const isTooLate = (visit: Visit, now: Date): boolean =>
  now.getTime() - endsAt(visit).getTime() > REPORT_DAYS * DAY;

/** What became of it, for those who took part. Until it is approved it can be written anew. */
export function reportVisit(visit: Visit, texts: Texts, { by, now }: Doer, around: VisitAround): VisitActed {
  const { id, report, state } = visit;
  if (report?.approved) return { refused: `le bilan de la visite ${id} est déjà validé` };
  if (state === 'draft' || state === 'cancelled' || endsAt(visit) > now)
    return { refused: `la visite ${id} n'a pas eu lieu: son bilan s'écrit après` };
  if (isTooLate(visit, now))
    return {
      refused: `la visite ${id} a eu lieu il y a plus de ${REPORT_DAYS} jours: son bilan ne part plus`,
    };
  const first = report?.by ?? by;
  const editors = [...new Set([...(report?.editors ?? []), by])].filter((each) => each !== first);
  const next: Visit = {
    ...visit,
    report: { by: first, at: now.toISOString(), texts, ...(editors.length > 0 && { editors }) },
  };
  return { visit: next, findings: lintReport(next, around) };
}

export const wroteReport = (
  { by, editors = [] }: Pick<NonNullable<Visit['report']>, 'by' | 'editors'>,
  person: string,
): boolean => by === person || editors.includes(person);

/** Words to residents like any others: another person reads them first. */
function approveReport(
  visit: Visit,
  report: NonNullable<Visit['report']>,
  { by, now }: Doer,
  around: VisitAround,
): VisitActed {
  const { id } = visit;
  if (report.approved) return { refused: `le bilan de la visite ${id} est déjà validé` };
  if (wroteReport(report, by))
    return { refused: `« ${by} » a écrit le bilan de la visite ${id}: une autre personne doit le valider` };
  if (isTooLate(visit, now))
    return {
      refused: `la visite ${id} a eu lieu il y a plus de ${REPORT_DAYS} jours: son bilan ne part plus`,
    };
  const findings = lintReport(visit, around);
  if (findings.some(({ severity }) => severity === 'error'))
    return { refused: `le bilan de la visite ${id} a des erreurs: écrivez-le de nouveau (bilan)`, findings };
  return { visit: { ...visit, report: { ...report, approved: { by, at: now.toISOString() } } }, findings };
}

/** The same again, to be approved like any other; on another day without words of its own, which may say the old one. */
export const repeated = (
  { quartier, title, host, day: before, time, minutes, meeting, stops, capacity, transport, texts }: Visit,
  day: string,
): VisitDraft => ({
  quartier,
  ...(title && { title }),
  host,
  day,
  time,
  minutes,
  meeting,
  stops,
  capacity,
  ...(transport && { transport }),
  texts: day === before ? texts : {},
});

/** Which words of a visit's own its repetition has not, for staff; undefined where none is missing. */
export function wordsLeft(
  before: VisitDraft['texts'],
  { texts }: Pick<VisitDraft, 'texts'>,
): string | undefined {
  const left = [
    ...(before.invitation && !texts.invitation ? ["de l'invitation (--invitation)"] : []),
    ...(before.reminder && !texts.reminder ? ['du rappel (--rappel)'] : []),
  ];
  return left.length > 0
    ? `les mots ${left.join(' et ')} ne sont pas repris, ils disent peut-être l'ancien jour: récrivez-les (modifier), sinon ce sont les nôtres`
    : undefined;
}

/** Days in a year, less the time it takes to plan the next. */
const YEAR = 365;

export interface Coverage {
  quartier: string;
  last?: string;
  next?: string;
  /** Nothing within a year, behind or ahead. */
  uncovered: boolean;
}

/** Per quartier, when it was visited last and when it is next. */
export function coverage(quartiers: readonly string[], visits: readonly Visit[], now: Date): Coverage[] {
  const today = inParis(now).date;
  const limit = inParis(new Date(now.getTime() - YEAR * DAY)).date;
  const ahead = inParis(new Date(now.getTime() + YEAR * DAY)).date;
  return quartiers.map((quartier) => {
    const days = visits.filter((visit) => visit.quartier === quartier && visit.state !== 'cancelled');
    const last = days
      .filter(({ state, day }) => state !== 'draft' && day < today)
      .map(({ day }) => day)
      .sort()
      .at(-1);
    const next = days
      .filter(({ day }) => day >= today)
      .map(({ day }) => day)
      .sort()[0];
    const uncovered = (next === undefined || next > ahead) && (last === undefined || last < limit);
    return { quartier, ...(last && { last }), ...(next && { next }), uncovered };
  });
}
