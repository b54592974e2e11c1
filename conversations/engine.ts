/**
 * The only place where a conversation moves: `(session, event, now) → (session, effects)`. Pure: no clock, no
 * randomness, no I/O; the same input gives the same output, and the input is left as it was.
 */

import { hearAfterAlarm, raiseAlarm } from './alarm.ts';
import { dropTails, joinTail } from './burst.ts';
import { correct, correctionQuestion, hearCorrection } from './correction.ts';
import { askErase, forget, hearErase } from './erase.ts';
import type { Effect, Event } from './events.ts';
import { callBack, contact, help, info, keepForStaff, notYet } from './help.ts';
import { HOUR } from './hours.ts';
import { askLanguage, choiceAsked, choiceNamed, chooseLanguage, hearLanguage } from './language.ts';
import { Moment, type World } from './moment.ts';
import { hearData, tellData } from './my-data.ts';
import { choosePlain } from './plain.ts';
import { MAX_TEXT, REMINDER_HOURS, type Session } from './session.ts';
import { askStop, hearStop, resume, stop } from './stop.ts';
import { answersQuestion, beginSurvey, hearSurvey, wakeSurvey } from './survey-conversation.ts';
import { isOpen, surveyDue, surveyQuestion } from './survey-steps.ts';
import { type Command, readCommand } from './understand/commands.ts';
import { readDistress } from './understand/distress.ts';
import { readKeyword } from './understand/keywords.ts';
import { finishJoin, greet, hearJoin, joinQuestion, offer } from './welcome.ts';

export interface Turn {
  session: Session;
  effects: Effect[];
}
export type TakeTurn = (session: Session, event: Event, now: Date) => Turn;

/** The engine of one city. The turn it returns never throws on anything a resident can send. */
export function createEngine(world: World): TakeTurn {
  return (session, event, now) => {
    const moment = new Moment(world, session, event, now);
    dropTails(moment);
    const wake = move(moment, event);
    if (event.type !== 'said' && moment.effects.some((effect) => effect.type === 'say')) rest(moment);
    moment.set({ due: nextDue(moment, wake) });
    return { session: prune(moment.session), effects: moment.effects };
  };
}

/** At most so much, and never half of a letter that takes two units. */
const cut = (text: string): string => text.slice(0, MAX_TEXT).replace(/[\ud800-\udbff]$/, '');

/**
 * A survey has just asked something: the next "1" or "oui" answers that, and never an offer, an age or an
 * EFFACER that was asked before.
 */
function rest(moment: Moment, amend?: Session['amend']): void {
  const { join } = moment.session;
  if (join?.step === 'language' || join?.step === 'age') finishJoin(moment);
  moment.set({ join: undefined, aside: undefined, amend });
}

function move(moment: Moment, event: Event): Date | undefined {
  switch (event.type) {
    case 'said':
      hear(moment, cut(event.text));
      return undefined;
    case 'waited':
      return wake(moment);
    case 'invited': {
      const survey = moment.world.surveys.latest(event.survey);
      const answered = survey && moment.session.ended[survey.key]?.end === 'done';
      // Nobody is told unasked that they have answered already, or that it is too late.
      if (survey && moment.session.consent === 'given' && !answered && isOpen(survey, moment.now))
        beginSurvey(moment, survey, { mode: 'push', ...(event.source && { source: event.source }) });
      return undefined;
    }
    case 'stopped':
      if (moment.session.consent !== 'stopped') stop(moment, { quiet: true });
      return undefined;
    case 'resumed':
      resume(moment, { quiet: true });
      return undefined;
    case 'retired':
      forget(moment);
      return undefined;
  }
}

