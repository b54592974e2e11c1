/**
 * Walks a survey with one resident: begin, ask, read, ask again, thank, remind, expire.
 * Corrections (MODIF n) are in `correction.ts`.
 */
import type { Language } from '../locales/index.ts';
import type { Answer, AnswerSheet, Mode } from './events.ts';
import { DAY, dayName, HOUR, inParis, nextPermitted, parisMoment } from './hours.ts';
import { type Moment, withPrefix } from './moment.ts';
import { local } from './phrase.ts';
import { type Question, typeOf } from './questions.ts';
import { EXPIRY_DAYS, MAX_TRIES, type OpenSurvey, REMINDER_HOURS } from './session.ts';
import type { Survey } from './survey.ts';
import { startsLikeStop } from './understand/commands.ts';
import { lexicon } from './understand/lexicon.ts';
import { normalise } from './understand/normalise.ts';
import { numbersIn, passes, readYesNo } from './understand/reading.ts';

const INTRO = 'intro';

/** The definition an open survey is pinned to. */
const definition = (moment: Moment, open: { key: string; revision: number }): Survey | undefined =>
  moment.world.surveys.get(open.key, open.revision);

export const keywordOf = (survey: Survey): string => survey.keywords[0] as string;

export const isOpen = (survey: Survey, now: Date): boolean => {
  const today = inParis(now).date;
  return today >= survey.opens && today <= survey.closes;
};

/** A keyword or an invitation: the survey introduces itself and asks whether to begin. */
export function beginSurvey(
  moment: Moment,
  survey: Survey,
  how: { mode: Mode; source?: string; language?: Language },
): void {
  const { event, session } = moment;
  if (how.language && moment.city.languages.includes(how.language)) moment.set({ language: how.language });
  const question = session.survey?.key === survey.key ? surveyQuestion(moment) : undefined;
  if (question !== undefined) {
    moment.say(question);
    return;
  }
  if (session.ended[survey.key]?.end === 'done') {
    moment.say(moment.phrase('survey.already', { total: survey.questions.length }));
    return;
  }
  if (!isOpen(survey, moment.now)) {
    const later = inParis(moment.now).date < survey.opens;
    const day = dayName(parisMoment(survey.opens, '12:00'), moment.language);
    moment.say(
      later
        ? moment.phrase('survey.notYet', { day, keyword: keywordOf(survey) })
        : local(survey.over, moment.language),
    );
    return;
  }
  // One survey at a time: the other one's answers are kept as far as they go.
  if (session.survey) closeSurvey(moment, 'expired');
  moment.set({
    survey: {
      key: survey.key,
      revision: survey.revision,
      channel: 'channel' in event ? event.channel : 'sms',
      mode: how.mode,
      ...(how.source && { source: how.source }),
      started: moment.at,
      last: moment.at,
      at: INTRO,
      reminders: 0,
      answers: {},
      ...(session.ended[survey.key] && { again: true as const }),
    },
  });
  moment.say(surveyQuestion(moment) as string);
}

/** The question at hand, as it is asked. */
export function surveyQuestion(moment: Moment): string | undefined {
  const open = moment.session.survey;
  const survey = open && definition(moment, open);
  if (!open || !survey) return undefined;
  if (open.at === INTRO)
    return moment.phrase('survey.start', {
      city: moment.city.shortName,
      intro: local(survey.intro, moment.language),
    });
  if (open.other) return moment.phrase('question.other');
  return questionText(survey, questionAt(survey, open.at), moment.language);
}

export const questionAt = (survey: Survey, id: string): Question =>
  survey.questions.find((question) => question.id === id) as Question;

export const questionText = (survey: Survey, question: Question, language: string): string =>
  `${survey.questions.indexOf(question) + 1}/${survey.questions.length} ${typeOf(question).prompt(question, language)}`;

