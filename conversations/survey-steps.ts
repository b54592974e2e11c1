/**
 * The steps of a survey: the next question, the end. How a question is asked is `survey-questions.ts`'s, what a reply
 * means `answer.ts`'s, what is done with it `survey-conversation.ts`'s.
 */
import { secondsSince, wantsOther } from './answer.ts';
import type { Answer, AnswerSheet } from './events.ts';
import { DAY, HOUR, inParis } from './hours.ts';
import type { Moment } from './moment.ts';
import { followed, type Lead, withPrefix } from './offer.ts';
import { local } from './phrase.ts';
import type { Question } from './questions.ts';
import { EXPIRY_DAYS, type OpenSurvey, REMINDER_HOURS, SILENCE_HOURS } from './session.ts';
import type { Survey } from './survey.ts';
import { asked, INTRO, otherAsked, questionAt } from './survey-questions.ts';

export const keywordOf = (survey: Survey): string => survey.keywords[0] as string;

export const isOpen = (survey: Survey, now: Date): boolean => {
  const today = inParis(now).date;
  return today >= survey.opens && today <= survey.closes;
};

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

/** To the question after this one, back to where a correction came from, or to the thanks. */
export function goOn(
  moment: Moment,
  survey: Survey,
  open: OpenSurvey,
  prefixes: Lead[],
  hint?: string,
): void {
  if (open.back && open.backOther) {
    // A correction came between a choice and its "other: what?".
    moment.set({ survey: { ...open, at: open.back, back: undefined, backOther: undefined, other: true } });
    moment.say(...withPrefix(prefixes, otherAsked(moment, survey, open.back)));
    return;
  }
  const after = open.back
    ? questionAt(survey, open.back)
    : survey.questions[survey.questions.findIndex((question) => question.id === open.at) + 1];
  if (after) {
    const prev = open.back ? undefined : open.at;
    ask(moment, survey, { ...open, prev, back: undefined, other: undefined }, after, prefixes, hint);
  } else finish(moment, survey, open, hint);
}

export function ask(
  moment: Moment,
  survey: Survey,
  open: OpenSurvey,
  question: Question,
  prefixes: Lead[],
  hint?: string,
): void {
  moment.set({ survey: { ...open, at: question.id, last: moment.at } });
  const next = asked(moment, survey, question);
  const lead =
    prefixes.length === 0 && moment.plain && open.prev ? [moment.phrase('plain.thanks')] : prefixes;
  moment.say(...(hint ? [followed(next, `(${hint})`)] : []), ...withPrefix(lead, next));
}

function finish(moment: Moment, survey: Survey, open: OpenSurvey, hint?: string): void {
  moment.set({ survey: open });
  const count = Object.values(open.answers).filter((answer) => answer.m !== 'unknown').length;
  closeSurvey(moment, 'done');
  const ended = moment.session.ended[open.key];
  if (ended) moment.set({ ended: { ...moment.session.ended, [open.key]: { ...ended, tail: open.at } } });
  const words = { count, total: survey.questions.length, thanks: local(survey.thanks, moment.language) };
  const texts = [moment.phrase('survey.thanks', words), moment.phrase('survey.thanksShort', words)];
  moment.say(...(hint ? texts.map((text) => `${text} ${hint}`) : []), ...texts);
}

/** The survey leaves the session; what was answered goes to the answers, however it ended. */
export function closeSurvey(moment: Moment, end: 'done' | 'expired' | 'declined' | 'stopped'): void {
  const open = moment.session.survey;
  if (!open) return;
  if (open.at !== INTRO && end !== 'declined')
    moment.do({ type: 'record', sheet: sheetOf(moment, open, end) });
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
    answers: open.answers,
  };
}

/** When the survey at hand next needs attention, if nothing is said before. */
export function surveyDue(open: OpenSurvey): Date {
  const after = (from: string, hours: number): Date => new Date(Date.parse(from) + hours * HOUR);
  if (open.reminders === 0) return after(open.last, REMINDER_HOURS);
  if (open.reminded && open.reminders === 1) return after(open.reminded, SILENCE_HOURS);
  return new Date(Date.parse(open.last) + EXPIRY_DAYS * DAY);
}