/** A message. Commands come before everything, then what we asked last, then what it may begin. */
function hear(moment: Moment, text: string): void {
  const danger = readDistress(text);
  if (danger) {
    raiseAlarm(moment, danger, text);
    return;
  }
  const command = readCommand(text, moment.language);
  if (moment.session.consent === 'stopped') {
    hearAfterStop(moment, text, command);
    return;
  }
  if (command && obey(moment, command, text)) return;
  const asked = command ? undefined : choiceAsked(moment, text);
  if (asked) {
    moment.set({ aside: undefined });
    chooseLanguage(moment, asked, openQuestion);
    return;
  }
  const { aside } = moment.session;
  if (aside?.kind === 'alarm' && (hearKeyword(moment, text) || hearAfterAlarm(moment, text))) return;
  if (aside?.kind === 'stop') {
    const answer = hearStop(moment, text, aside.text);
    if (answer !== undefined) hearInPlace(moment, cut(answer));
    return;
  }
  if (aside?.kind === 'erase' && hearErase(moment, text)) return;
  if (aside?.kind === 'data' && hearData(moment, text)) return;
  if (aside?.kind === 'language' && hearLanguage(moment, text, openQuestion, aside)) return;
  // The aside was passed over: the message belongs to what lies below it.
  moment.set({ aside: undefined });
  hearInPlace(moment, text);
}

/** After STOP only what brings back, erases, informs is answered; the rest is kept for staff (design.md 3). */
function hearAfterStop(moment: Moment, text: string, command: Command | undefined): void {
  const { aside } = moment.session;
  if (!command && aside?.kind === 'erase' && hearErase(moment, text)) return;
  if (!command && aside?.kind === 'data' && hearData(moment, text)) return;
  moment.set({ aside: undefined });
  switch (command?.command) {
    case 'resume':
      resume(moment);
      break;
    case 'erase':
      askErase(moment);
      break;
    case 'contact':
      contact(moment);
      break;
    case 'myData':
      tellData(moment);
      break;
    case 'stop':
      break;
    default:
      if (text.trim()) moment.do({ type: 'keep', text, why: 'after-stop' });
  }
}

/** A misspelt word, or a language's name alone, that is a good reply to what was asked is that reply. */
function isReply(moment: Moment, command: Command, text: string): boolean {
  if (!('near' in command) && !('bare' in command)) return false;
  const { survey, join, aside } = moment.session;
  if (join?.step === 'language' || aside?.kind === 'language') return command.command === 'language';
  return survey !== undefined && !join && answersQuestion(moment, survey, text);
}

/** Carries out a command. Returns false where the text is not one after all. */
function obey(moment: Moment, command: Command, text: string): boolean {
  if (isReply(moment, command, text)) return false;
  switch (command.command) {
    case 'stop':
      stop(moment);
      return true;
    case 'stop?':
      if (moment.session.aside?.kind === 'stop') return false;
      askStop(moment, text);
      return true;
    case 'resume':
      if (isStranger(moment)) greet(moment, text);
      else resume(moment);
      return true;
    case 'help':
      help(moment);
      return true;
    case 'language':
      if (command.to && moment.city.languages.includes(command.to))
        chooseLanguage(moment, { kind: 'written', language: command.to }, openQuestion);
      else askLanguage(moment);
      return true;
    case 'plain':
      choosePlain(moment, command.off ? 'off' : 'on', openQuestion);
      return true;
    case 'info':
      info(moment);
      return true;
    case 'track':
    case 'vote':
      notYet(moment, command, text);
      return true;
    case 'callback':
      callBack(moment);
      return true;
    case 'erase':
    case 'erase?':
      askErase(moment);
      return true;
    case 'contact':
      contact(moment);
      return true;
    case 'myData':
      tellData(moment);
      return true;
    case 'modify':
      if (correct(moment, command.number)) rest(moment, moment.session.amend);
      return true;
  }
}

/** Without a letter and a figure together there is no poster's code to look for. */
const MAYBE_CODE = /\p{L}\p{Nd}/u;

