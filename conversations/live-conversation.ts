/**
 * A Facebook live by message (J09): a question and the first name it is asked under, votes, the link for who wants it,
 * and whether the answer was of use. Owns what is said and decided; who asked and voted is kept by effects.
 */
import type { Effect, Event } from './events.ts';
import { DAY, HOUR, inParis } from './hours.ts';
import {
  forgottenAt,
  isNear,
  isOn,
  type Live,
  linkAt,
  nextLive,
  type OnStage,
  takesQuestions,
} from './live.ts';
import { atPlace } from './live-board.ts';
import { readName } from './live-name.ts';
import {
  linkPromise,
  nameQuestion,
  openingOf,
  pagesOfLive,
  usefulQuestion,
  voteQuestion,
  wordsOf,
} from './live-words.ts';
import type { Moment } from './moment.ts';
import type { Asked } from './offer.ts';
import { NEXT } from './questions/options.ts';
import { EXPIRY_DAYS, type Session } from './session.ts';
import { lexicon } from './understand/lexicon.ts';
import { normalise } from './understand/normalise.ts';
import { politeOnly } from './understand/reading.ts';
import { numbersIn } from './understand/tokens.ts';
import { readYesNo } from './understand/yes-no.ts';

type Step = NonNullable<Session['live']>;
type Announced = Extract<Event, { type: 'announced' }>;
type Does = Extract<Effect, { type: 'live' }>['does'];

/** The live with this id, where residents may hear of it. */
const staged = (moment: Moment, id: string): OnStage | undefined =>
  moment.world.lives?.find(({ live }) => live.id === id);

/** What is written next answers this, and nothing about a visit. */
const at = (moment: Moment, step: Omit<Step, 'at'>): void =>
  moment.set({ live: { ...step, at: moment.at }, visit: undefined });
const leave = (moment: Moment): void => moment.set({ live: undefined });
const note = (moment: Moment, live: Live, does: Does): void =>
  moment.do({ type: 'live', live: live.id, until: forgottenAt(live), does });

/** Done for now: a survey that waits below is what is answered next. */
const rest = (moment: Moment, step: Omit<Step, 'at'>): void =>
  moment.session.survey ? leave(moment) : at(moment, step);

/** Who asks, votes or says yes gets the link, once it is time; later it is in the reply. */
function follow(moment: Moment, live: Live): void {
  const { city, now } = moment;
  const at = linkAt(live, city.sending);
  // While it goes out nobody is to have it twice; behind that, a change of its hour is still to be told them.
  const goingOut = at !== undefined && now.getTime() - at.getTime() < HOUR;
  if (!isNear(live, city.sending, now) || !goingOut) note(moment, live, { do: 'follow' });
}

/** Its keyword, or a button of it: what it is, and that questions can be asked. */
function openLive(moment: Moment, { live, board }: OnStage): void {
  const words = wordsOf(moment, { live });
  if (live.state === 'cancelled') moment.say(moment.phrase('live.cancelled'));
  else if (!isOn(live)) moment.say(moment.phrase('live.over'));
  else {
    at(moment, { id: live.id, step: 'ask' });
    if (moment.session.muted?.includes('live')) moment.say(moment.phrase('live.muted'));
    else if (takesQuestions(live, moment.now)) moment.say(openingOf(moment, { live, board }));
    else if (isNear(live, moment.city.sending, moment.now)) moment.say(moment.phrase('live.now', words));
    else moment.say(moment.phrase('live.closed', words));
  }
}

/** Typed, or from a poster in its language. */
export function hearLiveKeyword(
  moment: Moment,
  { live: id, language }: { live: string; language?: string },
): void {
  if (language && (moment.city.languages as string[]).includes(language)) moment.set({ language });
  openLive(moment, staged(moment, id) as OnStage);
}

