/**
 * VISITE, at any moment: alone it says what is coming or what one is registered for; with NON it gives the places back;
 * with anything else it raises that, with a number, for staff (J07, J08's first step).
 */

import { languages, words } from '../locales/index.ts';
import { DAY } from './hours.ts';
import type { Moment } from './moment.ts';
import { answersQuestion } from './survey-conversation.ts';
import { readHeadcount } from './understand/headcount.ts';
import { lexicon, politeness } from './understand/lexicon.ts';
import { latinDigits, normalise, wordsOf } from './understand/normalise.ts';
import { readYesNo } from './understand/yes-no.ts';
import { beginsAt, isAhead, takesPeople, type Visit } from './visit.ts';
import { answerTo, isRegistered, registeredFor, visitsFor } from './visit-answers.ts';
import { showVisits } from './visit-choice.ts';
import { askPeople, cancel, stays, takeSeats, tooMany, visitWith } from './visit-conversation.ts';

export type VisitCommand =
  | { does: 'show' }
  | { does: 'cancel' }
  /** More people than anyone may bring are `Infinity`. */
  | { does: 'come'; people?: number }
  | { does: 'raise'; text: string };

/** Each word for a visit, with the languages that have it. */
const NAMES = new Map<string, string[]>();
for (const language of languages)
  for (const word of words[language].kinds.visit) {
    const name = normalise(word);
    NAMES.set(name, [...(NAMES.get(name) ?? []), language]);
  }

/** Not a no in itself: "visite annulée" tells something else. */
const CANCELS = new Set([
  'annuler',
  'annule',
  'annulez',
  'cancel',
  'cancelled',
  'je ne viens pas',
  'je ne viens plus',
]);

/** What says by itself, in the language that everyone here reads a little, that one does not come after all. */
const NOT_COMING = new Set([
  ...CANCELS,
  'j annule',
  'on annule',
  'nous annulons',
  'je viens plus',
  'je viens pas',
  'je ne viendrai pas',
  'je viendrai pas',
  'je ne peux pas venir',
  'je peux pas venir',
  'je ne peux plus venir',
  'je peux plus venir',
  'on ne vient pas',
  'on ne vient plus',
  'on vient pas',
  'on vient plus',
  'on ne viendra pas',
  'on viendra pas',
  'on ne peut pas venir',
  'on peut pas venir',
  'on ne peut plus venir',
  'on peut plus venir',
  'nous ne venons pas',
  'nous ne venons plus',
  'nous ne viendrons pas',
  'i am not coming',
  'i m not coming',
  'i can t come',
  'we are not coming',
  'we re not coming',
  'we can t come',
]);

/** What people say around it. */
const AROUND = new Set(['finalement', 'desole', 'desolee', 'malheureusement', 'sorry', 'finally']);
const saysNotComing = (words: string[]): boolean =>
  NOT_COMING.has(words.filter((word) => !AROUND.has(word)).join(' '));

/** "j'annule ma visite": what stands before the word itself. */
const NOT_A_WORD = new Set(['la', 'ma', 'notre', 'cette', 'the', 'my', 'our']);

const isName = (word: string, language: string): boolean =>
  NAMES.get(word)?.some((owner) => owner === language || owner === 'fr' || owner === 'en') ?? false;

/**
 * Undefined where the message does not begin with the word, nor ends with it behind a word that cancels ("annuler la
 * visite"). In French and English it counts in every language.
 */
export function readVisitCommand(text: string, language: string): VisitCommand | undefined {
  const [first = '', ...rest] = wordsOf(normalise(text)).filter((word) => !politeness.has(word));
  const { filler } = lexicon(language);
  if (!isName(first, language)) {
    const behind = isName(rest.at(-1) ?? '', language);
    const before = [first, ...rest.slice(0, -1)].filter((word) => !filler.has(word));
    const all = [first, ...rest.slice(0, -1)].filter((word) => !NOT_A_WORD.has(word));
    return behind && (CANCELS.has(before.join(' ')) || saysNotComing(all) || before.join() === 'non')
      ? { does: 'cancel' }
      : undefined;
  }
  const said = rest.join(' ');
  if (rest.every((word) => filler.has(word))) return { does: 'show' };
  if (saysNotComing(rest)) return { does: 'cancel' };
  const reading = readYesNo(said, language);
  if (reading.kind === 'value' && !('comment' in reading) && !/^\d/.test(latinDigits(said)))
    return reading.value ? { does: 'come' } : { does: 'cancel' };
  if (/^\d{1,2}$/.test(latinDigits(said))) {
    const people = readHeadcount(said, language);
    if (people.kind === 'skip') return { does: 'cancel' };
    return { does: 'come', people: people.kind === 'value' ? people.value : Number.POSITIVE_INFINITY };
  }
  // As it was written, without the word itself.
  const written = text.replace(/^[^\p{L}\p{N}]*[\p{L}\p{M}]+[\s:;,.-]*/u, '').trim();
  return { does: 'raise', text: written || text.trim() };
}