/** A correction or the question at hand, or a keyword, or a first message, or something for a person to read. */
function hearInPlace(moment: Moment, text: string): void {
  if (hearCorrection(moment, text)) return;
  const byKeyword = (): boolean => hearKeyword(moment, text);
  const { join, survey } = moment.session;
  if (join) {
    const asked = join.step === 'quartier' || join.step === 'consent';
    const keyword = readKeyword(text, moment.city, moment.world.surveys, moment.language);
    // OUI is what counts: who turns to something else before language and age is on the list.
    if (keyword && !asked && join.step === 'language') finishJoin(moment);
    if (join.step !== 'age' && byKeyword()) return;
    if (hearJoin(moment, text)) return;
  }
  // A poster's code is not an answer, also where any text would be one.
  const keyword = MAYBE_CODE.test(text)
    ? readKeyword(text, moment.city, moment.world.surveys, moment.language)
    : undefined;
  if (keyword?.source && byKeyword()) return;
  if (survey && moment.session.survey === survey) {
    hearSurvey(moment, text, byKeyword);
    return;
  }
  if (byKeyword() || joinTail(moment, text)) return;
  const named = choiceNamed(moment, text);
  if (named) {
    chooseLanguage(moment, named, openQuestion);
    return;
  }
  if (isStranger(moment)) {
    if (text.trim()) moment.do({ type: 'keep', text, why: 'first-message' });
    greet(moment, text);
  } else keepForStaff(moment, text);
}

const isStranger = ({ session: { consent, ended, survey, join } }: Moment): boolean =>
  consent === 'none' && Object.keys(ended).length === 0 && !survey && !join;

const openQuestion = (moment: Moment): string | undefined =>
  correctionQuestion(moment) ?? joinQuestion(moment) ?? surveyQuestion(moment);

function hearKeyword(moment: Moment, text: string): boolean {
  const { city, surveys } = moment.world;
  const keyword = readKeyword(text, city, surveys, moment.language);
  if (!keyword) return false;
  const { source, language } = keyword;
  if (keyword.kind === 'quartier') offer(moment, keyword.quartier, { source, language });
  else {
    const survey = surveys.latest(keyword.survey);
    if (!survey) return false;
    beginSurvey(moment, survey, { mode: source ? 'QR' : 'mot-clé', source, language });
    if (moment.session.survey?.key === survey.key) rest(moment);
  }
  return true;
}

/** Time has passed. Who said OUI and then no more is on the list; a survey reminds once, then ends. */
function wake(moment: Moment): Date | undefined {
  const { join, survey, consent } = moment.session;
  if (consent === 'stopped') return undefined;
  if (join && moment.now >= joinDue(join.last)) {
    if (join.step === 'language' || join.step === 'age') finishJoin(moment);
    else moment.set({ join: undefined });
  }
  return survey ? wakeSurvey(moment) : undefined;
}

const joinDue = (last: string): Date => new Date(Date.parse(last) + REMINDER_HOURS * HOUR);

/**
 * When to be woken. A time that is already set and comes no later is left as it is: the index then changes only
 * when a survey begins and ends, not with every answer (a changed index key costs two more write units).
 */
function nextDue(moment: Moment, wake: Date | undefined): string | undefined {
  const { join, survey, consent, due } = moment.session;
  if (consent === 'stopped') return undefined;
  const times = [survey && (wake ?? surveyDue(survey)), join && joinDue(join.last)]
    .filter((time): time is Date => time !== undefined)
    .map((time) => time.toISOString());
  const [first] = times.sort();
  if (!first) return undefined;
  return due && due <= first && due > moment.at ? due : first;
}

/** Fields without a value are left out, so that a session equals itself after a round through the store. */
function prune(session: Session): Session {
  const drop = <T extends object>(value: T): T => {
    for (const key in value)
      if (value[key] === undefined)
        return Object.fromEntries(Object.entries(value).filter(([, kept]) => kept !== undefined)) as T;
    return value;
  };
  const { join, survey, amend, aside } = session;
  return drop({
    ...session,
    ...(join && { join: drop(join) }),
    ...(survey && { survey: drop(survey) }),
    ...(amend && { amend: drop(amend) }),
    ...(aside && { aside: drop(aside) }),
  });
}
