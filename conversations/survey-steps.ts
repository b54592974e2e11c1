/**
 * The steps of a survey: the next question, the end. How a question is asked is `survey-questions.ts`'s, what a reply
 * means `answer.ts`'s, what is done with it `survey-conversation.ts`'s.
 */
import { secondsSince, wantsOther } from './answer.ts';
import type { Answer, AnswerSheet } from './events.ts';
import { DAY, dayName, HOUR, inParis, parisMoment } from './hours.ts';
import { timeOf } from './instant.ts';
import type { Moment } from './moment.ts';
import { type Asked, followed, type Lead, led, withPrefix, wordsOfLead } from './offer.ts';
import { local } from './phrase.ts';
import { filledLead, filledText } from './posed.ts';
import type { Question } from './questions.ts';
import { EXPIRY_DAYS, type OpenSurvey, REMINDER_HOURS, SILENCE_HOURS } from './session.ts';
import type { Survey } from './survey.ts';
import {
  type Answers,
  answersThatCount,
  branches,
  type Next,
  nextAfter,
  questionWith,
  relevantQuestions,
} from './survey-paths.ts';
import { asked, definition, INTRO, otherAsked, questionAt } from './survey-questions.ts';

export const keywordOf = (survey: Survey): string => survey.keywords[0] as string;

/** Whether answers are taken today. The shelf gives each revision the days of the latest one. */
export function isOpen({ opens, closes }: Survey, now: Date): boolean {
  const today = inParis(now).date;
  return today >= opens && today <= closes;
}

/** Stores the answer to the question at hand, and asks what comes next. */
export function accept(
  moment: Moment,
  survey: Survey,
  open: OpenSurvey,
  answer: Answer,
  { prefixes = [], hint }: { prefixes?: Lead[]; hint?: string } = {},
): void {
  const whole = open.texts ? withTexts(answer, open.texts, open.textsFrom) : answer;
  const next: OpenSurvey = {
    ...cleared(open),
    answers: { ...open.answers, [open.at]: whole },
    last: moment.at,
  };
  if (wantsOther(questionAt(survey, open.at), answer)) {
    moment.set({ survey: { ...next, other: true } });
    moment.say(otherAsked(moment, survey, open.at));
  } else goOn(moment, survey, next, prefixes, hint);
}

/** Without what belongs to one question only. */
export const cleared = (open: OpenSurvey): OpenSurvey => ({
  ...open,
  prev: undefined,
  check: undefined,
  picked: undefined,
  marked: undefined,
  page: undefined,
  tries: undefined,
  texts: undefined,
  textsFrom: undefined,
});

/** What was not understood before stays beside the answer. */
const withTexts = (answer: Answer, texts: string[], from: string[] = []): Answer => ({
  ...answer,
  x: texts,
  ...(answer.e && { e: [...from, ...answer.e] }),
});

/**
 * To the first question that is relevant and not answered, or to the thanks. A correction leads back to where it came
 * from, unless it has opened a question before that or closed the way there.
 */
export function goOn(
  moment: Moment,
  survey: Survey,
  open: OpenSurvey,
  prefixes: Lead[],
  hint?: string,
): void {
  const { back, backOther } = open;
  if (back && backOther && isStillAsked(survey, open, back)) {
    // A correction came between a choice and its "other: what?".
    moment.set({ survey: { ...open, at: back, back: undefined, backOther: undefined, other: true } });
    moment.say(...withPrefix(prefixes, otherAsked(moment, survey, back)));
    return;
  }
  const next = nextAfter(survey, open.answers, back ? undefined : open.at);
  // A correction that leads back to where it came from has told its notes.
  const notes = back && next.question?.id === back ? [] : next.notes;
  const prev = back ? undefined : open.at;
  const settled = { ...open, back: undefined, backOther: undefined, other: undefined };
  if (next.question)
    ask(moment, survey, { ...settled, prev }, { question: next.question, notes }, { prefixes, hint });
  else finish(moment, survey, settled, notes, hint);
}

const isStillAsked = (survey: Survey, { answers }: OpenSurvey, id: string): boolean =>
  relevantQuestions(survey, answers).some((question) => question.id === id);

/**
 * Asks the question that comes next. What `told` and the notes say is always said before it; `prefixes`, the title of
 * its section and its hint where they cost no part more.
 */
export function ask(
  moment: Moment,
  survey: Survey,
  open: OpenSurvey,
  { question, notes }: Next,
  { prefixes = [], told = [], hint }: { prefixes?: Lead[]; told?: string[]; hint?: string | undefined } = {},
): void {
  if (!question) {
    finish(moment, survey, { ...open, last: moment.at }, notes, hint);
    return;
  }
  const next: OpenSurvey = { ...open, at: question.id, page: undefined, last: moment.at };
  moment.set({ survey: next });
  const bare = asked(moment, survey, question, next);
  const said = [...told, ...textsOf(moment, survey, notes, open)].reduceRight<Asked>(
    (before, text) => led(text, before),
    bare,
  );
  const lead =
    prefixes.length === 0 && moment.plain && open.prev
      ? [moment.phrase('plain.thanks')]
      : [...prefixes, ...titleOf(moment, survey, question, open.answers)];
  const hints = hint ? [`(${hint})`] : helpWith(moment, survey, question, open);
  moment.say(
    ...hints.flatMap((text) => withPrefix(hint ? [] : lead, followed(said, text))),
    ...withPrefix(lead, said),
  );
}

