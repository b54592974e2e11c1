/** What becomes of a message: commands come before everything, then what we asked last, then what it may begin. */
import { hearAfterAlarm, raiseAlarm } from './alarm.ts';
import { filesIn } from './answer.ts';
import { attach, hearFiles, hearPlace } from './attachment.ts';
import { joinTail } from './burst.ts';
import { correct, hearCorrection } from './correction.ts';
import { askErase, hearErase } from './erase.ts';
import type { Event } from './events.ts';
import { callBack, contact, help, infoText, keepForStaff, notYet } from './help.ts';
import { askLanguage, choiceAsked, choiceNamed, chooseLanguage, hearLanguage } from './language.ts';
import { leaveList, listLeft } from './leave-list.ts';
import { hearContinue, linkCodeIn, offerLink, sayNoLink } from './link.ts';
import { hearLive, hearLiveKeyword, showQuestions } from './live-conversation.ts';
import type { Moment } from './moment.ts';
import { mute, readMuting, unmute } from './mute.ts';
import { hearData, tellData } from './my-data.ts';
import { DONE, readTap } from './offer.ts';
import { openQuestion } from './open-question.ts';
import { choosePlain } from './plain.ts';
import { hearRecord } from './record.ts';
import { leftToPerson } from './relieved.ts';
import { MAX_TEXT, type Session } from './session.ts';
import { askStop, hearStop, resume, stop } from './stop.ts';
import { beginSurvey } from './survey-begin.ts';
import { answersQuestion, hearSurvey } from './survey-conversation.ts';
import { INTRO } from './survey-questions.ts';
import { hearTap } from './tap.ts';
import { type Command, readCommand, yieldsToAnswer } from './understand/commands.ts';
import { type Danger, readDistress } from './understand/distress.ts';
import { readKeyword } from './understand/keywords.ts';
import { normalise } from './understand/normalise.ts';
import { hearWhich } from './visit-choice.ts';
import { hearNotComing, hearVisitCommand, readVisitCommand } from './visit-command.ts';
import { hearVisit } from './visit-conversation.ts';
import { finishJoin, greet, hearJoin, offer } from './welcome.ts';

/** At most so much, and never half of a letter that takes two units. */
const cut = (text: string): string => text.slice(0, MAX_TEXT).replace(/[\ud800-\udbff]$/, '');

/**
 * A survey has just asked something: the next "1" or "oui" answers that, and never an offer, an age or an
 * EFFACER that was asked before.
 */
export function rest(
  moment: Moment,
  { amend, visit, live }: Pick<Session, 'amend' | 'visit' | 'live'> = {},
): void {
  const { join } = moment.session;
  if (join?.step === 'language' || join?.step === 'age') finishJoin(moment);
  moment.set({ join: undefined, aside: undefined, amend, visit, live });
}

/** A message with all that came with it: words, a tap, files, a place. */
export function hearMessage(moment: Moment, event: Extract<Event, { type: 'said' }>): void {
  const { place } = event;
  const files = filesIn(event);
  const button = event.choice !== undefined && readTap(event.choice) ? event.choice : undefined;
  const text = cut(button === undefined && event.choice !== undefined ? behind(moment, event) : event.text);
  const tap = button ?? (event.choice === undefined ? typedButton(moment, text) : undefined);
  const command = tap === undefined ? readCommand(text, moment.language) : undefined;
  const called = (): boolean =>
    tap !== undefined ||
    keywordIn(moment, text) !== undefined ||
    readVisitCommand(text, moment.language) !== undefined;
  const danger = readDistress(text);
  if (!danger && leftToPerson(moment, event, { text, command, called })) return;
  if (tap !== undefined) {
    hearTap(moment, tap, text, { aside: hearAside, rest });
    return;
  }
  if (text.trim() || (files.length === 0 && !place)) {
    if (files.length > 0) attach(moment, files);
    hear(moment, text, { command, danger });
  } else if (files.length > 0) hearFiles(moment, event);
  else if (place) hearPlace(moment, place);
}

/**
 * Who writes the words of a button ("Je m'inscris", "On commence") has tapped it. Only where the words are ours
 * alone: the labels of a survey's question are read as answers, more generously.
 */
function typedButton(moment: Moment, text: string): string | undefined {
  const { join, survey } = moment.session;
  if (!moment.rich || (!join && !survey)) return undefined;
  const ours = join !== undefined || survey?.at === INTRO;
  const words = normalise(text);
  if (!words) return undefined;
  const choices = openQuestion(moment)?.offer?.choices ?? [];
  return choices.find(({ id, label }) => normalise(label) === words && (ours || readTap(id)?.token === DONE))
    ?.id;
}

/** A button of the page's own or of a template has a word behind it ("CHENE A12"), or only what stands on it. */
function behind(moment: Moment, { choice = '', text }: Extract<Event, { type: 'said' }>): string {
  return keywordIn(moment, choice) || readCommand(choice, moment.language) ? choice : text || choice;
}

const keywordIn = (moment: Moment, text: string) =>
  readKeyword(text, moment.city, moment.world.surveys, moment.language, moment.world.lives);

