/**
 * One resident, several addresses (J15): WHATSAPP, MESSENGER and SMS give a one-time code, and what comes back with it
 * from another address is the same person. Owns the code in words and how two sessions become one; that the code is
 * good and still fresh is the store's to know (docs/decisions/0004).
 */
import type { Channel, Event } from './events.ts';
import type { Moment } from './moment.ts';
import { type Asked, withPrefix } from './offer.ts';
import { Session } from './session.ts';
import { stop } from './stop.ts';
import { definition, INTRO, surveyQuestion, upToDate } from './survey-questions.ts';
import { closeSurvey, keywordOf } from './survey-steps.ts';
import { lexicon } from './understand/lexicon.ts';
import { latinDigits, normalise } from './understand/normalise.ts';
import { numbersIn } from './understand/tokens.ts';
import { readYesNo } from './understand/yes-no.ts';
import { joinQuestion, sayOffer } from './welcome.ts';

/** Eight, not J15's five: of a hundred codes alive at once a stranger would hit one in 1,000 guesses (0004). */
const DIGITS = 8;
const LINK = new RegExp(`^\\s*lien[\\s:_-]*((?:\\d[\\s.-]*){${DIGITS}})[\\s.!]*$`, 'i');
/** What a telephone writes around figures in a text from right to left. */
const MARKS = /\p{Cf}/gu;

/** "LIEN 48213097", "lien: 4821 3097", "LIEN_48213097" (m.me), "LIEN ٤٨٢١٣٠٩٧". */
export const linkCodeIn = (text: string): string | undefined =>
  normalise(text).startsWith('lien')
    ? LINK.exec(latinDigits(text).replace(MARKS, ''))?.[1]?.replace(/\D/g, '')
    : undefined;

/** The same event gives the same code; events' ids are HMACs, so nobody can tell it beforehand. */
function codeFrom(seed: string): string {
  let hash = 0x811c9dc5;
  for (const character of seed)
    hash = Math.imul(hash ^ (character.codePointAt(0) as number), 0x01000193) >>> 0;
  return String(hash % 10 ** DIGITS).padStart(DIGITS, '0');
}

const NAMES: Record<Channel, string> = { sms: 'SMS', whatsapp: 'WhatsApp', messenger: 'Messenger' };

/** WHATSAPP, MESSENGER, SMS: how to go on there. */
export function offerLink(moment: Moment, to: Channel): void {
  const { whatsappNumber, messengerPage, smsNumber } = moment.city;
  const channel = NAMES[to];
  const door = { whatsapp: whatsappNumber?.slice(1), messenger: messengerPage, sms: smsNumber }[to];
  if (moment.channel === to) moment.say(moment.phrase('link.here', { channel }));
  else if (!door) moment.say(moment.phrase('link.none', { channel }));
  else {
    const code = codeFrom(moment.event.id);
    moment.do({ type: 'link', code });
    moment.say(moment.phrase(`link.${to}`, { code, number: door, page: door }));
  }
}

/** A code that reaches the conversation ties nothing: it is unknown, too old, or has done its work. */
export function sayNoLink(moment: Moment): void {
  if (moment.session.linked) moment.say(moment.phrase('link.already'));
  else moment.say(moment.phrase('link.unknown', { channel: NAMES[moment.channel].toUpperCase() }));
}

/** Two addresses are one resident from now on; says so, and where they were. */
export function link(moment: Moment, event: Extract<Event, { type: 'linked' }>): void {
  const parsed = event.other && Session.parse(event.other);
  const other = parsed?.id ? upToDate(parsed, moment.world.surveys) : undefined;
  const { aside } = moment.session;
  moment.set({
    linked: true,
    channel: event.channel === 'sms' ? undefined : event.channel,
    amend: undefined,
    aside: aside?.kind === 'alarm' ? aside : undefined,
  });
  if (other) takeOver(moment, other);
  const channel = NAMES[event.channel];
  const done = moment.phrase('link.done', { channel });
  const { consent, join, survey } = moment.session;
  if (consent === 'stopped') moment.say(moment.phrase('link.stopped'));
  else if (join?.step === 'consent') sayOffer(moment, done);
  else if (join) moment.say(...withPrefix([done], joinQuestion(moment) as Asked));
  else if (survey?.at === INTRO) moment.say(...withPrefix([done], surveyQuestion(moment) as Asked));
  else if (survey) {
    moment.set({ aside: { kind: 'continue' } });
    moment.say(continueQuestion(moment) as Asked);
  } else moment.say(done);
}

/** The same at the counter, where the two are seen to be one: what is asked at the first stands, and nothing is said. */
export function tie(moment: Moment, event: Extract<Event, { type: 'tied' }>): void {
  const other = upToDate(Session.parse(event.other), moment.world.surveys);
  const { aside, heard } = moment.session;
  const alarm = other.aside?.kind === 'alarm' ? other.aside : undefined;
  const [last] = [heard, other.heard]
    .filter((day) => day !== undefined)
    .sort()
    .reverse();
  moment.set({ linked: true, aside: aside ?? alarm, ...(last && { heard: last }) });
  takeOver(moment, other);
}