/** The city says something of it first: what is written next is a question, or whether that answer was of use. */
export function sayLive(
  moment: Moment,
  { live: id = '', about = 'invitation', announcement: source, question }: Announced,
  text: string,
): void {
  const found = staged(moment, id);
  // One that is not known here yet is by the next turn.
  const asks = !found || takesQuestions(found.live, moment.now);
  switch (about) {
    case 'answer':
      at(moment, { id, step: 'useful', source, ...(question !== undefined && { question }) });
      moment.say(usefulQuestion(moment, id, question ?? 0, text));
      return;
    case 'link':
      moment.say(moment.plain && found ? plainLink(moment, found) : text);
      return;
    case 'invitation':
    case 'moved':
      if (asks) at(moment, { id, step: 'ask', source });
      moment.say(found && about === 'invitation' ? invitation(moment, found, text) : text);
      return;
    default:
      if (about === 'cancelled' && moment.session.live?.id === id) leave(moment);
      moment.say(text);
  }
}

/** What can be tapped stands under it, in plain words it is said otherwise; one that was written before a move says the old day. */
function invitation(moment: Moment, found: OnStage, text: string): Asked | string {
  const opening = openingOf(moment, found);
  if (moment.rich || moment.plain) return opening;
  if (found.live.moves.length === 0) return text;
  return moment.channel === 'sms' ? `${opening.text} ${moment.phrase('announce.stop')}` : opening.text;
}

const plainLink = (moment: Moment, { live }: OnStage): string =>
  moment.phrase(
    inParis(moment.now).date === live.at.slice(0, 10) ? 'live.link' : 'live.linkLater',
    wordsOf(moment, { live }),
  );

/** QUESTIONS: what can be voted on, page by page. */
export function showQuestions(moment: Moment, page = 0): void {
  const { live: step } = moment.session;
  const mine = step && staged(moment, step.id);
  const found = mine && isOn(mine.live) ? mine : nextLive(moment.world.lives ?? []);
  if (!found) {
    moment.say(moment.phrase('live.none'));
    return;
  }
  const question = voteQuestion(moment, found, page);
  if (question) at(moment, { id: found.live.id, step: 'vote', ...(page > 0 && { page }) });
  else at(moment, { id: found.live.id, step: 'ask' });
  moment.say(question ?? moment.phrase('live.empty'));
}

/** What it waits for, as it was asked. */
export function liveQuestion(moment: Moment): Asked | undefined {
  const { live: step } = moment.session;
  const found = step && staged(moment, step.id);
  if (!step || !found || !isOn(found.live)) return undefined;
  switch (step.step) {
    case 'ask':
      return takesQuestions(found.live, moment.now) ? openingOf(moment, found) : undefined;
    case 'name':
      return nameQuestion(moment, found, step.question as number);
    case 'vote':
      return voteQuestion(moment, found, step.page);
    case 'useful':
      return undefined;
  }
}

/** A reply to it. Returns false where it is about something else. */
export function hearLive(moment: Moment, text: string): boolean {
  const { live: step } = moment.session;
  const found = step && staged(moment, step.id);
  if (!step) return false;
  if (moment.now.getTime() - Date.parse(step.at) > EXPIRY_DAYS * DAY || (!found && step.step !== 'useful')) {
    leave(moment);
    return false;
  }
  if (step.step === 'useful') return hearUseful(moment, step, text);
  return found !== undefined && HEAR[step.step](moment, found, text, step);
}

const HEAR: Record<
  Exclude<Step['step'], 'useful'>,
  (moment: Moment, found: OnStage, text: string, step: Step) => boolean
> = { ask: hearAsk, name: hearNamed, vote: hearVote };

function hearAsk(moment: Moment, found: OnStage, text: string, { tries = 0 }: Step): boolean {
  const { live } = found;
  const wants = readYesNo(text, moment.language);
  if (wants.kind === 'value' && !('comment' in wants) && isOn(live)) {
    // It has been answered: the next one answers the survey below.
    if (tries > 0 && moment.session.survey) return false;
    if (wants.value) sayFollows(moment, found);
    else decline(moment, found);
    return true;
  }
  return isQuestion(moment, text) && takeQuestion(moment, found, text);
}

function sayFollows(moment: Moment, found: OnStage): void {
  follow(moment, found.live);
  at(moment, { id: found.live.id, step: 'ask', tries: 1 });
  moment.say(linkPromise(moment, found, 'live.follows'));
}

function decline(moment: Moment, found: OnStage): void {
  note(moment, found.live, { do: 'leave' });
  leave(moment);
  moment.say(moment.phrase('live.declined', wordsOf(moment, found)));
}

