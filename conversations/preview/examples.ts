/**
 * What could be answered to a question, as formulas see it: an option, a number inside its limits and on either side
 * of what conditions compare it with, a day. Which of them the survey takes, only the engine says.
 */

import type { Parsed } from '../expression/parse.ts';
import { type Formula, parseFormula } from '../expression.ts';
import { addDays, inParis } from '../hours.ts';
import { constraintOf, narrowingOf, type Question } from '../questions.ts';
import type { Survey } from '../survey.ts';
import { type Answers, Reckoning } from '../survey-paths.ts';

/**
 * - `worth`: what the answer is to be worth to formulas: an option's id, several apart by spaces, a number, a day
 * - `any`: a text, a place, a photo: no formula can tell one from another
 * - `skip`: passed
 */
export type Example = { kind: 'worth'; worth: string | number } | { kind: 'any' } | { kind: 'skip' };

/** For keys and comparisons. */
export const exampleKey = (example: Example): string =>
  example.kind === 'worth' ? `=${example.worth}` : example.kind;

const worth = (value: string | number): Example => ({ kind: 'worth', worth: value });
/** More options than this are not each tried in twos. */
const FEW = 6;

/** From the most natural to the oddest; passing comes last. `now` is when it is asked, `answers` those before it. */
export function examplesFor(
  survey: Survey,
  question: Question,
  { now, answers }: { now: Date; answers: Answers },
): Example[] {
  const offered = new Reckoning(survey, answers).numbersOf(question);
  const shown =
    offered && 'options' in question
      ? { ...question, options: offered.flatMap((number) => question.options[number - 1] ?? []) }
      : question;
  return [...distinct(answersTo(survey, shown, now)), { kind: 'skip' }];
}

function answersTo(survey: Survey, question: Question, now: Date): Example[] {
  switch (question.type) {
    case 'single':
      return ownFirst(question.options).map(({ id }) => worth(id));
    case 'multiple': {
      const ids = ownFirst(question.options).map(({ id }) => id);
      const inOrder = (some: string[]): string =>
        question.options.flatMap(({ id }) => (some.includes(id) ? [id] : [])).join(' ');
      const usual = [ids[0], ids[2] ?? ids[1]].filter((id) => id !== undefined);
      const pairs = ids.length > FEW ? [] : ids.flatMap((a, at) => ids.slice(at + 1).map((b) => [a, b]));
      return [usual, ...ids.map((id) => [id]), ...pairs, ids].map((some) => worth(inOrder(some)));
    }
    case 'rank': {
      const ids = question.options.map(({ id }) => id);
      const most = question.most ?? ids.length;
      // Each option once in front, the others behind it.
      return ids.map((_, from) =>
        worth([...ids.slice(from), ...ids.slice(0, from)].slice(0, most).join(' ')),
      );
    }
    case 'yesno':
      return (question.names ?? ['yes', 'no']).map(worth);
    case 'scale': {
      const marks = Array.from({ length: question.max - question.min + 1 }, (_, at) => question.min + at);
      const middle = marks[Math.ceil((marks.length - 1) / 2)] as number;
      return [middle, ...marks].map(worth);
    }
    case 'number':
    case 'headcount': {
      const { min, max } = { min: 0, ...question };
      const inside = (value: number): boolean => value >= (min ?? value) && value <= (max ?? value);
      const whole = !('decimals' in question && question.decimals);
      const near = comparedWith(survey, question).flatMap((text) => [+text, +text + 1, +text - 1]);
      const plain = [2, 30, 3, 1, min ?? 0, max ?? 100, Math.round(((min ?? 0) + (max ?? 100)) / 2)];
      return [...plain, ...near]
        .filter((value) => Number.isFinite(value) && inside(value) && (!whole || Number.isInteger(value)))
        .map(worth);
    }
    case 'date': {
      const near = comparedWith(survey, question).filter((text) => /^\d{4}-\d\d-\d\d$/.test(text));
      return [
        ...[9, 30, -9, -400, 400, -365 * 30].map((days) => addDays(inParis(now).date, days)),
        ...near.flatMap((day) => [day, addDays(day, 1), addDays(day, -1)]),
      ].map(worth);
    }
    case 'time': {
      const near = comparedWith(survey, question).filter((text) => /^\d\d:\d\d$/.test(text));
      return ['14:30', '09:00', '18:00', '07:00', '21:00', ...near].map(worth);
    }
    case 'datetime':
      return [9, 30, -9, -400].map((days) => worth(`${addDays(inParis(now).date, days)}T14:30`));
    default:
      return [{ kind: 'any' }];
  }
}

/** "Other" comes last: it is followed by a question more. */
const ownFirst = <Option extends { other?: true }>(options: Option[]): Option[] => [
  ...options.filter(({ other }) => !other),
  ...options.filter(({ other }) => other),
];

function distinct(examples: Example[]): Example[] {
  const keys = new Set<string>();
  return examples.filter((example) => {
    const key = exampleKey(example);
    return !keys.has(key) && keys.add(key);
  });
}

/** The numbers and texts that any formula compares this question with; for its own constraint, `.` is it. */
function comparedWith(survey: Survey, question: Question): string[] {
  const found = new Set<string>();
  const visit = (node: Parsed, own: boolean): void => {
    if (node.kind !== 'call') return;
    const mentions = node.of.some((inner) => mentionsIt(inner, question.id, own));
    for (const inner of node.of) {
      if (inner.kind === 'literal' && mentions) found.add(String(inner.value));
      visit(inner, own);
    }
  };
  for (const { formula, own } of formulasOf(survey, question)) visit(formula.parsed, own);
  return [...found].filter((text) => text !== '');
}

const mentionsIt = (node: Parsed, id: string, own: boolean): boolean =>
  (node.kind === 'answer' && node.name === id) ||
  (own && node.kind === 'self') ||
  (node.kind === 'call' && node.of.some((inner) => mentionsIt(inner, id, own)));

function formulasOf(survey: Survey, question: Question): { formula: Formula; own: boolean }[] {
  const own = [constraintOf(question) ?? []].flat();
  const others = [
    ...survey.questions.flatMap((each) => [
      ...[each.relevant ?? []].flat(),
      ...narrowingOf(each),
      ...('calculation' in each ? [each.calculation] : []),
    ]),
    ...(survey.sections ?? []).flatMap(({ relevant }) => relevant ?? []),
  ];
  return [
    ...own.map((text) => ({ formula: parseFormula(text), own: true })),
    ...others.map((text) => ({ formula: parseFormula(text), own: false })),
  ];
}
