import { carried, confirmed, judged, pageAsked, readAnswer } from './answer.ts';
import { joinBurst } from './burst.ts';
import type { Answer } from './events.ts';
import { DAY, HOUR, nextPermitted } from './hours.ts';
import { timeOf } from './instant.ts';
import { readMark, withMarks } from './marks.ts';
import type { Moment } from './moment.ts';
import { type Asked, type Lead, withPrefix } from './offer.ts';
import { local } from './phrase.ts';
import { hearOption } from './plain.ts';
import { type Posed, pose } from './posed.ts';
import { typeOf } from './questions.ts';
import { EXPIRY_DAYS, MAX_TRIES, type OpenSurvey, REMINDER_HOURS } from './session.ts';
import type { Survey } from './survey.ts';
import { overText } from './survey-begin.ts';
import { nextAfter, placeAmong } from './survey-paths.ts';
import {
  asked,
  askedAgain,
  checkAsked,
  definition,
  INTRO,
  introAsked,
  questionAt,
  refused,
  surveyQuestion,
} from './survey-questions.ts';
import {
  accept,
  ask,
  cleared,
  closeSurvey,
  goOn,
  isOpen,
  keywordOf,
  misunderstood,
  surveyDue,
} from './survey-steps.ts';
import { startsLikeStop } from './understand/commands.ts';
import { lexicon, phrasesIn } from './understand/lexicon.ts';
import { normalise } from './understand/normalise.ts';
import { passes } from './understand/reading.ts';
import { numbersIn } from './understand/tokens.ts';
import { readYesNo } from './understand/yes-no.ts';

/** A reply to the survey at hand; `otherwise` is what else it may be, where it is no reply to the question. */
export function hearSurvey(moment: Moment, text: string, otherwise: () => boolean): void {
  const open = moment.session.survey as OpenSurvey;
  const survey = definition(moment, open);
  if (!survey || !isOpen(survey, moment.now)) {
    const over = survey && overText(moment.world.surveys.latest(survey.key) ?? survey, moment.language);
    closeSurvey(moment, 'expired');
    if (text.trim()) moment.do({ type: 'keep', text, why: 'no-question' });
    moment.say(over ?? moment.phrase('help.kept'));
    return;
  }
  if (moment.now.getTime() - timeOf(open.last) >= EXPIRY_DAYS * DAY) {
    closeSurvey(moment, 'expired');
    if (otherwise()) return;
    if (text.trim()) moment.do({ type: 'keep', text, why: 'no-question' });
    moment.say(moment.phrase('survey.gone', { keyword: keywordOf(survey) }));
    return;
  }
  if (open.at === INTRO) hearIntro(moment, survey, open, text, otherwise);
  else if (open.other) hearOther(moment, survey, open, text);
  else if (!hearOption(moment, survey, open, text)) hearAnswer(moment, survey, open, text, otherwise);
}

function hearIntro(
  moment: Moment,
  survey: Survey,
  open: OpenSurvey,
  text: string,
  otherwise: () => boolean,
): void {
  const numbers = numbersIn(text, moment.language);
  const number = Array.isArray(numbers) && new Set(numbers).size === 1 ? numbers[0] : undefined;
  // Asked in plain words, yes is 1 and no is 2; in the menu 2 is later.
  const no = moment.plain ? 2 : 3;
  const later =
    (number === 2 && no === 3) || phrasesIn(normalise(text), lexicon(moment.language).later).length > 0;
  const yesNo = number === undefined ? readYesNo(text, moment.language) : undefined;
  if (number === 1 || (yesNo?.kind === 'value' && yesNo.value && !later)) {
    ask(moment, survey, { ...open, tries: undefined }, nextAfter(survey, open.answers, undefined));
  } else if (later) {
    moment.set({ survey: { ...open, last: moment.at, tries: undefined } });
    moment.say(moment.phrase('survey.later', { keyword: keywordOf(survey) }));
  } else if (number === no || number === 0 || yesNo?.kind === 'value') {
    closeSurvey(moment, 'declined');
    moment.say(moment.phrase('survey.declined', { keyword: keywordOf(survey) }));
  } else if (!otherwise()) {
    const tries = (open.tries ?? 0) + 1;
    if (tries < MAX_TRIES) {
      moment.set({ survey: { ...open, last: moment.at, tries } });
      const again = moment.phrase('survey.startAgain', { topic: local(survey.topic, moment.language) });
      moment.say(introAsked(moment, survey, again));
      return;
    }
    closeSurvey(moment, 'declined');
    moment.do({ type: 'keep', text, why: 'no-question' });
    moment.say(moment.phrase('survey.later', { keyword: keywordOf(survey) }));
  }
}