/** Words, and more than thanks: a figure answers something else. */
const isQuestion = (moment: Moment, text: string): boolean =>
  /\p{L}{2}/u.test(text) && !politeOnly(text, moment.language);

/** What comes too late goes to a person, and its writer is told. */
function takeQuestion(moment: Moment, found: OnStage, text: string): boolean {
  const { live } = found;
  if (!takesQuestions(live, moment.now)) {
    leave(moment);
    if (live.state === 'cancelled') return false;
    moment.do({ type: 'keep', text, why: 'no-question' });
    moment.say(isOn(live) ? moment.phrase('live.late', wordsOf(moment, found)) : moment.phrase('live.over'));
    return true;
  }
  const number = moment.ask({ for: 'number', series: 'question' });
  if (number === undefined) return true;
  note(moment, live, { do: 'ask', question: number, text });
  follow(moment, live);
  at(moment, { id: live.id, step: 'name', question: number });
  moment.say(nameQuestion(moment, found, number));
  return true;
}

function hearNamed(moment: Moment, found: OnStage, text: string, { question, tries = 0 }: Step): boolean {
  const { live } = found;
  const reading = readName(text, moment.language, [moment.phrase('live.anonymous'), 'anonyme']);
  switch (reading.kind) {
    case 'yes':
      at(moment, { id: live.id, step: 'name', question, tries });
      moment.say(moment.phrase('live.whichName'));
      return true;
    case 'name':
      note(moment, live, { do: 'name', question: question as number, name: reading.name });
      rest(moment, { id: live.id, step: 'ask' });
      moment.say(thanks(moment, found, reading.name));
      return true;
    case 'no':
      rest(moment, { id: live.id, step: 'ask' });
      moment.say(thanks(moment, found));
      return true;
    case 'other':
      // Another question: the one before stays without a name.
      if (isQuestion(moment, text)) return takeQuestion(moment, found, text);
      if (tries > 0) {
        rest(moment, { id: live.id, step: 'ask' });
        moment.say(thanks(moment, found));
      } else {
        at(moment, { id: live.id, step: 'name', question, tries: 1 });
        moment.say(nameQuestion(moment, found, question as number));
      }
      return true;
  }
}

/** The link goes out about now, or has gone out: then it stands here. */
function thanks(moment: Moment, found: OnStage, got?: string): string {
  const words = wordsOf(moment, found);
  if (isNear(found.live, moment.city.sending, moment.now)) return moment.phrase('live.now', words);
  return got === undefined
    ? moment.phrase('live.thanks', words)
    : moment.phrase('live.thanksName', { ...words, got });
}

function hearVote(moment: Moment, found: OnStage, text: string, { page = 0, tries = 0 }: Step): boolean {
  const said = normalise(text);
  if (!isOn(found.live)) return hearTooLate(moment, found, text);
  if (text.trim() === NEXT || lexicon(moment.language).more.has(said)) {
    showQuestions(moment, (page + 1) % Math.max(1, pagesOfLive(moment, found)));
    return true;
  }
  const back = takenBack(text, moment.language);
  const numbers = back ?? numbersIn(text, moment.language);
  if (Array.isArray(numbers)) {
    vote(moment, found, numbers, { page, does: back ? 'unvote' : 'vote' });
    return true;
  }
  const meant = readYesNo(text, moment.language);
  if (meant.kind === 'value' && !('comment' in meant)) {
    if (meant.value) sayFollows(moment, found);
    else if (tries > 0) decline(moment, found);
    else {
      rest(moment, { id: found.live.id, step: 'ask' });
      moment.say(thanks(moment, found));
    }
    return true;
  }
  return isQuestion(moment, text) && takeQuestion(moment, found, text);
}

/** A vote on one that is over counts no more; other words are for a person. */
function hearTooLate(moment: Moment, found: OnStage, text: string): boolean {
  const { language } = moment;
  const meant = readYesNo(text, language);
  const answers =
    Array.isArray(takenBack(text, language) ?? numbersIn(text, language)) ||
    lexicon(language).more.has(normalise(text)) ||
    (meant.kind === 'value' && !('comment' in meant));
  if (!answers && isQuestion(moment, text)) return takeQuestion(moment, found, text);
  leave(moment);
  moment.say(moment.phrase(found.live.state === 'cancelled' ? 'live.cancelled' : 'live.over'));
  return true;
}