/** Returns false where the message is no such command, or is what a survey's question is answered with. */
export function hearVisitCommand(moment: Moment, text: string): boolean {
  const command = readVisitCommand(text, moment.language);
  if (!command) return false;
  const { survey, visit: asked } = moment.session;
  // "Visite accessible en fauteuil?" where we have just said: your question?
  if (
    command.does === 'raise' &&
    (asked?.step === 'question' || asked?.step === 'subject') &&
    !isShouted(text)
  )
    return false;
  // A sentence that begins with the word, in small letters, may be about anything.
  if (command.does === 'raise' && survey && !isShouted(text)) return false;
  if (survey && command.does === 'show' && answersQuestion(moment, survey, text)) return false;
  moment.set({ aside: undefined });
  obey(moment, command);
  return true;
}

/** "VISITE lumieres": the word in capitals, as we teach it. */
const isShouted = (text: string): boolean => /^\P{L}*\p{Lu}{3,}(?!\p{L})/u.test(text);

function obey(moment: Moment, command: VisitCommand): void {
  switch (command.does) {
    case 'show':
      showVisits(moment);
      return;
    case 'cancel':
      giveBack(moment);
      return;
    case 'come':
      come(moment, command.people);
      return;
    case 'raise':
      raise(moment, command.text);
      return;
  }
}

/** "je ne viens plus", out of the blue, from someone who is registered. Returns false where it is about something else. */
export function hearNotComing(moment: Moment, text: string): boolean {
  const said = wordsOf(normalise(text)).filter((word) => !politeness.has(word));
  if (!saysNotComing(said) || registeredFor(moment).length === 0) return false;
  giveBack(moment);
  return true;
}

/** The one that was spoken of last, else the next. */
function giveBack(moment: Moment): void {
  const mine = registeredFor(moment);
  const spoken = mine.find(({ id }) => id === moment.session.visit?.id);
  const visit = spoken ?? mine[0];
  if (visit) cancel(moment, visit);
  else {
    moment.set({ visit: undefined });
    moment.say(moment.phrase('visit.notComing'));
  }
}

function come(moment: Moment, people: number | undefined): void {
  const { visit: open } = moment.session;
  const [mine] = registeredFor(moment);
  const [next] = visitsFor(moment);
  const spoken = open && visitWith(moment, open.id);
  const visit = spoken && takesPeople(spoken, moment.now) ? spoken : (mine ?? next);
  if (!visit || moment.now >= beginsAt(visit)) moment.say(moment.phrase('visit.none'));
  else if (people === Number.POSITIVE_INFINITY) tooMany(moment, visit);
  else if (people !== undefined) takeSeats(moment, visit, people);
  else if (isRegistered(answerTo(moment, visit.id))) stays(moment, visit);
  else askPeople(moment, visit);
}

/** J08's first step: kept with a number and listed; who does what with it, and by when, nobody has said yet. */
function raise(moment: Moment, text: string): void {
  const number = moment.ask({ for: 'number', series: 'request' });
  if (number === undefined) return;
  const visit = near(moment);
  moment.do({ type: 'raise', kind: 'request', number, text, ...(visit && { visit: visit.id }) });
  moment.say(moment.phrase('visit.raised', { number: `D-${String(number).padStart(4, '0')}` }));
}

const NEAR = 2 * DAY;

/** The visit it is most likely about: one of theirs around now, else one of their quartier that is going on. */
function near(moment: Moment): Visit | undefined {
  const { now } = moment;
  const around = (visit: Visit): boolean => Math.abs(beginsAt(visit).getTime() - now.getTime()) < NEAR;
  const answered = Object.keys(moment.session.visits ?? {}).map((id) => visitWith(moment, id));
  const mine = answered.find((visit) => visit !== undefined && visit.state !== 'cancelled' && around(visit));
  return mine ?? visitsFor(moment).find((visit) => isAhead(visit, now) && around(visit));
}
