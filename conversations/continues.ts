/** When two revisions ask the same question, so that its answers stand in one column of the results. */
import { type Question, typeOf } from './questions.ts';

const codesOf = (question: Question): string =>
  JSON.stringify(
    typeOf(question)
      .columns(question)
      .map((column) => column.codes?.map(({ code }) => code)),
  );

/** Same id, same type, and the same codes unless options, which have ids, say what each answer was. */
export function continues(later: Question, earlier: Question): boolean {
  if (later.id !== earlier.id || later.type !== earlier.type) return false;
  return 'options' in later || codesOf(later) === codesOf(earlier);
}
