/**
 * VISITE alone: what one is registered for or what comes next; where several lie ahead, which of them is asked first.
 * In plain mode there is no menu: the next is spoken of.
 */
import type { Moment } from './moment.ts';
import { latinDigits } from './understand/normalise.ts';
import { readYesNo } from './understand/yes-no.ts';
import { comingVisits, takesPeople, type Visit } from './visit.ts';
import { registeredFor, visitsFor } from './visit-answers.ts';
import { atVisit, figure, isForgotten, leave, noteStanding, visitWith } from './visit-conversation.ts';
import { comeQuestion, openingWords, whichQuestion } from './visit-words.ts';

/** As many as there are buttons, and as one part holds. */
const MOST = 3;

export function showVisits(moment: Moment): void {
  const mine = registeredFor(moment);
  const open = visitsFor(moment).filter((visit) => takesPeople(visit, moment.now));
  const all = comingVisits([...new Set([...mine, ...open])], moment.now).slice(0, MOST);
  if (all.length > 1 && !moment.plain) askWhich(moment, all);
  else if (mine[0]) showMine(moment, mine[0]);
  else if (open[0]) askToCome(moment, open[0]);
  else moment.say(moment.phrase('visit.none'));
}

function askWhich(moment: Moment, all: readonly Visit[], tries?: number): void {
  const among = all.map(({ id }) => id);
  atVisit(moment, among[0] as string, 'which', { among, ...(tries && { tries }) });
  moment.say(whichQuestion(moment, all));
}

function askToCome(moment: Moment, visit: Visit): void {
  atVisit(moment, visit.id, 'come');
  moment.say(comeQuestion(moment, visit));
}

function showMine(moment: Moment, visit: Visit): void {
  const seat = moment.ask({ for: 'seat', visit: visit.id });
  if (!seat) return;
  const about = openingWords(visit, moment.language, moment.city);
  noteStanding(moment, visit, seat);
  const { state, code = '', people = 1 } = seat;
  const what = moment.phrase('visit.count', { count: people });
  if (state === 'none') {
    askToCome(moment, visit);
    return;
  }
  if (state === 'coming') moment.say(moment.phrase('visit.mine', { ...about, what, code }));
  else moment.say(moment.phrase('visit.mineWaiting', about));
}

/** A reply to which: the figure before it, or the day of the month. Returns false where it is about something else. */
export function hearWhich(moment: Moment, text: string): boolean {
  const { visit: open, survey } = moment.session;
  if (open?.step !== 'which') return false;
  const { among = [], tries = 0 } = open;
  if (isForgotten(moment, open)) {
    leave(moment);
    return false;
  }
  const number = Number(figure(text) ?? dayIn(text));
  const onDay = among.filter((id) => Number(visitWith(moment, id)?.day.slice(8)) === number);
  const chosen = among[number - 1] ?? (onDay.length === 1 ? onDay[0] : undefined);
  if (chosen !== undefined) return showVisit(moment, chosen);
  const reading = readYesNo(text, moment.language);
  if (reading.kind === 'value' && !reading.value) {
    leave(moment);
    moment.say(moment.phrase('visit.declined'));
    return true;
  }
  const left = among.flatMap((id) => visitWith(moment, id) ?? []);
  // A figure or a yes is meant for this; anything else is heard as if nothing had been asked.
  if (survey || tries > 0 || left.length < 2 || !(number >= 0 || reading.kind === 'value')) {
    leave(moment);
    return false;
  }
  askWhich(moment, left, tries + 1);
  return true;
}

/** "le 19", "samedi 19 décembre". */
const dayIn = (text: string): string | undefined =>
  /(?:^|\D)(\d{1,2})(?!\d|\s*[h:])/.exec(latinDigits(text))?.[1];

/** Always true: it is about the visit, also where that is over by now. */
export function showVisit(moment: Moment, id: string): true {
  const visit = visitWith(moment, id);
  const mine = registeredFor(moment).some((each) => each.id === id);
  const { among } = moment.session.visit ?? {};
  if (visit && mine) {
    // VISITE NON and VISITE 4 are about this one then; another figure shows another.
    if (among) atVisit(moment, id, 'which', { among });
    showMine(moment, visit);
  } else if (visit && takesPeople(visit, moment.now)) askToCome(moment, visit);
  else {
    leave(moment);
    moment.say(moment.phrase('visit.over'));
  }
  return true;
}
