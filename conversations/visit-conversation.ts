/**
 * A visit by message (J07, W07): do you come, how many, something to see there; or a question. Owns what is said and
 * decided; a place is asked of the store, for others want it too (docs/decisions/0009).
 */
import { DAY } from './hours.ts';
import type { Moment } from './moment.ts';
import type { Asked } from './offer.ts';
import { EXPIRY_DAYS, MAX_TRIES, type Session } from './session.ts';
import { readHeadcount } from './understand/headcount.ts';
import { latinDigits, normalise } from './understand/normalise.ts';
import { passes, politeOnly } from './understand/reading.ts';
import { readYesNo } from './understand/yes-no.ts';
import { takesPeople, type Visit } from './visit.ts';
import { answerTo, isRegistered, noteAnswer } from './visit-answers.ts';
import { comeQuestion, MORE, peopleQuestion, seatedText, stillQuestion } from './visit-words.ts';

type AtVisit = NonNullable<Session['visit']>;
export type VisitStep = AtVisit['step'];

/** One resident brings at most so many (`readHeadcount`'s own bound). */
const MOST = 20;

export const visitWith = (moment: Moment, id: string): Visit | undefined =>
  moment.world.visits?.find((each) => each.id === id);

/** What is written next answers this. */
export function atVisit(moment: Moment, visit: string, step: VisitStep, more: Partial<AtVisit> = {}): void {
  moment.set({ visit: { id: visit, step, at: moment.at, ...more }, live: undefined });
}
const leave = (moment: Moment): void => moment.set({ visit: undefined });

/** What it waits for, as it was asked. */
export function visitQuestion(moment: Moment): Asked | undefined {
  const { visit: open } = moment.session;
  const visit = open && visitWith(moment, open.id);
  if (!open || !visit || !takesPeople(visit, moment.now)) return undefined;
  switch (open.step) {
    case 'come':
      return comeQuestion(moment, visit);
    case 'people':
      return peopleQuestion(moment, visit.id);
    case 'still':
      return stillQuestion(moment, visit, '');
    case 'question':
      return { text: moment.phrase('visit.question') };
    case 'subject':
      return undefined;
  }
}

/** A reply to it. Returns false where it is about something else. */
export function hearVisit(moment: Moment, text: string): boolean {
  const { visit: open } = moment.session;
  if (!open) return false;
  const visit = visitWith(moment, open.id);
  if (!visit || moment.now.getTime() - Date.parse(open.at) > EXPIRY_DAYS * DAY) {
    leave(moment);
    return false;
  }
  if (!takesPeople(visit, moment.now) && open.step !== 'question') {
    leave(moment);
    if (readYesNo(text, moment.language).kind !== 'value') return false;
    moment.say(moment.phrase('visit.over'));
    return true;
  }
  return HEAR[open.step](moment, visit, text, open);
}

type Hear = (moment: Moment, visit: Visit, text: string, open: AtVisit) => boolean;
const HEAR: Record<VisitStep, Hear> = {
  come: hearCome,
  people: hearPeople,
  subject: hearSubject,
  question: hearQuestion,
  still: hearStill,
};

/** "3", and no words around it. */
const figure = (text: string): string | undefined => /^\D{0,2}(\d{1,2})\D{0,2}$/.exec(latinDigits(text))?.[1];

function hearCome(moment: Moment, visit: Visit, text: string, open: AtVisit): boolean {
  const reading = readYesNo(text, moment.language);
  if (reading.kind === 'value') {
    if (reading.value) comes(moment, visit, text);
    else declines(moment, visit);
    return true;
  }
  if (figure(text) === '3' && !moment.plain) {
    atVisit(moment, visit.id, 'question');
    moment.say(moment.phrase('visit.question'));
    return true;
  }
  return asksOrAgain(moment, visit, text, open, () => again(moment, comeQuestion(moment, visit)));
}