function hearAnswer(
  moment: Moment,
  survey: Survey,
  open: OpenSurvey,
  text: string,
  otherwise: () => boolean,
): void {
  const question = questionAt(survey, open.at);
  const posed = pose(survey, question, open.answers);
  const { shown } = posed;
  const before = (): Asked => asked(moment, survey, question, open);
  const again = (got?: string): Asked => askedAgain(moment, shown, before(), got);
  const page = open.check ? undefined : pageAsked(moment, shown, text, open.page);
  if (page !== undefined) {
    const turned = { ...open, page, prev: undefined, last: moment.at };
    moment.set({ survey: turned });
    moment.say(asked(moment, survey, question, turned));
    return;
  }
  const mark = open.check
    ? undefined
    : readMark(moment, shown, text, { before: open.marked, started: open.started, asked: before });
  if (mark?.kind === 'more') {
    const { marked } = mark;
    moment.set({ survey: { ...open, prev: undefined, marked, tries: undefined, last: moment.at } });
    moment.say(mark.question);
    return;
  }
  const yes = mark ? undefined : open.check && confirmed(moment, text);
  if (open.check && yes) {
    accept(moment, survey, open, open.check, { prefixes: leadAfter(moment, open) });
    return;
  }
  if (open.check && yes === false) {
    const { v, r = String(v), e } = open.check;
    // What was taken back is not kept as a try.
    askAgain(moment, survey, open, { ...(v !== undefined && { said: r, from: e }), question: [again()] });
    return;
  }
  const read = mark
    ? { kind: 'answer' as const, answer: mark.answer }
    : withMarks(moment, shown, open.marked, readAnswer(moment, shown, text, open.started));
  const heard = judged(moment, survey, posed, open.answers, read);
  if (heard.kind === 'answer') {
    const prefixes = [...leadAfter(moment, open), ...(heard.noted ? [heard.noted] : [])];
    accept(moment, survey, open, heard.answer, {
      prefixes,
      hint: mark ? undefined : hintAfter(moment, text),
    });
    return;
  }
  if (heard.kind === 'check') {
    moment.set({ survey: { ...open, prev: undefined, check: heard.answer, last: moment.at } });
    moment.say(checkAsked(moment, survey, question, heard.answer));
    return;
  }
  if (heard.kind === 'refused') {
    const said = moment.tapped ? {} : { said: text.trim(), from: moment.sources };
    askAgain(moment, survey, open, { ...said, question: refused(heard.why, before()) });
    return;
  }
  const meant = heard.got !== undefined || namesHidden(moment, posed, text, open);
  if (otherwise() || (!meant && joinBurst(moment, open, text))) return;
  askAgain(moment, survey, open, { said: text.trim(), from: moment.sources, question: [again(heard.got)] });
}

/** Whether the reply is an option that is not on offer here: it is meant for this question, and not as it can be. */
const namesHidden = (moment: Moment, { question, numbers }: Posed, text: string, open: OpenSurvey): boolean =>
  numbers !== undefined && readAnswer(moment, question, text, open.started).kind !== 'again';

/** Whether a text names an answer to the question at hand. To an open question any text would: that says nothing. */
export function answersQuestion(moment: Moment, open: OpenSurvey, text: string): boolean {
  const survey = definition(moment, open);
  if (!survey || open.at === INTRO || open.other) return false;
  const { shown } = pose(survey, questionAt(survey, open.at), open.answers);
  if (!typeOf(shown).labels) return false;
  return readAnswer(moment, shown, text, open.started).kind !== 'again';
}

