/** When two revisions ask the same question, and what an answer to the earlier one says in the later one. */
import type { Answer } from './events.ts';
import { type Question, typeOf } from './questions.ts';
import type { Survey } from './survey.ts';

const codesOf = (question: Question): string =>
  JSON.stringify(
    typeOf(question)
      .columns(question)
      .map((column) => column.codes?.map(({ code }) => code)),
  );

/**
 * Whether answers to both can stand in one column: same id, same type, and the same codes unless options, which have
 * ids, say what each answer was.
 */
export function continues(later: Question, earlier: Question): boolean {
  if (later.id !== earlier.id || later.type !== earlier.type) return false;
  return 'options' in later || codesOf(later) === codesOf(earlier);
}

/**
 * Answers given in one revision as they read in a later one, for who takes the survey up again after it has changed.
 * What the later one does not ask, or an option that it does not have, is left out.
 */
export function carriedOver(
  answers: Record<string, Answer>,
  from: Survey,
  to: Survey,
): Record<string, Answer> {
  return Object.fromEntries(
    Object.entries(answers).flatMap(([id, answer]) => {
      const [earlier, later] = [from, to].map(({ questions }) => questions.find((each) => each.id === id));
      if (!earlier || !later || !continues(later, earlier)) return [];
      const same = renumbered(answer, earlier, later);
      return same ? [[id, same]] : [];
    }),
  );
}

/** Options are stored by their number, from 1, which another order changes. */
function renumbered(answer: Answer, earlier: Question, later: Question): Answer | undefined {
  if (!('options' in earlier) || !('options' in later) || answer.v === undefined) return answer;
  const number = (value: number): number =>
    later.options.findIndex(({ id }) => id === earlier.options[value - 1]?.id) + 1;
  const numbers = (Array.isArray(answer.v) ? answer.v : [Number(answer.v)]).map(number);
  if (numbers.includes(0)) return undefined;
  return { ...answer, v: Array.isArray(answer.v) ? numbers : (numbers[0] as number) };
}