/** The buttons say it again; elsewhere how to answer. */
const again = (moment: Moment, question: Asked): Asked =>
  question.offer ? question : { text: moment.phrase('question.againYesno') };

/** "Oui, on sera 4" says both. */
function comes(moment: Moment, visit: Visit, text: string): void {
  const people = readHeadcount(text, moment.language, MOST);
  const sure = people.kind === 'value' && people.certainty !== 'ask' && figure(text) === undefined;
  if (sure && normalise(text).split(' ').length > 1 && /\d/.test(latinDigits(text)))
    takeSeats(moment, visit, people.value);
  else askPeople(moment, visit);
}

export function askPeople(moment: Moment, visit: Visit): void {
  atVisit(moment, visit.id, 'people');
  moment.say(peopleQuestion(moment, visit.id));
}

function declines(moment: Moment, visit: Visit): void {
  if (isRegistered(answerTo(moment, visit.id))) {
    cancel(moment, visit);
    return;
  }
  leave(moment);
  noteAnswer(moment, visit, { answer: 'no' });
  moment.say(moment.phrase('visit.declined'));
}

function hearPeople(moment: Moment, visit: Visit, text: string, open: AtVisit): boolean {
  if (text === MORE) {
    moment.say(moment.phrase('visit.people'));
    return true;
  }
  const alone = moment.plain ? readYesNo(text, moment.language) : undefined;
  // A figure that is typed is how many they are; the buttons say yes and no.
  if (alone?.kind === 'value' && (moment.tapped || !/\d/.test(latinDigits(text))))
    return takeSeats(moment, visit, alone.value ? 2 : 1);
  const reading = readHeadcount(text, moment.language, MOST);
  if (reading.kind === 'value') return takeSeats(moment, visit, reading.value);
  if (reading.kind === 'skip') {
    declines(moment, visit);
    return true;
  }
  const range = { min: 1, max: MOST };
  const again: Asked = moment.plain
    ? peopleQuestion(moment, visit.id)
    : { text: moment.phrase('question.againNumber', range) };
  return asksOrAgain(moment, visit, text, open, () => again);
}

/** Always true: it is about the visit. */
export function takeSeats(moment: Moment, visit: Visit, people: number): true {
  const seat = moment.ask({ for: 'seat', visit: visit.id, people });
  if (!seat) return true;
  const { state, code = '', ahead = 0, people: kept = people } = seat;
  if (state === 'none') {
    leave(moment);
    moment.say(moment.phrase('visit.over'));
    return true;
  }
  const before = answerTo(moment, visit.id)?.subject;
  const subject = before === undefined ? {} : { subject: before };
  noteAnswer(moment, visit, {
    answer: state === 'coming' ? 'yes' : 'waiting',
    people: kept,
    code,
    ...subject,
  });
  if (state === 'waiting') {
    leave(moment);
    moment.say(moment.phrase('visit.waiting', { ahead: ahead + 1 }));
    return true;
  }
  // Nobody who has not joined is written to first: they are promised nothing.
  const isReminded = moment.session.consent === 'given';
  if (kept < people) {
    leave(moment);
    moment.say(moment.phrase('visit.kept', { what: moment.phrase('visit.count', { count: kept }) }));
  } else if (moment.plain || !isReminded) {
    leave(moment);
    moment.say(
      moment.plain ? seatedText(moment, visit, { code, people }) : moment.phrase('visit.staying', { code }),
    );
  } else {
    atVisit(moment, visit.id, 'subject');
    moment.say(seatedText(moment, visit, { code, people }));
  }
  return true;
}

