/** A survey's formulas with their places, and what each looks at, through calculations to the questions behind. */
import { type Formula, namesIn, parseFormula } from '../expression.ts';
import type { Section, Survey } from '../survey.ts';
import { conditionsOf, questionWith } from '../survey-paths.ts';

export interface PlacedFormula {
  /** `questions[2].relevant` */
  place: string;
  field: 'relevant' | 'constraint' | 'filter' | 'calculation';
  text: string;
  formula: Formula;
  /** The question it belongs to, by its index; a section's formula has none. */
  index?: number;
  section?: Section;
}

const FIELDS = ['relevant', 'constraint', 'filter', 'calculation'] as const;

/** All of them; `parse` is what is done with each text. */
export function formulasOf(survey: Survey): PlacedFormula[] {
  const sections = (survey.sections ?? []).flatMap((section, index) =>
    section.relevant
      ? [{ ...placed(`sections[${index}].relevant`, 'relevant', section.relevant), section }]
      : [],
  );
  const questions = survey.questions.flatMap((question, index) =>
    FIELDS.flatMap((field) => {
      const text = (question as Partial<Record<(typeof FIELDS)[number], string>>)[field];
      return text ? [{ ...placed(`questions[${index}].${field}`, field, text), index }] : [];
    }),
  );
  return [...sections, ...questions];
}

const placed = (place: string, field: PlacedFormula['field'], text: string): PlacedFormula => ({
  place,
  field,
  text,
  formula: parseFormula(text),
});

export const answersIn = (text: string): string[] => namesIn(parseFormula(text)).answers;

/** The questions that must have been asked before the named values are known: a calculation is what it looks at. */
export function sourcesOf(survey: Survey, names: Iterable<string>): Set<string> {
  const found = new Set<string>();
  const seen = new Set<string>();
  const visit = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    const question = questionWith(survey, name);
    if (question?.type === 'calculate') answersIn(question.calculation).forEach(visit);
    else if (question) found.add(name);
  };
  for (const name of names) visit(name);
  return found;
}

/** The sources, and all that whether they are asked and what they may say depends on. */
export function closureOf(survey: Survey, names: Iterable<string>): Set<string> {
  const found = new Set<string>();
  const visit = (name: string): void => {
    const question = questionWith(survey, name);
    if (!question || found.has(name)) return;
    found.add(name);
    const own = ['constraint', 'filter', 'calculation'] as const;
    const formulas = own.flatMap(
      (field) => (question as Partial<Record<(typeof own)[number], string>>)[field] ?? [],
    );
    for (const formula of [...conditionsOf(survey, question), ...formulas]) answersIn(formula).forEach(visit);
  };
  for (const name of names) visit(name);
  return found;
}

/** Of the names, those that are only known at the question with this index, or later. */
export const laterIn = (survey: Survey, names: Iterable<string>, index: number): string[] =>
  [...sourcesOf(survey, names)].filter(
    (name) => survey.questions.findIndex(({ id }) => id === name) >= index,
  );
