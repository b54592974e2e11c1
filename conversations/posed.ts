/**
 * A question as it is put to one resident: only the options on offer, earlier answers in its texts. What is tapped,
 * typed and said is about what is shown; what is stored is about the question as it was written.
 */
import type { Answer } from './events.ts';
import { text } from './expression.ts';
import type { Lead } from './offer.ts';
import { local } from './phrase.ts';
import type { Texts, Value } from './questions/type.ts';
import { filterOf, type Question, typeOf } from './questions.ts';
import type { Survey } from './survey.ts';
import { type Answers, questionWith, Reckoning } from './survey-paths.ts';

export interface Posed {
  question: Question;
  shown: Question;
  /** The number, as it is stored, of each option that is shown; missing where all of them are. */
  numbers?: number[];
  /** Words of this resident's stand in it. */
  dynamic?: true;
}

const PLACE = /\$\{\s*([^{}\s]+)\s*\}/gu;
const HOLDS_PLACE = /\$\{/;

export function pose(survey: Survey, question: Question, answers: Answers): Posed {
  const pipes = holdsPlaces(question);
  if (filterOf(question) === undefined && !pipes) return { question, shown: question };
  const reckoning = new Reckoning(survey, answers);
  const numbers = reckoning.numbersOf(question);
  const offered =
    numbers && 'options' in question
      ? { ...question, options: numbers.flatMap((number) => question.options[number - 1] ?? []) }
      : question;
  return {
    question,
    shown: pipes ? piped(offered, (said, language) => filled(said, survey, reckoning, language)) : offered,
    ...(numbers && { numbers }),
    ...(pipes && { dynamic: true as const }),
  };
}

const holding = new WeakMap<Question, boolean>();

function holdsPlaces(question: Question): boolean {
  const known = holding.get(question);
  if (known !== undefined) return known;
  const {
    relevant: _r,
    constraint: _c,
    filter: _f,
    calculation: _v,
    ...texts
  } = question as Question & Record<'constraint' | 'filter' | 'calculation', unknown>;
  const holds = HOLDS_PLACE.test(JSON.stringify(texts));
  holding.set(question, holds);
  return holds;
}

/** The texts of a question with something else in their places, in each language. */
function piped<Part extends Question>(
  question: Part,
  fill: (said: string, language: string) => string,
): Part {
  const filledIn = (texts: Texts | undefined): Texts | undefined =>
    texts &&
    Object.fromEntries(Object.entries(texts).map(([language, said]) => [language, fill(said, language)]));
  const changed: Record<string, unknown> = { ...question };
  for (const name of ['text', 'hint', 'constraintMessage', 'low', 'high'])
    if (changed[name]) changed[name] = filledIn(changed[name] as Texts);
  if ('options' in question)
    changed.options = question.options.map((option) => ({
      ...option,
      label: filledIn(option.label) as Texts,
    }));
  return changed as Part;
}

/** A question by itself, where nothing is known of the other answers: all its options, and dots in their places. */
export const posedAlone = (question: Question): Posed => ({
  question,
  shown: holdsPlaces(question) ? piped(question, (said) => said.replace(PLACE, '…')) : question,
});

/** A text with each `${name}` as a resident reads it: an option by its label. */
export const filled = (said: string, survey: Survey, reckoning: Reckoning, language: string): string =>
  said.replace(PLACE, (_, name: string) => {
    const question = questionWith(survey, name);
    const worth = reckoning.answer(name);
    const answer = reckoning.answers[name];
    if (!question || worth === '' || answer?.v === undefined) return inFigures(worth, language);
    return wordsOf(question, answer, language);
  });

/** An answer as a resident reads it. */
export function wordsOf(question: Question, answer: Answer, language: string): string {
  const { labels, shown } = typeOf(question);
  const words = labels?.(question, answer, language).join(', ') || shown?.(answer, language);
  return words || (typeof answer.v === 'number' ? inFigures(answer.v, language) : String(answer.v));
}

/** A number as it is written in the language, "4,5" in French; in the figures that are typed. */
const inFigures = (value: string | number, language: string): string =>
  typeof value !== 'number' || Number.isInteger(value) || !Number.isFinite(value)
    ? text(value)
    : new Intl.NumberFormat(`${language}-u-nu-latn`, {
        useGrouping: false,
        maximumSignificantDigits: 12,
      }).format(value);

/** A survey's own text, its places filled. */
export const filledText = (texts: Texts, survey: Survey, answers: Answers, language: string): string => {
  const said = local(texts, language);
  return HOLDS_PLACE.test(said) ? filled(said, survey, new Reckoning(survey, answers), language) : said;
};

/** The same to stand before a question; what holds words of the resident's says so. */
export const filledLead = (texts: Texts, survey: Survey, answers: Answers, language: string): Lead => {
  const said = filledText(texts, survey, answers, language);
  return HOLDS_PLACE.test(local(texts, language)) ? { text: said, dynamic: true } : said;
};

/** An answer to what was shown, as it is stored. */
export function stored({ numbers }: Posed, answer: Answer): Answer {
  if (!numbers || answer.v === undefined) return answer;
  const number = (shown: number): number => numbers[shown - 1] as number;
  if (Array.isArray(answer.v)) return { ...answer, v: answer.v.map(number) };
  return typeof answer.v === 'number' ? { ...answer, v: number(answer.v) } : answer;
}

/** The other way round: stored numbers as they are shown now; what is not on offer any more is left out. */
export const shownNumbers = ({ numbers }: Posed, given: number[]): number[] =>
  numbers ? given.map((number) => numbers.indexOf(number) + 1).filter((number) => number > 0) : given;

/** What passing a question counts as; undefined where it has no default, or none that is on offer. */
export function defaultOf({ question, numbers }: Posed): Value | undefined {
  if (!('default' in question) || question.default === undefined) return undefined;
  const value = typeOf(question).fromWorth(question, question.default);
  const chosen = Array.isArray(value) ? value : [value];
  return !numbers || chosen.every((number) => numbers.includes(number as number)) ? value : undefined;
}