/** Asks again, and after three tries goes on; what was said is kept raw, with the messages it came with. */
function askAgain(
  moment: Moment,
  survey: Survey,
  open: OpenSurvey,
  { said, from = [], question }: { said?: string; from?: string[]; question: Asked[] },
): void {
  const tries = (open.tries ?? 0) + 1;
  const texts = [...(open.texts ?? []), ...(said === undefined ? [] : [said])];
  const textsFrom = moment.rich ? [...(open.textsFrom ?? []), ...from] : undefined;
  if (tries < MAX_TRIES) {
    moment.set({
      survey: { ...open, prev: undefined, check: undefined, last: moment.at, tries, texts, textsFrom },
    });
    moment.say(...question);
    return;
  }
  const answers = { ...open.answers, [open.at]: misunderstood(moment, { ...open, textsFrom }, texts) };
  goOn(moment, survey, { ...cleared(open), answers, last: moment.at }, [
    moment.phrase(open.back ? 'survey.unchanged' : 'survey.skipped'),
  ]);
}

/** What comes before the next question once this one is answered. */
function leadAfter(moment: Moment, open: OpenSurvey): Lead[] {
  if (open.back) return [moment.phrase('survey.corrected')];
  const resumed = moment.now.getTime() - timeOf(open.last) >= REMINDER_HOURS * HOUR;
  return resumed ? [moment.phrase('survey.resumed')] : [];
}

/** "arrêt de bus…" is an answer; the next message says how to stop, should that have been meant. */
const hintAfter = (moment: Moment, text: string): string | undefined =>
  startsLikeStop(text, moment.language) ? moment.phrase('stop.hint') : undefined;

function hearOther(moment: Moment, survey: Survey, open: OpenSurvey, text: string): void {
  const answer = open.answers[open.at] as NonNullable<OpenSurvey['check']>;
  const what = passes(normalise(text), moment.language) || !text.trim() ? {} : { o: text.trim() };
  const { e = [], ...files } = carried(moment);
  const whole: Answer = {
    ...answer,
    ...what,
    ...files,
    ...(e.length > 0 && { e: [...(answer.e ?? []), ...e] }),
  };
  const answers = { ...open.answers, [open.at]: whole };
  const prefixes = open.back ? [moment.phrase('survey.corrected')] : [];
  goOn(moment, survey, { ...cleared(open), answers, other: undefined, last: moment.at }, prefixes);
}

/** Time has passed: one reminder in permitted hours, then the end. Returns when to wake again. */
export function wakeSurvey(moment: Moment): Date | undefined {
  const open = moment.session.survey as OpenSurvey;
  const survey = definition(moment, open);
  const silence = moment.now.getTime() - timeOf(open.last);
  if (!survey || !isOpen(survey, moment.now) || silence >= EXPIRY_DAYS * DAY) {
    closeSurvey(moment, 'expired');
    return undefined;
  }
  const due = surveyDue(open, survey.remindAfter);
  if (moment.now < due || open.reminders > 1) return due;
  if (open.reminders === 1) return open.reminded ? callInstead(moment, open) : due;
  const permitted = nextPermitted(moment.now, moment.city.sending);
  if (permitted > moment.now) return permitted;
  const question = surveyQuestion(moment) as Asked;
  const reminded = { ...open, reminders: 1, ...(moment.plain && { reminded: moment.at }) };
  moment.set({ survey: reminded });
  moment.say(...withPrefix(reminderLead(moment, survey, open), question));
  return surveyDue(reminded);
}

/** In plain mode who stays silent after the one reminder goes onto the call list (J14). */
function callInstead(moment: Moment, open: OpenSurvey): Date {
  const called = { ...open, reminders: 2 };
  moment.set({ survey: called });
  moment.do({ type: 'call', language: moment.session.voice ?? moment.language, why: 'silence' });
  return surveyDue(called);
}

function reminderLead(moment: Moment, survey: Survey, open: OpenSurvey): string[] {
  if (moment.plain) {
    const townHall = local(moment.city.townHall, moment.language);
    if (open.at === INTRO) return [];
    return [moment.phrase('plain.reminder', { townHall }), moment.phrase('plain.reminderShort')];
  }
  if (open.at === INTRO) return [];
  const { number, total } = placeAmong(survey, questionAt(survey, open.back ?? open.at), open.answers);
  const count = total - number + 1;
  const topic = local(survey.topic, moment.language);
  return [
    moment.phrase('survey.remaining', { count, topic }),
    moment.phrase('survey.remainingShort', { count }),
  ];
}
