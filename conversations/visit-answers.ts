/** What a resident has answered to visits, as their session holds it, and what staff are told of it. */
import { DAY, inParis } from './hours.ts';
import type { Moment } from './moment.ts';
import type { Session } from './session.ts';
import { comingVisits, type Visit } from './visit.ts';

export type VisitAnswer = NonNullable<Session['visits']>[string];

/** A visit stays in the session this long after its day: what is said of it then is understood. */
const KEPT_DAYS = 14;

export const answerTo = (moment: Moment, visit: string): VisitAnswer | undefined =>
  moment.session.visits?.[visit];

/** Whether they have a place, or wait for one. */
export const isRegistered = (answer: VisitAnswer | undefined): boolean =>
  answer?.answer === 'yes' || answer?.answer === 'waiting';

/** Notes the answer for the session and for staff. */
export function noteAnswer(
  moment: Moment,
  visit: Pick<Visit, 'id' | 'day'>,
  answer: Omit<VisitAnswer, 'day'>,
): void {
  keepAnswer(moment, visit, answer);
  const { code: _, subject: __, ...row } = answer;
  moment.do({ type: 'rsvp', visit: visit.id, ...row });
}

export const keepAnswer = (
  moment: Moment,
  { id, day }: Pick<Visit, 'id' | 'day'>,
  answer: Omit<VisitAnswer, 'day'>,
): void => moment.set({ visits: { ...moment.session.visits, [id]: { ...answer, day } } });

/** What is long over is forgotten; a visit that was moved is over on its new day. */
export function pruneVisits(moment: Moment): void {
  const { visits } = moment.session;
  if (!visits) return;
  const first = inParis(new Date(moment.now.getTime() - KEPT_DAYS * DAY)).date;
  const dayOf = (id: string): string => moment.world.visits?.find((each) => each.id === id)?.day ?? '';
  const left = Object.entries(visits).filter(([id, { day }]) => day >= first || dayOf(id) >= first);
  if (left.length < Object.keys(visits).length)
    moment.set({ visits: left.length > 0 ? Object.fromEntries(left) : undefined });
}

/** Those ahead that residents may hear of; the ones of their own quartiers where they have some. */
export function visitsFor(moment: Moment): Visit[] {
  const { lists, quartier } = moment.session;
  const own = new Set([...lists, ...(quartier ? [quartier] : [])]);
  const coming = comingVisits(moment.world.visits ?? [], moment.now);
  return own.size === 0 ? coming : coming.filter((each) => own.has(each.quartier));
}

/** Those ahead that they are registered for, the next first. */
export const registeredFor = (moment: Moment): Visit[] =>
  comingVisits(moment.world.visits ?? [], moment.now).filter(({ id }) => isRegistered(answerTo(moment, id)));

/** Whoever hears nothing of visits any more waits for no place: nobody could tell them. */
export function leaveWaitingLists(moment: Moment): void {
  const { visits } = moment.session;
  for (const [visit, each] of Object.entries(visits ?? {}))
    if (each.answer === 'waiting') {
      moment.do({ type: 'unseat', visit });
      noteAnswer(moment, { id: visit, day: each.day }, { answer: 'no' });
    }
  moment.set({ visit: undefined });
}
