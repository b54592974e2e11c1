/**
 * A visit by message (J07, W07): do you come, how many, something to see there; or a question. Owns what is said and
 * decided; a place is asked of the store, for others want it too (docs/decisions/0009).
 */
import { DAY } from './hours.ts';
import type { Moment } from './moment.ts';
import type { Asked } from './offer.ts';
import type { Standing } from './seats.ts';
import { EXPIRY_DAYS, MAX_TRIES, type Session } from './session.ts';
import { countsPeople } from './understand/counts-people.ts';
import { readHeadcount } from './understand/headcount.ts';
import { latinDigits, normalise } from './understand/normalise.ts';
import { passes, politeOnly } from './understand/reading.ts';
import { readYesNo } from './understand/yes-no.ts';
import { takesPeople, type Visit } from './visit.ts';
import { answerTo, isRegistered, noteAnswer } from './visit-answers.ts';
import {
  comeQuestion,
  MORE,
  movedText,
  peopleQuestion,
  seatedLast,
  seatedText,
  stillQuestion,
  transportQuestion,
  whenWords,
  whichQuestion,
} from './visit-words.ts';

type AtVisit = NonNullable<Session['visit']>;
export type VisitStep = AtVisit['step'];

/** One resident brings at most so many (`readHeadcount`'s own bound). */
const MOST = 20;
const AFTER_ALL = /(?<!\p{L})(?:finalement|au final|finally|actually|finalmente|al final)(?!\p{L})/giu;

export const visitWith = (moment: Moment, id: string): Visit | undefined =>
  moment.world.visits?.find((each) => each.id === id);

/** What is written next answers this. */
export function atVisit(moment: Moment, visit: string, step: VisitStep, more: Partial<AtVisit> = {}): void {
  const moves = visitWith(moment, visit)?.moves.length || undefined;
  moment.set({
    visit: { id: visit, step, at: moment.at, ...(moves && { moves }), ...more },
    live: undefined,
  });
}
/** Those of which one is to be chosen; a visit that is no longer known is left out. */
const amongOf = (moment: Moment, { among = [] }: AtVisit): Visit[] =>
  among.flatMap((id) => visitWith(moment, id) ?? []);

export const leave = (moment: Moment): void => moment.set({ visit: undefined });