/** A reply to the survey at hand. Returns false where it is no reply to the question and `strict` says to look further. */
export function hearSurvey(moment: Moment, text: string, otherwise: () => boolean): void {
  const open = moment.session.survey as OpenSurvey;
  const survey = definition(moment, open);
  if (!survey || !isOpen(survey, moment.now)) {
    const over = survey && local(survey.over, moment.language);
    closeSurvey(moment, 'expired');
    if (text.trim()) moment.do({ type: 'keep', text, why: 'no-question' });
    moment.say(over ?? moment.phrase('help.kept'));
    return;
  }
  if (moment.now.getTime() - Date.parse(open.last) >= EXPIRY_DAYS * DAY) {
    closeSurvey(moment, 'expired');
    if (otherwise()) return;
    if (text.trim()) moment.do({ type: 'keep', text, why: 'no-question' });
    moment.say(moment.phrase('survey.gone', { keyword: keywordOf(survey) }));
    return;
  }
  if (open.at === INTRO) hearIntro(moment, survey, open, text, otherwise);
  else if (open.other) hearOther(moment, survey, open, text);
  else hearAnswer(moment, survey, open, text, otherwise);
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
  const said = ` ${normalise(text)} `;
  const later =
    number === 2 || [...lexicon(moment.language).later].some((word) => said.includes(` ${word} `));
  const yesNo = number === undefined ? readYesNo(text, moment.language) : undefined;
  if (number === 1 || (yesNo?.kind === 'value' && yesNo.value && !later)) {
    ask(moment, survey, { ...open, tries: undefined }, survey.questions[0] as Question, []);
  } else if (later) {
    moment.set({ survey: { ...open, last: moment.at, tries: undefined } });
    moment.say(moment.phrase('survey.later', { keyword: keywordOf(survey) }));
  } else if (number === 3 || number === 0 || yesNo?.kind === 'value') {
    closeSurvey(moment, 'declined');
    moment.say(moment.phrase('survey.declined', { keyword: keywordOf(survey) }));
  } else if (!otherwise()) {
    const tries = (open.tries ?? 0) + 1;
    if (tries < MAX_TRIES) {
      moment.set({ survey: { ...open, last: moment.at, tries } });
      moment.say(moment.phrase('survey.startAgain', { topic: local(survey.topic, moment.language) }));
      return;
    }
    closeSurvey(moment, 'declined');
    moment.do({ type: 'keep', text, why: 'no-question' });
    moment.say(moment.phrase('survey.later', { keyword: keywordOf(survey) }));
  }
}

/** What a reply to a question amounts to: an answer to store, or a question to ask again. */
export type Heard =
  | { kind: 'answer'; answer: Answer; asksOther: boolean }
  | { kind: 'again'; question: string };

/** Reads one reply to one question. `started` is when the survey began, for the answer's time. */
export function readAnswer(moment: Moment, question: Question, text: string, started: string): Heard {
  const type = typeOf(question);
  const reading = type.parse(question, text, moment.language);
  if (reading.kind === 'unclear')
    return { kind: 'again', question: type.again(question, moment.language, reading.got) };
  const t = Math.max(0, Math.round((moment.now.getTime() - Date.parse(started)) / 1000));
  if (reading.kind === 'skip') return { kind: 'answer', answer: { m: 'skip', t }, asksOther: false };
  const { value, comment } = reading;
  const wantsOther = type.asksOther?.(question, value) ?? false;
  const raw = text.trim();
  const answer: Answer = {
    v: value,
    t,
    ...(comment && (wantsOther ? { o: comment } : { c: comment })),
    ...(raw !== String(value) && { r: raw }),
    ...(moment.language !== 'fr' && { l: moment.language }),
  };
  return { kind: 'answer', answer, asksOther: wantsOther && !comment };
}

function hearAnswer(
  moment: Moment,
  survey: Survey,
  open: OpenSurvey,
  text: string,
  otherwise: () => boolean,
): void {
  const question = questionAt(survey, open.at);
  const heard = readAnswer(moment, question, text, open.started);
  const resumed = moment.now.getTime() - Date.parse(open.last) >= REMINDER_HOURS * HOUR;
  if (heard.kind === 'answer') {
    const answers = { ...open.answers, [open.at]: withMisses(heard.answer, open.texts) };
    const next = { ...open, answers, last: moment.at, tries: undefined, texts: undefined };
    if (heard.asksOther) {
      moment.set({ survey: { ...next, other: true } });
      moment.say(moment.phrase('question.other'));
    } else goOn(moment, survey, next, leadAfter(moment, open, resumed), hintAfter(moment, text));
    return;
  }
  if (otherwise()) return;
  const tries = (open.tries ?? 0) + 1;
  const texts = [...(open.texts ?? []), text.trim()];
  if (tries < MAX_TRIES) {
    moment.set({ survey: { ...open, last: moment.at, tries, texts } });
    moment.say(heard.question);
    return;
  }
  const t = Math.max(0, Math.round((moment.now.getTime() - Date.parse(open.started)) / 1000));
  const answers = {
    ...open.answers,
    [open.at]: open.back ? (open.answers[open.at] as Answer) : { m: 'unknown' as const, t, x: texts },
  };
  goOn(moment, survey, { ...open, answers, last: moment.at, tries: undefined, texts: undefined }, [
    moment.phrase(open.back ? 'survey.unchanged' : 'survey.skipped'),
  ]);
}