/** Everything of the other session; where both say something, the first does, and STOP on one is STOP on both. */
function takeOver(moment: Moment, other: Session): void {
  const first = moment.session;
  const saidYes =
    other.join?.step === 'language' || other.join?.step === 'age' ? other.join.quartier : undefined;
  const lists = [...new Set([...first.lists, ...other.lists, ...(saidYes ? [saidYes] : [])])];
  const muted = [...new Set([...(first.muted ?? []), ...(other.muted ?? [])])];
  const pushed = [...new Set([...(first.pushed ?? []), ...(other.pushed ?? [])])].sort();
  const given = first.consent === 'given' || other.consent === 'given';
  moment.set({
    language: first.language ?? other.language,
    voice: first.voice ?? other.voice,
    plain: first.plain ?? other.plain,
    quartier: first.quartier ?? other.quartier ?? saidYes,
    age: first.age ?? other.age,
    source: first.source ?? other.source,
    relieved: other.relieved ?? first.relieved,
    met: other.met ?? first.met,
    live: first.live ?? other.live,
    ...(muted.length > 0 && { muted }),
    ...(pushed.length > 0 && { pushed }),
    ...visitsOf(first, other),
    lists,
    left: leftOf(first, other),
    consent: first.consent === 'stopped' ? 'stopped' : given ? 'given' : 'none',
    ended: endedOf(first, other),
  });
  const surveys = Object.keys(other.ended);
  if (surveys.length > 0) moment.do({ type: 'adopt', from: other.id, surveys });
  for (const [visit, { answer, people }] of Object.entries(other.visits ?? {})) {
    if (answer !== 'no') moment.do({ type: 'reseat', visit, from: other.id });
    if (moment.session.visits?.[visit]?.answer === answer)
      moment.do({ type: 'rsvp', visit, answer, ...(people !== undefined && { people }) });
  }
  takeOverSurvey(moment, other);
  if (first.consent === 'stopped') {
    closeSurvey(moment, 'stopped');
    moment.set({ join: undefined });
    // The new address too.
    moment.do({ type: 'suppress' });
  } else if (other.consent === 'stopped')
    stop(moment, { quiet: true, text: moment.phrase('link.stopped'), left: first.lists });
  else if (given)
    for (const list of lists) if (!first.lists.includes(list)) moment.do({ type: 'subscribe', list });
}

/** The later day where both were taken off a list. */
function leftOf(first: Session, other: Session): Session['left'] {
  if (!first.left || !other.left) return first.left ?? other.left;
  const later = Object.entries(other.left).filter(([list, day]) => day > (first.left?.[list] ?? ''));
  return { ...first.left, ...Object.fromEntries(later) };
}

/** On each visit the better of the two: a place, else the waiting list, else the first's answer. */
function visitsOf(first: Session, other: Session): Pick<Session, 'visits' | 'visit'> {
  const visit = first.visit ?? other.visit;
  const visits = { ...other.visits, ...first.visits };
  const rank = { yes: 2, waiting: 1, no: 0 };
  for (const [id, each] of Object.entries(other.visits ?? {}))
    if (rank[each.answer] > rank[(visits[id] ?? each).answer]) visits[id] = each;
  return { ...(Object.keys(visits).length > 0 && { visits }), ...(visit && { visit }) };
}

/** One vote a survey: the one that was finished, else the first's. */
function endedOf(first: Session, other: Session): Session['ended'] {
  const all = { ...other.ended, ...first.ended };
  for (const [key, each] of Object.entries(other.ended))
    if (each.end === 'done' && first.ended[key]?.end !== 'done') all[key] = each;
  return all;
}

/** The first's open survey goes on, else the other's; what else was begun is kept as far as it went. */
function takeOverSurvey(moment: Moment, other: Session): void {
  const { survey: own, ended } = moment.session;
  const isDone = (key: string): boolean => ended[key]?.end === 'done';
  const mine = own && !isDone(own.key) ? own : undefined;
  const theirs = other.survey && !isDone(other.survey.key) ? other.survey : undefined;
  const again = theirs && (theirs.again || theirs.key in ended) ? { again: true as const } : {};
  if (theirs && mine && theirs.key !== mine.key) {
    moment.set({ survey: { ...theirs, ...again } });
    closeSurvey(moment, 'expired');
  }
  moment.set({ survey: mine ?? (theirs && { ...theirs, ...again }) });
}

/** "You were at question 3/4: shall we go on?" */
export function continueQuestion(moment: Moment): Asked | undefined {
  const open = moment.session.survey;
  const survey = open && definition(moment, open);
  if (!survey) return undefined;
  const words = {
    channel: NAMES[moment.channel],
    at: survey.questions.findIndex(({ id }) => id === (open.back ?? open.at)) + 1,
    total: survey.questions.length,
  };
  return moment.asked(moment.phrase('link.doneAt', words), () => ({
    place: 'aside.continue',
    text: moment.phrase('tap.continue', words),
    choices: [
      { token: '1', label: moment.phrase('question.yes') },
      { token: '2', label: moment.phrase('tap.later') },
    ],
  }));
}

/** The answer to it. Returns false where it is something else: an answer to the question, or a keyword. */
export function hearContinue(moment: Moment, text: string): boolean {
  moment.set({ aside: undefined });
  const open = moment.session.survey;
  const survey = open && definition(moment, open);
  if (!open || !survey) return false;
  const numbers = numbersIn(text, moment.language);
  const number = Array.isArray(numbers) && numbers.length === 1 ? numbers[0] : undefined;
  const yesNo = number === undefined ? readYesNo(text, moment.language) : undefined;
  const later = number === 2 || lexicon(moment.language).later.has(normalise(text));
  if (later || (yesNo?.kind === 'value' && !yesNo.value)) {
    moment.set({ survey: { ...open, prev: undefined, last: moment.at } });
    moment.say(moment.phrase('survey.later', { keyword: keywordOf(survey) }));
    return true;
  }
  // A number alone may be meant for a question that is not on this screen: it is asked first.
  if (number === undefined && yesNo?.kind !== 'value') return false;
  moment.set({ survey: { ...open, prev: undefined, last: moment.at } });
  moment.say(surveyQuestion(moment) as Asked);
  return true;
}