/** "non 3", "hayır 3": the places of votes that are taken back. */
function takenBack(text: string, language: string): number[] | undefined {
  const [first = '', ...rest] = normalise(text).split(' ');
  const no = /\p{L}/u.test(first) ? readYesNo(first, language) : undefined;
  const numbers = no?.kind === 'value' && !no.value ? numbersIn(rest.join(' '), language) : undefined;
  return Array.isArray(numbers) && numbers.length > 0 ? numbers : undefined;
}

/** Each counts once, whatever is said again; a number that is not there changes nothing. */
function vote(
  moment: Moment,
  found: OnStage,
  places: number[],
  { page, does }: { page: number; does: 'vote' | 'unvote' },
): void {
  const { live, board } = found;
  const questions = places.map((place) => atPlace(board, place));
  const known = questions.filter((question) => question !== undefined);
  at(moment, { id: live.id, step: 'vote', ...(page > 0 && { page }) });
  if (known.length < questions.length || known.length === 0) {
    moment.say(voteQuestion(moment, found, page, 'live.notListed') ?? moment.phrase('live.empty'));
    return;
  }
  for (const number of new Set(known.map((question) => question.number)))
    note(moment, live, { do: does, question: number });
  if (does === 'unvote') {
    moment.say(moment.phrase('live.unvoted'));
    return;
  }
  follow(moment, live);
  // That the link comes was said just now: no is about that.
  rest(moment, { id: live.id, step: 'vote', tries: 1, ...(page > 0 && { page }) });
  moment.say(linkPromise(moment, found, 'live.voted'));
}

function hearUseful(moment: Moment, { id, question, tries }: Step, text: string): boolean {
  if (tries) return hearMissing(moment, text);
  const reading = readYesNo(text, moment.language);
  if (reading.kind !== 'value') {
    leave(moment);
    return false;
  }
  sayUseful(moment, id, question as number, reading.value);
  // What they add is for a person.
  if ('comment' in reading && reading.comment) moment.do({ type: 'keep', text, why: 'no-question' });
  return true;
}

/** What was missing in the answer, for a person. */
function hearMissing(moment: Moment, text: string): boolean {
  leave(moment);
  if (!isQuestion(moment, text)) return false;
  moment.do({ type: 'keep', text, why: 'no-question' });
  moment.say(moment.phrase('live.useful'));
  return true;
}

function sayUseful(moment: Moment, id: string, question: number, useful: boolean): void {
  const until = Math.floor(moment.now.getTime() / 1000);
  moment.do({ type: 'live', live: id, until, does: { do: 'useful', question, useful } });
  if (useful) leave(moment);
  else at(moment, { id, step: 'useful', question, tries: 1 });
  moment.say(moment.phrase(useful ? 'live.useful' : 'live.notUseful'));
}

/** A tap about a live counts for the question it stood under, also days later. Returns false where it is none. */
export function hearLiveTap(moment: Moment, place: string, token: string, step: Session['live']): boolean {
  const [, id = '', what = '', number = ''] = /^live\.(L-[\d-]+)\.(\w+)(?:\.(\d+))?$/.exec(place) ?? [];
  if (!id) return false;
  if (what === 'useful') {
    sayUseful(moment, id, Number(number), token === '1');
    return true;
  }
  const found = staged(moment, id);
  if (!found || !isOn(found.live)) {
    moment.say(moment.phrase(found?.live.state === 'cancelled' ? 'live.cancelled' : 'live.over'));
    return true;
  }
  if (what === 'vote') {
    at(moment, { id, step: 'vote', ...(step?.id === id && step.page !== undefined && { page: step.page }) });
    return hearVote(moment, found, token, moment.session.live as Step);
  }
  if (what === 'ask') {
    sayFollows(moment, found);
    return true;
  }
  // "Anonyme" of a question that has a name meanwhile takes it away.
  note(moment, found.live, { do: 'name', question: Number(number) });
  at(moment, { id, step: 'ask' });
  moment.say(thanks(moment, found));
  return true;
}
