/** One reply to one question: what it amounts to, what is read back, and what still joins it. */
import type { Answer, Event, Media } from './events.ts';
import { namesIn, parseFormula } from './expression.ts';
import { inParis } from './hours.ts';
import { timeOf } from './instant.ts';
import type { Moment } from './moment.ts';
import type { Lead } from './offer.ts';
import { local } from './phrase.ts';
import { defaultOf, type Posed, stored, wordsOf } from './posed.ts';
import { NEXT, pagesOf } from './questions/options.ts';
import { type Question, typeOf } from './questions.ts';
import { MAX_TEXT } from './session.ts';
import type { Survey } from './survey.ts';
import { type Answers, Reckoning } from './survey-paths.ts';
import { lexicon } from './understand/lexicon.ts';
import { normalise } from './understand/normalise.ts';
import { readYesNo } from './understand/yes-no.ts';

/**
 * - `answer` to store; `noted` says it back in the next message, where it was put together from several words
 * - `check` counts only once the resident says yes to it
 * - `again` the question is asked again; `got` is what was meant as a number of the list
 */
export type Read =
  | { kind: 'answer'; answer: Answer; noted?: Lead; dontKnow?: true }
  | { kind: 'check'; answer: Answer }
  | { kind: 'again'; got?: string };

/** Or `refused`: it was understood and may not be, and `why` says so. */
export type Heard = Read | { kind: 'refused'; why: Lead };

/** Reads one reply to one question. `started` is when the survey began, for the answer's time. */
export function readAnswer(moment: Moment, question: Question, text: string, started: string): Read {
  const type = typeOf(question);
  const { date, time } = inParis(moment.now);
  const reading = type.parse(question, text, moment.language, `${date}T${time}`);
  if (reading.kind === 'unclear')
    return { kind: 'again', ...(reading.got !== undefined && { got: reading.got }) };
  const t = secondsSince(moment, started);
  if (reading.kind !== 'value')
    return {
      kind: 'answer',
      answer: { m: 'skip', t, ...carried(moment) },
      ...(reading.kind === 'dontKnow' && { dontKnow: true as const }),
    };
  if (type.wantsFile && stillWants(moment, question)) return { kind: 'again' };
  const { value, comment, certainty } = reading;
  const raw = text.trim();
  const answer: Answer = {
    v: value,
    t,
    ...(comment && (type.asksOther?.(question, value) ? { o: comment } : { c: comment })),
    ...(raw !== String(value) && !moment.tapped && { r: raw }),
    ...(moment.language !== 'fr' && { l: moment.language }),
    ...carried(moment),
  };
  if (certainty === 'ask') return { kind: 'check', answer };
  return {
    kind: 'answer',
    answer,
    ...(certainty === 'readBack' && { noted: noted(moment, question, answer) }),
  };
}

/** Words that came without the file that was asked for, for the first time: they are kept, and may be all there is. */
function stillWants(moment: Moment, question: Question): boolean {
  const { event, rich, session } = moment;
  if (!rich || event.type !== 'said' || filesIn(event).length > 0) return false;
  return session.survey?.at === question.id && !session.survey.tries;
}

/**
 * What was heard to a question that is shown, as it is stored: passing counts as the default, or not at all where an
 * answer is needed, and a value must meet the constraint. `answers` are those given so far; none are known where a
 * survey has ended, and then only a constraint that looks at no other answer is held.
 */
export function judged(
  moment: Moment,
  survey: Survey,
  posed: Posed,
  answers: Answers | undefined,
  heard: Read,
): Heard {
  if (heard.kind === 'again') return heard;
  const { question } = posed;
  const answer = stored(posed, heard.answer);
  if (answer.m === 'skip') {
    const value = heard.kind === 'answer' && heard.dontKnow ? undefined : defaultOf(posed);
    const { m: _, ...rest } = answer;
    if (value !== undefined) return { ...heard, answer: { ...rest, v: value, d: true } };
    if ('required' in question && question.required)
      return { kind: 'refused', why: moment.phrase('question.required') };
  }
  if ('constraint' in question && question.constraint && answer.v !== undefined) {
    const known =
      answers ?? (namesIn(parseFormula(question.constraint)).answers.length === 0 ? {} : undefined);
    if (known && !new Reckoning(survey, known).allows(question, answer)) {
      // 0 passes, where it cannot be meant as a number (participation.md 2.3).
      if (answer.v === 0 && heard.kind === 'answer' && !(question.required ?? false)) {
        const { v: _, ...passed } = answer;
        return judged(moment, survey, posed, answers, { kind: 'answer', answer: { ...passed, m: 'skip' } });
      }
      return { kind: 'refused', why: whyNot(moment, posed, heard.answer) };
    }
  }
  return { ...heard, answer };
}

