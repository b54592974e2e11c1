/**
 * One sheet's answers as they count in the export: those to questions that are relevant, with what is worked out from
 * them; and which questions and options this person was not to be asked.
 */
import type { AnswerSheet } from '../../conversations/events.ts';
import { namesIn, parseFormula } from '../../conversations/expression.ts';
import type { Question } from '../../conversations/questions.ts';
import type { Survey } from '../../conversations/survey.ts';
import {
  type Answers,
  answersThatCount,
  branches,
  conditionsOf,
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
  const values = Object.entries(worked(survey, given)).filter(([, v]) => v !== '');
  const answers = { ...given, ...Object.fromEntries(values.map(([id, v]) => [id, { v, t: 0 }])) };
  const reckoning = new Reckoning(survey, given);
  return {
    answers,
    isRuledOut: (question) => isRuledOut(survey, reckoning, question),
    offered(question) {
      const numbers = reckoning.numbersOf(question);
      if (!numbers || !('options' in question)) return undefined;
      return new Set(numbers.flatMap((number) => question.options[number - 1]?.id ?? []));
    },
  };
}

/**
 * Not relevant, and nothing that is still to be answered could change that: then it was passed over, and not left
 * behind by who stopped on the way.
 */
function isRuledOut(
  survey: Survey,
  reckoning: Reckoning,
  question: Question,
  seen = new Set<string>(),
): boolean {
  if (reckoning.isRelevant(question)) return false;
  seen.add(question.id);
  const isKnown = (name: string): boolean => {
    if (seen.has(name) || name in reckoning.answers) return true;
    const other = questionWith(survey, name);
    if (!other) return true;
    return other.type === 'calculate'
      ? namesIn(parseFormula(other.calculation)).answers.every(isKnown)
      : isRuledOut(survey, reckoning, other, seen);
  };
  const formulas = [
    ...conditionsOf(survey, question),
    ...('filter' in question && question.filter ? [question.filter] : []),
  ];
  return formulas.every((formula) => namesIn(parseFormula(formula)).answers.every(isKnown));
}
