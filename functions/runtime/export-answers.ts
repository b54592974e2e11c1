/**
 * One sheet's answers as they count in the export: those to questions that are relevant, with what is worked out from
 * them; and which questions and options this person was not to be asked.
 */
import type { Answer, AnswerSheet } from '../../conversations/events.ts';
import { isTrue, namesIn, parseFormula } from '../../conversations/expression.ts';
import { filterOf, type Question } from '../../conversations/questions.ts';
import type { Survey } from '../../conversations/survey.ts';
import {
  type Answers,
  answersThatCount,
  branches,
  conditionsOf,
  hangingOnErased,
  questionWith,
  Reckoning,
  worked,
} from '../../conversations/survey-paths.ts';

export interface Counted {
  answers: Answers;
  /** Whether it is certain, given the answers, that the question was not to be asked. */
  isRuledOut(question: Question): boolean;
  /** The ids of the options that were on offer, where a filter chose among them. */
  offered(question: Question): Set<string> | undefined;
}

const calculates = new WeakMap<Survey, boolean>();

function isPlain(survey: Survey): boolean {
  let known = calculates.get(survey);
  if (known === undefined) {
    known = survey.questions.some(({ type }) => type === 'calculate');
    calculates.set(survey, known);
  }
  return !known && !branches(survey);
}

/** `survey` is the revision the sheet was answered in. Most surveys go straight on: their answers are as they are. */
export function countedIn(survey: Survey, sheet: AnswerSheet): Counted {
  if (isPlain(survey)) return { answers: sheet.answers, isRuledOut: () => false, offered: () => undefined };
  const given = answersThatCount(survey, sheet.answers);
  const reckoning = new Reckoning(survey, given);
  const hanging = hangingOnErased(survey, given);
  const values = Object.entries(worked(survey, given)).flatMap(([id, v]): [string, Answer][] => {
    // What was worked out from words that are gone went with them.
    if (hanging.has(id)) return [[id, { m: 'erased', t: 0 }]];
    return v === '' ? [] : [[id, { v, t: 0 }]];
  });
  const answers = { ...given, ...Object.fromEntries(values) };
  return {
    answers,
    isRuledOut: (question) => !hanging.has(question.id) && isRuledOut(survey, reckoning, question),
    offered(question) {
      const numbers = reckoning.numbersOf(question);
      if (!numbers || !('options' in question) || !question.filter) return undefined;
      if (hanging.has(question.id)) return undefined;
      // Who left before the filter's own question was answered may have been offered any of them.
      if (!isSettled(survey, reckoning, question.filter)) return undefined;
      return new Set(numbers.flatMap((number) => question.options[number - 1]?.id ?? []));
    },
  };
}

/** Whether all a formula looks at is known: nothing that is still to be answered could change it. */
function isSettled(survey: Survey, reckoning: Reckoning, formula: string, seen = new Set<string>()): boolean {
  const isKnown = (name: string): boolean => {
    if (seen.has(name) || name in reckoning.answers) return true;
    const question = questionWith(survey, name);
    if (!question) return true;
    return question.type === 'calculate'
      ? isSettled(survey, reckoning, question.calculation, new Set([...seen, name]))
      : isRuledOut(survey, reckoning, question, seen);
  };
  return namesIn(parseFormula(formula)).answers.every(isKnown);
}

/**
 * Not relevant, and nothing that is still to be answered could change that: then it was passed over, and not left
 * behind by who stopped on the way. One condition that cannot be met any more is enough.
 */
function isRuledOut(
  survey: Survey,
  reckoning: Reckoning,
  question: Question,
  seen = new Set<string>(),
): boolean {
  if (reckoning.isRelevant(question)) return false;
  const within = new Set([...seen, question.id]);
  const settled = (formula: string): boolean => isSettled(survey, reckoning, formula, within);
  const unmet = conditionsOf(survey, question).filter((each) => !isTrue(parseFormula(each), reckoning));
  const filter = filterOf(question);
  const empty = filter !== undefined && reckoning.numbersOf(question)?.length === 0;
  return unmet.some(settled) || (empty && settled(filter));
}