/** The question's own words for it, else ours. */
function whyNot(moment: Moment, { shown }: Posed, answer: Answer): Lead {
  const own = 'constraintMessage' in shown && shown.constraintMessage;
  return own
    ? local(own, moment.language)
    : {
        text: moment.phrase('question.constraint', { got: inWords(moment, shown, answer) }),
        dynamic: true,
      };
}

/** The page of a long list that the reply asks for ("+", "suite"); undefined where it is an answer. */
export function pageAsked(moment: Moment, shown: Question, text: string, page = 0): number | undefined {
  if (!('options' in shown)) return undefined;
  const pages = pagesOf(shown.options.length);
  if (pages < 2) return undefined;
  const said = normalise(text);
  const more = text.trim() === NEXT || lexicon(moment.language).more.has(said);
  return more ? (page + 1) % pages : undefined;
}

/** "C'est noté: bancs, fleurs." It says what the resident said: no text to make once for everybody. */
export const noted = (moment: Moment, question: Question, answer: Answer): Lead => ({
  text: moment.phrase('question.noted', { value: inWords(moment, question, answer) }),
  dynamic: true,
});

/** What came with the reply besides its text, and the messages it can be taken back by. */
export function carried({ event, rich, sources, tapped }: Moment): Pick<Answer, 'f' | 'p' | 'e'> {
  if (event.type !== 'said') return {};
  const files = tapped ? 0 : filesIn(event).length;
  const { latitude, longitude } = event.place ?? {};
  return {
    ...(files > 0 && { f: files }),
    ...(latitude !== undefined && longitude !== undefined && { p: { latitude, longitude } }),
    ...(rich && { e: sources }),
  };
}

/** A sticker is no file: it says as little as an emoji. */
export const filesIn = ({ media = [] }: Extract<Event, { type: 'said' }>): Media[] =>
  media.filter(({ kind }) => kind !== 'sticker');

export const secondsSince = (moment: Moment, started: string): number =>
  Math.max(0, Math.round((moment.now.getTime() - timeOf(started)) / 1000));

export const inWords = (moment: Moment, question: Question, answer: Answer): string =>
  wordsOf(question, answer, moment.language);

/** Whether an answer is still to be followed by "other: what?". */
export const wantsOther = (question: Question, answer: Answer): boolean =>
  answer.v !== undefined &&
  answer.o === undefined &&
  (typeOf(question).asksOther?.(question, answer.v) ?? false);

/** The reply to an answer that was read back: yes, no, or undefined where it is a new answer instead. */
export function confirmed(moment: Moment, text: string): boolean | undefined {
  const reading = readYesNo(text, moment.language);
  return reading.kind === 'value' && reading.certainty !== 'ask' ? reading.value : undefined;
}

/**
 * The answer with what came right behind it: a longer text, or a comment; undefined where that would be too long.
 * `source` is the message it came with; `comment`: the value is no words, though it is written (a day).
 */
export function joined(
  answer: Answer,
  text: string,
  { source, comment = false }: { source?: string | undefined; comment?: boolean | undefined } = {},
): Answer | undefined {
  const more = text.trim();
  const add = (before: string | undefined): string => (before ? `${before} ${more}` : more);
  const next: Answer =
    answer.o !== undefined
      ? { ...answer, o: add(answer.o) }
      : typeof answer.v === 'string' && !comment
        ? { ...answer, v: add(answer.v) }
        : { ...answer, c: add(answer.c) };
  const length = Math.max(...[next.v, next.o, next.c].map((part) => String(part ?? '').length));
  if (length > MAX_TEXT) return undefined;
  return next.e && source ? { ...next, e: [...next.e, source] } : next;
}
