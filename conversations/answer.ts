/** One reply to one question: what it amounts to, what is read back, and what still joins it. */
import type { Answer } from './events.ts';
import type { Moment } from './moment.ts';
import { type Question, typeOf } from './questions.ts';
import { MAX_TEXT } from './session.ts';
import { readYesNo } from './understand/yes-no.ts';

/**
 * - `answer` to store; `noted` says it back in the next message, where it was put together from several words
 * - `check` counts only once the resident says yes to `question`
 * - `again` the question is asked again; `offList`: what was meant as a number of the list
 */
export type Heard =
  | { kind: 'answer'; answer: Answer; noted?: string }
  | { kind: 'check'; answer: Answer; question: string }
  | { kind: 'again'; question: string; offList: boolean };

/** Reads one reply to one question. `started` is when the survey began, for the answer's time. */
export function readAnswer(moment: Moment, question: Question, text: string, started: string): Heard {
  const type = typeOf(question);
  const reading = type.parse(question, text, moment.language);
  if (reading.kind === 'unclear')
    return {
      kind: 'again',
      question: askedAgain(moment, question, reading.got),
      offList: reading.got !== undefined,
    };
  const t = secondsSince(moment, started);
  if (reading.kind !== 'value') return { kind: 'answer', answer: { m: 'skip', t } };
  const { value, comment, certainty } = reading;
  const raw = text.trim();
  const answer: Answer = {
    v: value,
    t,
    ...(comment && (type.asksOther?.(question, value) ? { o: comment } : { c: comment })),
    ...(raw !== String(value) && { r: raw }),
    ...(moment.language !== 'fr' && { l: moment.language }),
  };
  if (certainty === 'ask')
    return {
      kind: 'check',
      answer,
      question: moment.phrase('question.check', { value: inWords(moment, question, answer) }),
    };
  return {
    kind: 'answer',
    answer,
    ...(certainty === 'readBack' && {
      noted: moment.phrase('question.noted', { value: inWords(moment, question, answer) }),
    }),
  };
}

/** How the question is asked again; where its options are asked one by one, that is a yes or no too. */
export const askedAgain = (moment: Moment, question: Question, got?: string): string =>
  moment.plain && typeOf(question).oneByOne
    ? moment.phrase('question.againYesno')
    : typeOf(question).again(question, moment, got);

export const secondsSince = (moment: Moment, started: string): number =>
  Math.max(0, Math.round((moment.now.getTime() - Date.parse(started)) / 1000));

const inWords = (moment: Moment, question: Question, answer: Answer): string =>
  typeOf(question).labels?.(question, answer, moment.language).join(', ') || String(answer.v);

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

/** The answer with what came right behind it: a longer text, or a comment; undefined where that would be too long. */
export function joined(answer: Answer, text: string): Answer | undefined {
  const more = text.trim();
  const add = (before: string | undefined): string => (before ? `${before} ${more}` : more);
  const next: Answer =
    answer.o !== undefined
      ? { ...answer, o: add(answer.o) }
      : typeof answer.v === 'string'
        ? { ...answer, v: add(answer.v) }
        : { ...answer, c: add(answer.c) };
  const length = Math.max(...[next.v, next.o, next.c].map((part) => String(part ?? '').length));
  return length <= MAX_TEXT ? next : undefined;
}