/** What it waits for, as it was asked. */
export function visitQuestion(moment: Moment): Asked | undefined {
  const { visit: open } = moment.session;
  const visit = open && visitWith(moment, open.id);
  if (!open || !visit || !takesPeople(visit, moment.now)) return undefined;
  switch (open.step) {
    case 'which':
      return whichQuestion(moment, amongOf(moment, open));
    case 'come':
      return comeQuestion(moment, visit);
    case 'people':
      return peopleQuestion(moment, visit);
    case 'transport':
      return transportQuestion(moment, visit, countOf(moment, answerTo(moment, visit.id)?.people));
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
  if (!open || open.step === 'which') return false;
  const visit = visitWith(moment, open.id);
  if (!visit || isForgotten(moment, open)) {
    leave(moment);
    return false;
  }
  if (!takesPeople(visit, moment.now) && open.step !== 'question') {
    leave(moment);
    if (readYesNo(text, moment.language).kind !== 'value') return false;
    moment.say(moment.phrase('visit.over'));
    return true;
  }
  if (saysYesToAnotherDay(moment, visit, text, open)) {
    askAnew(moment, visit);
    return true;
  }
  return HEAR[open.step](moment, visit, text, open);
}

/** Whether they come can be answered until it begins; nothing else has been asked since. */
export const isForgotten = ({ now }: Moment, { step, at }: AtVisit): boolean =>
  step !== 'come' && step !== 'still' && now.getTime() - Date.parse(at) > EXPIRY_DAYS * DAY;

/** Only who comes is told of a change by a message; whoever says yes to what was said before hears of it now. */
function saysYesToAnotherDay(
  moment: Moment,
  visit: Visit,
  text: string,
  { step, moves = 0 }: AtVisit,
): boolean {
  if (moves === visit.moves.length) return false;
  if (step === 'people') return text === MORE || readHeadcount(text, moment.language, MOST).kind === 'value';
  const reading = step === 'come' || step === 'still' ? readYesNo(text, moment.language) : undefined;
  return reading?.kind === 'value' && reading.value;
}

function askAnew(moment: Moment, visit: Visit): void {
  const registered = isRegistered(answerTo(moment, visit.id));
  atVisit(moment, visit.id, registered ? 'still' : 'come');
  const lead = movedText(moment, visit);
  moment.say(registered ? stillQuestion(moment, visit, lead) : comeQuestion(moment, visit, lead));
}

type Hear = (moment: Moment, visit: Visit, text: string, open: AtVisit) => boolean;
const HEAR: Record<Exclude<VisitStep, 'which'>, Hear> = {
  come: hearCome,
  people: hearPeople,
  subject: hearSubject,
  transport: hearTransport,
  question: takeQuestion,
  still: hearStill,
};

/** "3", and no words around it. */
export const figure = (text: string): string | undefined =>
  /^\D{0,2}(\d{1,2})\D{0,2}$/.exec(latinDigits(text))?.[1];

function hearCome(moment: Moment, visit: Visit, text: string, open: AtVisit): boolean {
  const reading = sureYesNo(moment, text);
  if (reading !== undefined) {
    if (reading) comes(moment, visit, text);
    else declines(moment, visit);
    return true;
  }
  if (figure(text) === '3' && !moment.plain) {
    atVisit(moment, visit.id, 'question');
    moment.say(moment.phrase('visit.question'));
    return true;
  }
  // "on sera 3" is a yes.
  const people = text.includes('?') ? undefined : peopleIn(moment, text);
  if (people !== undefined && figure(text) === undefined) return takeSeats(moment, visit, people);
  return asksOrAgain(moment, visit, text, open, () => again(moment, comeQuestion(moment, visit)));
}

/** "bof" is no yes, and gives nobody's place away. */
function sureYesNo(moment: Moment, text: string): boolean | undefined {
  const reading = readYesNo(text, moment.language);
  return reading.kind === 'value' && reading.certainty !== 'ask' ? reading.value : undefined;
}

/** The buttons say it again; elsewhere how to answer. */
const again = (moment: Moment, question: Asked): Asked =>
  question.offer ? question : { text: moment.phrase('question.againYesno') };

/** "Oui, on sera 4" says both. Where others are named beside the figure, how many they are is asked. */
function comes(moment: Moment, visit: Visit, text: string): void {
  const people = peopleIn(moment, text);
  if (people !== undefined && figure(text) === undefined) takeSeats(moment, visit, people);
  else askPeople(moment, visit);
}

/** The one figure of a sentence, where it is how many they are. */
function peopleIn(moment: Moment, text: string, alone?: 'alone'): number | undefined {
  const reading = readHeadcount(text, moment.language, MOST);
  const figures = latinDigits(text).match(/\d+/g) ?? [];
  if (reading.kind !== 'value' || reading.certainty === 'ask' || (alone && reading.comment)) return undefined;
  if (!countsPeople(text, moment.language)) return undefined;
  return figures.join() === String(reading.value) ? reading.value : undefined;
}

/** Who lives alone and is fetched says nothing of company (J14). */
export function askPeople(moment: Moment, visit: Visit): void {
  if (moment.plain && visit.transport) {
    takeSeats(moment, visit, 1);
    return;
  }
  atVisit(moment, visit.id, 'people');
  moment.say(peopleQuestion(moment, visit));
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
  if (reading.kind === 'skip' || sureYesNo(moment, text) === false) {
    declines(moment, visit);
    return true;
  }
  return asksOrAgain(moment, visit, text, open, () => peopleAgain(moment, visit));
}

const peopleAgain = (moment: Moment, visit: Visit): Asked =>
  moment.plain
    ? peopleQuestion(moment, visit)
    : { text: moment.phrase('question.againNumber', { min: 1, max: Math.min(MOST, visit.capacity) }) };

/** More than there will ever be room for: nobody waits for what cannot come. */
export function tooMany(moment: Moment, visit: Visit): true {
  atVisit(moment, visit.id, 'people');
  moment.say(peopleAgain(moment, visit));
  return true;
}

/** Always true: it is about the visit. */
export function takeSeats(moment: Moment, visit: Visit, wished: number): true {
  const people = moment.plain ? Math.min(wished, visit.capacity) : wished;
  if (people > visit.capacity) return tooMany(moment, visit);
  const seat = moment.ask({ for: 'seat', visit: visit.id, people });
  if (!seat) return true;
  const { state, code = '', ahead = 0, people: kept = people } = seat;
  if (state === 'none') {
    leave(moment);
    moment.say(moment.phrase('visit.over'));
    return true;
  }
  const { subject, transport } = answerTo(moment, visit.id) ?? {};
  noteAnswer(moment, visit, {
    answer: state === 'coming' ? 'yes' : 'waiting',
    people: kept,
    code,
    ...(subject !== undefined && { subject }),
    ...(transport !== undefined && { transport }),
  });
  if (state === 'waiting') {
    leave(moment);
    moment.say(moment.phrase('visit.waiting', { ahead: ahead + 1 }));
    return true;
  }
  if (kept < people) {
    leave(moment);
    moment.say(moment.phrase('visit.kept', { what: countOf(moment, kept) }));
  } else if (visit.transport && transport === undefined) {
    atVisit(moment, visit.id, 'transport');
    moment.say(transportQuestion(moment, visit, countOf(moment, people)));
  } else if (moment.plain || visit.transport) {
    leave(moment);
    moment.say(seatedLast(moment, visit, code));
  } else {
    atVisit(moment, visit.id, 'subject');
    moment.say(seatedText(moment, visit, { code, people }));
  }
  return true;
}

const countOf = (moment: Moment, people = 1): string => moment.phrase('visit.count', { count: people });

function hearTransport(moment: Moment, visit: Visit, text: string, open: AtVisit): boolean {
  const { day: _, ...answer } = answerTo(moment, visit.id) ?? { answer: 'no' as const, day: '' };
  if (answer.answer === 'no') {
    leave(moment);
    return false;
  }
  const transport = sureYesNo(moment, text);
  if (transport === undefined) {
    const question = (): Asked => transportQuestion(moment, visit, countOf(moment, answer.people));
    return asksOrAgain(moment, visit, text, open, question);
  }
  leave(moment);
  noteAnswer(moment, visit, { ...answer, transport });
  moment.say(seatedLast(moment, visit, answer.code ?? ''));
  return true;
}

function hearSubject(moment: Moment, visit: Visit, text: string): boolean {
  const { language } = moment;
  const said = normalise(text);
  const number = figure(text);
  const none = readYesNo(text, language);
  const code = answerTo(moment, visit.id)?.code ?? '';
  const says = number ?? said;
  const isNone = Number(number) === 0 || passes(says, language) !== undefined || politeOnly(text, language);
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
    return Number(number) > MOST ? tooMany(moment, visit) : takeSeats(moment, visit, Number(number));
  }
  // "on sera 4 finalement" and nothing else: "parking tour 4" is a subject.
  const people = peopleIn(moment, text.replace(AFTER_ALL, ' '), 'alone');
  if (people !== undefined) return takeSeats(moment, visit, people);
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
  const reading = sureYesNo(moment, text);
  if (reading === undefined)
    return asksOrAgain(moment, visit, text, open, () => again(moment, stillQuestion(moment, visit, '')));
  if (reading) stays(moment, visit);
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
  noteStanding(moment, visit, seat);
  if (seat.state === 'coming') moment.say(moment.phrase('visit.staying', { code: seat.code ?? '' }));
  else moment.say(moment.phrase('visit.waiting', { ahead: (seat.ahead ?? 0) + 1 }));
}

/** Who has moved up, and asks before we have told them, knows it now. */
export function noteStanding(moment: Moment, visit: Visit, { state, code, people }: Standing): void {
  const before = answerTo(moment, visit.id);
  if (state !== 'coming' || before?.answer === 'yes') return;
  const { day: _, ...kept } = before ?? { day: '' };
  noteAnswer(moment, visit, { ...kept, answer: 'yes', ...(people && { people }), ...(code && { code }) });
}

/** VISITE NON: the places go to whoever waits. */
export function cancel(moment: Moment, visit: Visit): void {
  const seat = moment.ask({ for: 'seat', visit: visit.id, people: 0 });
  if (!seat) return;
  leave(moment);
  noteAnswer(moment, visit, { answer: 'no' });
  moment.say(moment.phrase('visit.cancelled', whenWords(visit, moment.language)));
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