const textsOf = (moment: Moment, survey: Survey, notes: Question[], { answers }: OpenSurvey): Lead[] =>
  notes.flatMap((note) => ('text' in note ? [filledLead(note.text, survey, answers, moment.language)] : []));

/** The title of a section stands before its first question. */
function titleOf(moment: Moment, survey: Survey, question: Question, answers: Answers): string[] {
  const section = survey.sections?.find(({ id }) => id === question.section);
  const begun = Object.keys(answers).some((id) => questionWith(survey, id)?.section === section?.id);
  return section?.title && !begun ? [local(section.title, moment.language)] : [];
}

function helpWith(moment: Moment, survey: Survey, question: Question, { answers }: OpenSurvey): string[] {
  const hint = 'hint' in question && question.hint;
  return hint ? [filledText(hint, survey, answers, moment.language)] : [];
}

function finish(moment: Moment, survey: Survey, open: OpenSurvey, notes: Question[], hint?: string): void {
  moment.set({ survey: open });
  const asked = relevantQuestions(survey, open.answers);
  const count = asked.filter(({ id }) => open.answers[id] && open.answers[id]?.m !== 'unknown').length;
  closeSurvey(moment, 'done');
  const ended = moment.session.ended[open.key];
  if (ended) {
    const tail = {
      ...ended,
      ...(open.at !== INTRO && { tail: open.at }),
      ...(branches(survey) && { asked: asked.map(({ id }) => id) }),
    };
    moment.set({ ended: { ...moment.session.ended, [open.key]: tail } });
  }
  const { language } = moment;
  const thanks = [
    ...textsOf(moment, survey, notes, open).map(wordsOfLead),
    filledText(survey.thanks, survey, open.answers, language),
    ...(survey.promise
      ? [moment.phrase('survey.promise', { day: dayName(parisMoment(survey.promise, '12:00'), language) })]
      : []),
  ].join(' ');
  const words = { count, total: asked.length, thanks };
  const texts = [moment.phrase('survey.thanks', words), moment.phrase('survey.thanksShort', words)];
  moment.say(...(hint ? texts.map((text) => `${text} ${hint}`) : []), ...texts);
}

/** Whether who was asked has said anything: an invitation may ask its first question at once. */
export const hasBegun = ({ at, started, last, answers }: OpenSurvey): boolean =>
  at !== INTRO && (last !== started || Object.keys(answers).length > 0);

/** The survey leaves the session; what was answered goes to the answers, however it ended. */
export function closeSurvey(moment: Moment, end: 'done' | 'expired' | 'declined' | 'stopped'): void {
  const open = moment.session.survey;
  if (!open) return;
  if (hasBegun(open) && end !== 'declined') moment.do({ type: 'record', sheet: sheetOf(moment, open, end) });
  const { ended } = moment.session;
  moment.set({
    survey: undefined,
    ended: { ...ended, [open.key]: { revision: open.revision, end, at: moment.at } },
  });
}

/** What was not understood three times: marked so, with the texts; a correction leaves the first answer. */
export const misunderstood = (moment: Moment, open: OpenSurvey, texts: string[]): Answer =>
  open.back
    ? (open.answers[open.at] as Answer)
    : {
        m: 'unknown' as const,
        t: secondsSince(moment, open.started),
        x: texts,
        ...(open.textsFrom && { e: open.textsFrom }),
      };

/** The answers with all that is known of how they were given (participation.md 6.2). */
export function sheetOf(moment: Moment, open: OpenSurvey, end: AnswerSheet['end']): AnswerSheet {
  const { quartier, age } = moment.session;
  const survey = definition(moment, open);
  return {
    survey: open.key,
    revision: open.revision,
    end,
    channel: open.channel,
    language: moment.language,
    mode: open.mode,
    ...(open.source && { source: open.source }),
    ...(quartier && { quartier }),
    ...(age && { age }),
    started: open.started,
    ...(end !== 'open' && { ended: moment.at }),
    reminders: open.reminders,
    ...(open.again && { again: true as const }),
    answers: survey ? answersThatCount(survey, open.answers) : open.answers,
  };
}

/** When the survey at hand next needs attention, if nothing is said before. */
export function surveyDue(open: OpenSurvey, remindAfter = REMINDER_HOURS): Date {
  const after = (from: string, hours: number): Date => new Date(timeOf(from) + hours * HOUR);
  if (open.reminders === 0) return after(open.last, remindAfter);
  if (open.reminded && open.reminders === 1) return after(open.reminded, SILENCE_HOURS);
  return new Date(timeOf(open.last) + EXPIRY_DAYS * DAY);
}
