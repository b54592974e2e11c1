/** One reply to one question: what it amounts to, what is read back, and what still joins it. */
import type { Answer, Event, Media } from './events.ts';
import type { Moment } from './moment.ts';
import type { Lead } from './offer.ts';
import { type Question, typeOf } from './questions.ts';
import { MAX_TEXT } from './session.ts';
import { readYesNo } from './understand/yes-no.ts';

/**
 * - `answer` to store; `noted` says it back in the next message, where it was put together from several words
 * - `check` counts only once the resident says yes to it
 * - `again` the question is asked again; `got` is what was meant as a number of the list
 */
export type Heard =
  | { kind: 'answer'; answer: Answer; noted?: Lead }
  | { kind: 'check'; answer: Answer }
  | { kind: 'again'; got?: string };

/** Reads one reply to one question. `started` is when the survey began, for the answer's time. */
export function readAnswer(moment: Moment, question: Question, text: string, started: string): Heard {
  const type = typeOf(question);
  const reading = type.parse(question, text, moment.language);
  if (reading.kind === 'unclear')
    return { kind: 'again', ...(reading.got !== undefined && { got: reading.got }) };
  const t = secondsSince(moment, started);
  if (reading.kind !== 'value') return { kind: 'answer', answer: { m: 'skip', t, ...carried(moment) } };
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
  Math.max(0, Math.round((moment.now.getTime() - Date.parse(started)) / 1000));

export const inWords = (moment: Moment, question: Question, answer: Answer): string =>
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

/**
 * The answer with what came right behind it: a longer text, or a comment; undefined where that would be too long.
 * `source` is the message it came with.
 */
export function joined(answer: Answer, text: string, source?: string): Answer | undefined {
  const more = text.trim();
  const add = (before: string | undefined): string => (before ? `${before} ${more}` : more);
  const next: Answer =
    answer.o !== undefined
      ? { ...answer, o: add(answer.o) }
      : typeof answer.v === 'string'
        ? { ...answer, v: add(answer.v) }
        : { ...answer, c: add(answer.c) };
  const length = Math.max(...[next.v, next.o, next.c].map((part) => String(part ?? '').length));
  if (length > MAX_TEXT) return undefined;
  return next.e && source ? { ...next, e: [...next.e, source] } : next;
}