/** A message. Commands come before everything, then what we asked last, then what it may begin. */
function hear(
  moment: Moment,
  text: string,
  { command, danger }: { command: Command | undefined; danger: Danger | undefined },
): void {
  if (danger) {
    raiseAlarm(moment, danger, text);
    return;
  }
  if (moment.session.consent === 'stopped') {
    hearAfterStop(moment, text, command);
    return;
  }
  if (linkCodeIn(text)) {
    sayNoLink(moment);
    return;
  }
  const muting = readMuting(text, moment.language);
  if (muting) {
    (muting.mute ? mute : unmute)(moment, muting.kind);
    return;
  }
  const leaving = listLeft(moment, text);
  if (leaving !== undefined) {
    leaveList(moment, leaving);
    return;
  }
  if (hearVisitCommand(moment, text)) return;
  if (command && obey(moment, command, text)) return;
  const asked = command ? undefined : choiceAsked(moment, text);
  if (asked) {
    moment.set({ aside: undefined });
    chooseLanguage(moment, asked, openQuestion);
    return;
  }
  if (hearAside(moment, text)) return;
  // The aside was passed over: the message belongs to what lies below it.
  moment.set({ aside: undefined });
  hearInPlace(moment, text);
}

/** The answer to what was asked over everything else. Returns false where it is none. */
function hearAside(moment: Moment, text: string): boolean {
  const { aside } = moment.session;
  switch (aside?.kind) {
    case 'alarm':
      return hearKeyword(moment, text) || hearAfterAlarm(moment, text);
    case 'stop': {
      const answer = hearStop(moment, text, aside);
      if (answer !== undefined) hearInPlace(moment, cut(answer));
      return true;
    }
    case 'erase':
      return hearErase(moment, text);
    case 'data':
      return hearData(moment, text);
    case 'language':
      return hearLanguage(moment, text, openQuestion, aside);
    case 'continue':
      return hearContinue(moment, text);
    default:
      return false;
  }
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

/** A misspelt word, or the name of a language or a channel, that is a good reply to what was asked is that reply. */
function isReply(moment: Moment, command: Command, text: string): boolean {
  if (!yieldsToAnswer(command)) return false;
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
      moment.say(infoText(moment));
      return true;
    case 'whatsapp':
    case 'messenger':
    case 'sms':
      offerLink(moment, command.command);
      return true;
    case 'track':
    case 'vote':
      notYet(moment, command, text);
      return true;
    case 'questions':
      showQuestions(moment);
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
      if (correct(moment, command.number)) rest(moment, { amend: moment.session.amend });
      return true;
  }
}

/** Without a letter and a figure together there is no poster's code to look for. */
const MAYBE_CODE = /\p{L}\p{Nd}/u;

/** A correction or the question at hand, or a keyword, or a first message, or something for a person to read. */
function hearInPlace(moment: Moment, text: string): void {
  if (hearCorrection(moment, text)) return;
  if (hearRecord(moment, text)) {
    if (moment.session.survey) rest(moment);
    return;
  }
  const byKeyword = (): boolean => hearKeyword(moment, text);
  const { join, survey } = moment.session;
  if (join) {
    const asked = join.step === 'quartier' || join.step === 'consent';
    const keyword = keywordIn(moment, text);
    // OUI is what counts: who turns to something else before language and age is on the list.
    if (keyword && !asked && join.step === 'language') finishJoin(moment);
    if (join.step !== 'age' && byKeyword()) return;
    if (hearJoin(moment, text)) return;
  }
  // A poster's code is not an answer, also where any text would be one.
  const keyword = MAYBE_CODE.test(text) ? keywordIn(moment, text) : undefined;
  if (keyword?.source && byKeyword()) return;
  // A keyword is one also where any words would be a subject or a question.
  const { visit, live } = moment.session;
  if (
    (visit || live) &&
    (byKeyword() || hearWhich(moment, text) || hearVisit(moment, text) || hearLive(moment, text))
  )
    return;
  if (survey && moment.session.survey === survey) {
    moment.set({ visit: undefined, live: undefined });
    hearSurvey(moment, text, byKeyword);
    return;
  }
  if (byKeyword() || joinTail(moment, text) || hearNotComing(moment, text)) return;
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

const isStranger = ({ session: { consent, ended, survey, join, live, visits } }: Moment): boolean =>
  consent === 'none' && Object.keys(ended).length === 0 && !survey && !join && !live && !visits;

function hearKeyword(moment: Moment, text: string): boolean {
  const { surveys } = moment.world;
  const keyword = keywordIn(moment, text);
  if (!keyword) return false;
  const { source, language } = keyword;
  if (keyword.kind === 'live') hearLiveKeyword(moment, keyword);
  else if (keyword.kind === 'quartier') offer(moment, keyword.quartier, { source, language });
  else {
    const survey = surveys.latest(keyword.survey);
    if (!survey) return false;
    beginSurvey(moment, survey, { mode: source ? 'QR' : 'mot-clé', source, language });
    if (moment.session.survey?.key === survey.key) rest(moment);
  }
  return true;
}