function hearSubject(moment: Moment, visit: Visit, text: string): boolean {
  const { language } = moment;
  const said = normalise(text);
  const number = figure(text);
  const none = readYesNo(text, language);
  const code = answerTo(moment, visit.id)?.code ?? '';
  const says = number ?? said;
  const isNone = passes(says, language) !== undefined || politeOnly(text, language);
  if (isNone || (none.kind === 'value' && number === undefined && !('comment' in none))) {
    leave(moment);
    // "oui" is no subject yet.
    if (none.kind === 'value' && none.value) {
      atVisit(moment, visit.id, 'subject');
      moment.say(moment.phrase('visit.subject', { what: moment.phrase('question.yes') }));
    } else moment.say(moment.phrase('visit.thanksNone', { code }));
    return true;
  }
  if (number !== undefined) {
    // A figure is no subject: it answers the survey below, else it is how many they really are.
    if (moment.session.survey) return false;
    return takeSeats(moment, visit, Math.min(Number(number), MOST));
  }
  if (!/\p{L}{2}/u.test(text)) return false;
  const subject = moment.ask({ for: 'number', series: 'subject' });
  if (subject === undefined) return true;
  const { day: _, ...answer } = answerTo(moment, visit.id) ?? { answer: 'yes' as const, day: '' };
  moment.do({ type: 'raise', kind: 'subject', number: subject, text, visit: visit.id });
  noteAnswer(moment, visit, { ...answer, subject });
  leave(moment);
  moment.say(moment.phrase('visit.thanks', { code }));
  return true;
}

function hearQuestion(moment: Moment, visit: Visit, text: string): boolean {
  return takeQuestion(moment, visit, text);
}

function takeQuestion(moment: Moment, visit: Visit, text: string): boolean {
  if (!/\p{L}{2}/u.test(text)) return false;
  const number = moment.ask({ for: 'number', series: 'question' });
  if (number === undefined) return true;
  moment.do({ type: 'raise', kind: 'question', number, text, visit: visit.id });
  const registered = isRegistered(answerTo(moment, visit.id));
  atVisit(moment, visit.id, registered ? 'still' : 'come');
  const how = moment.phrase('question.yesno');
  moment.say(moment.phrase('visit.asked', { number: `Q-${number}`, how }));
  return true;
}

function hearStill(moment: Moment, visit: Visit, text: string, open: AtVisit): boolean {
  const reading = readYesNo(text, moment.language);
  if (reading.kind !== 'value')
    return asksOrAgain(moment, visit, text, open, () => again(moment, stillQuestion(moment, visit, '')));
  if (reading.value) stays(moment, visit);
  else cancel(moment, visit);
  return true;
}

/** They have a place still: whoever lost it, or never had one, is asked how many they are. */
export function stays(moment: Moment, visit: Visit): void {
  const seat = moment.ask({ for: 'seat', visit: visit.id });
  if (!seat) return;
  if (seat.state === 'none') {
    askPeople(moment, visit);
    return;
  }
  leave(moment);
  if (seat.state === 'coming') moment.say(moment.phrase('visit.staying', { code: seat.code ?? '' }));
  else moment.say(moment.phrase('visit.waiting', { ahead: (seat.ahead ?? 0) + 1 }));
}

/** VISITE NON: the places go to whoever waits. */
export function cancel(moment: Moment, visit: Visit): void {
  const seat = moment.ask({ for: 'seat', visit: visit.id, people: 0 });
  if (!seat) return;
  leave(moment);
  noteAnswer(moment, visit, { answer: 'no' });
  moment.say(moment.phrase('visit.cancelled'));
}

/** Words that answer nothing are a question for staff; anything else is asked again, and then left to what lies below. */
function asksOrAgain(
  moment: Moment,
  visit: Visit,
  text: string,
  { step, tries = 0, source }: AtVisit,
  question: () => Asked,
): boolean {
  const words = normalise(text).split(' ').filter(Boolean);
  const below = moment.session.survey !== undefined || moment.session.join !== undefined;
  if (!below && words.length > 2 && !politeOnly(text, moment.language))
    return takeQuestion(moment, visit, text);
  if (below || tries + 1 >= MAX_TRIES || politeOnly(text, moment.language)) return false;
  atVisit(moment, visit.id, step, { tries: tries + 1, ...(source && { source }) });
  moment.say(question());
  return true;
}