/** What comes before the next question once this one is answered. */
const leadAfter = (moment: Moment, open: OpenSurvey, resumed = false): string[] => {
  if (open.back) return [moment.phrase('survey.corrected')];
  return resumed ? [moment.phrase('survey.resumed')] : [];
};

const withMisses = (answer: Answer, texts: string[] | undefined): Answer =>
  texts ? { ...answer, x: texts } : answer;

/** "arrêt de bus…" is an answer; the next message says how to stop, should that have been meant. */
const hintAfter = (moment: Moment, text: string): string | undefined =>
  startsLikeStop(text, moment.language) ? moment.phrase('stop.hint') : undefined;

function hearOther(moment: Moment, survey: Survey, open: OpenSurvey, text: string): void {
  const said = normalise(text);
  const answer = open.answers[open.at] as Answer;
  const what = passes(said, moment.language) || !text.trim() ? {} : { o: text.trim() };
  const answers = { ...open.answers, [open.at]: { ...answer, ...what } };
  goOn(moment, survey, { ...open, answers, other: undefined, last: moment.at }, leadAfter(moment, open));
}

/** To the question after this one, back to where a correction came from, or to the thanks. */
function goOn(moment: Moment, survey: Survey, open: OpenSurvey, prefixes: string[], hint?: string): void {
  if (open.back && open.backOther) {
    // A correction came between a choice and its "other: what?".
    moment.set({ survey: { ...open, at: open.back, back: undefined, backOther: undefined, other: true } });
    moment.say(...withPrefix(prefixes, moment.phrase('question.other')));
    return;
  }
  const after = open.back
    ? questionAt(survey, open.back)
    : survey.questions[survey.questions.findIndex((question) => question.id === open.at) + 1];
  if (after) {
    ask(moment, survey, { ...open, back: undefined, other: undefined }, after, prefixes, hint);
    return;
  }
  moment.set({ survey: open });
  const count = Object.values(open.answers).filter((answer) => answer.m !== 'unknown').length;
  closeSurvey(moment, 'done');
  const words = { count, total: survey.questions.length, thanks: local(survey.thanks, moment.language) };
  const texts = [moment.phrase('survey.thanks', words), moment.phrase('survey.thanksShort', words)];
  moment.say(...(hint ? texts.map((text) => `${text} ${hint}`) : []), ...texts);
}

function ask(
  moment: Moment,
  survey: Survey,
  open: OpenSurvey,
  question: Question,
  prefixes: string[],
  hint?: string,
): void {
  moment.set({ survey: { ...open, at: question.id, last: moment.at } });
  const text = questionText(survey, question, moment.language);
  moment.say(...(hint ? [`${text} (${hint})`] : []), ...withPrefix(prefixes, text));
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
  const wait = open.reminders === 0 ? REMINDER_HOURS * HOUR : EXPIRY_DAYS * DAY;
  return new Date(Date.parse(open.last) + wait);
}

/** Time has passed: one reminder in permitted hours, then the end. Returns when to wake again. */
export function wakeSurvey(moment: Moment): Date | undefined {
  const open = moment.session.survey as OpenSurvey;
  const survey = definition(moment, open);
  const silence = moment.now.getTime() - Date.parse(open.last);
  if (!survey || !isOpen(survey, moment.now) || silence >= EXPIRY_DAYS * DAY) {
    closeSurvey(moment, 'expired');
    return undefined;
  }
  const due = surveyDue(open);
  if (moment.now < due || open.reminders > 0) return due;
  const permitted = nextPermitted(moment.now, moment.city.sending);
  if (permitted > moment.now) return permitted;
  const question = surveyQuestion(moment) as string;
  moment.set({ survey: { ...open, reminders: 1 } });
  if (open.at === INTRO) moment.say(question);
  else {
    const index = survey.questions.findIndex((each) => each.id === (open.back ?? open.at));
    const count = survey.questions.length - index;
    const full = moment.phrase('survey.remaining', { count, topic: local(survey.topic, moment.language) });
    moment.say(...withPrefix([full, moment.phrase('survey.remainingShort', { count })], question));
  }
  return surveyDue({ ...open, reminders: 1 });
}
