/**
 * What makes a survey unusable although each part of it is well formed: names used twice or not at all, formulas that
 * do not parse, circles, a missing base text. In English, with place and value: `readSurvey` throws them all at once.
 */
import { FormulaError } from '../expression/tokens.ts';
import { namesIn, parseFormula } from '../expression.ts';
import type { Question } from '../questions.ts';
import type { Section, Survey } from '../survey.ts';
import { optionsOf, textsOf } from './texts-of.ts';

/** French, where a survey does not say otherwise. */
export const baseOf = ({ base }: { base?: string }): string => base ?? 'fr';

export function structuralFaults(survey: Survey): string[] {
  return [
    ...languageFaults(survey),
    ...idFaults(survey),
    ...sectionFaults(survey),
    ...limitFaults(survey),
    ...formulaFaults(survey),
    ...circles(survey),
  ];
}

function languageFaults(survey: Survey): string[] {
  const base = baseOf(survey);
  const unknown = survey.languages.includes(base)
    ? []
    : [
        `languages: the base language "${base}" is not among them, got ${survey.languages.map((each) => `"${each}"`).join(', ')}`,
      ];
  return [
    ...unknown,
    ...textsOf(survey).flatMap(({ place, texts }) =>
      texts[base] === undefined
        ? [`${place}: has no text in "${base}", the language that stands in for others`]
        : [],
    ),
  ];
}

/** An id is for ever, and answers are stored under it: two things may not share one. */
function idFaults({ questions, sections = [] }: Survey): string[] {
  const ids = questions.map(({ id }) => id);
  return [
    ...twice(ids, (index) => `questions[${index}].id`),
    ...twice(
      sections.map(({ id }) => id),
      (index) => `sections[${index}].id`,
    ),
    ...ids.flatMap((id, index) => {
      if (id in {}) return [`questions[${index}].id: "${id}" is taken, use another`];
      // "a.other" is where "other: what?" of a question "a" is asked.
      const owner = ids.find((other) => id.startsWith(`${other}.`));
      return owner === undefined
        ? []
        : [`questions[${index}].id: "${id}" begins with the id "${owner}" and a dot, use another`];
    }),
    ...questions.flatMap((question, index) => [
      ...twice(
        optionsOf(question).map(({ id }) => id),
        (option) => `questions[${index}].options[${option}].id`,
      ),
      ...(question.type === 'yesno' && question.names && question.names[0] === question.names[1]
        ? [`questions[${index}].names: yes and no have the same name, got "${question.names[0]}"`]
        : []),
    ]),
  ];
}

const twice = (ids: string[], place: (index: number) => string): string[] =>
  ids.flatMap((id, index) => (ids.indexOf(id) < index ? [`${place(index)}: "${id}" is used twice`] : []));

function sectionFaults(survey: Survey): string[] {
  const { questions, sections = [] } = survey;
  const known = new Map(sections.map((section) => [section.id, section]));
  const unknown = (part: { section?: string }, place: string): string[] =>
    part.section !== undefined && !known.has(part.section)
      ? [`${place}.section: there is no section "${part.section}"`]
      : [];
  return [
    ...sections.flatMap((section, index) => [
      ...unknown(section, `sections[${index}]`),
      ...(standsInItself(section, known)
        ? [`sections[${index}].section: "${section.id}" stands in itself, by way of "${section.section}"`]
        : []),
    ]),
    ...questions.flatMap((question, index) => unknown(question, `questions[${index}]`)),
    ...enteredAgain(survey, known),
  ];
}

/** A section is one stretch of questions, as a group of an XLSForm is. */
function enteredAgain({ questions }: Survey, known: Map<string, Section>): string[] {
  const left = new Set<string>();
  let around = new Set<string>();
  return questions.flatMap((question, index) => {
    const here = new Set<string>();
    for (let at = question.section; at !== undefined && !here.has(at); at = known.get(at)?.section)
      here.add(at);
    for (const section of around) if (!here.has(section)) left.add(section);
    around = here;
    const again = [...here].filter((section) => left.has(section));
    return again.map(
      (section) =>
        `questions[${index}].section: "${section}" is entered again after other questions: a section's questions stand together`,
    );
  });
}

function standsInItself(section: Section, known: Map<string, Section>): boolean {
  const seen = new Set<string>();
  for (let at = section.section; at !== undefined && !seen.has(at); at = known.get(at)?.section) {
    if (at === section.id) return true;
    seen.add(at);
  }
  return false;
}

function limitFaults({ opens, closes, questions }: Survey): string[] {
  return [
    ...(closes < opens ? [`closes: "${closes}" is before it opens, "${opens}"`] : []),
    ...questions.flatMap((question, index) => {
      const { min, max } = question as { min?: number; max?: number };
      const place = `questions[${index}]`;
      if (min !== undefined && max !== undefined && min >= max)
        return [`${place}.max: ${max} is not above min, ${min}`];
      if (question.type === 'rank' && question.most !== undefined && question.most > question.options.length)
        return [`${place}.most: ${question.most} is more than its ${question.options.length} options`];
      return [];
    }),
  ];
}

/** What each kind of formula may look at besides answers. */
const FIELDS = {
  relevant: { self: false, columns: false },
  constraint: { self: true, columns: false },
  filter: { self: false, columns: true },
  calculation: { self: false, columns: false },
} as const;
type Field = keyof typeof FIELDS;

const formulaIn = (part: Question | Section, field: Field): string | undefined =>
  (part as Partial<Record<Field, string>>)[field];

/** Every formula that parses is about what is there. */
function formulaFaults(survey: Survey): string[] {
  const ids = new Set(survey.questions.map(({ id }) => id));
  const parts: [part: Question | Section, place: string][] = [
    ...(survey.sections ?? []).map((part, index) => [part, `sections[${index}]`] as [Section, string]),
    ...survey.questions.map((part, index) => [part, `questions[${index}]`] as [Question, string]),
  ];
  return parts.flatMap(([part, place]) =>
    (Object.keys(FIELDS) as Field[]).flatMap((field) => {
      const text = formulaIn(part, field);
      if (text === undefined) return [];
      const at = `${place}.${field}`;
      const names = readNames(text);
      if (typeof names === 'string') return [`${at}: ${names}, in "${text}"`];
      const columns = 'options' in part ? columnsOf(part) : new Set<string>();
      return [
        ...names.answers
          .filter((name) => !ids.has(name))
          .map((name) => `${at}: there is no question "${name}", in "${text}"`),
        ...(names.self && !FIELDS[field].self
          ? [`${at}: . is the answer at hand, which only a constraint has, in "${text}"`]
          : []),
        ...names.columns.flatMap((name) =>
          !FIELDS[field].columns
            ? [`${at}: "${name}" is neither quoted nor an answer as in \${${name}}, in "${text}"`]
            : columns.has(name)
              ? []
              : [`${at}: no option has a column "${name}", in "${text}"`],
        ),
      ];
    }),
  );
}

/** `name` is the option's own id, as in XLSForm. */
const columnsOf = (question: Extract<Question, { options: unknown }>): Set<string> =>
  new Set(['name', ...question.options.flatMap(({ columns }) => Object.keys(columns ?? {}))]);

function readNames(text: string): ReturnType<typeof namesIn> | string {
  try {
    return namesIn(parseFormula(text));
  } catch (error) {
    if (error instanceof FormulaError) return error.message;
    throw error;
  }
}

/** Whether a question is asked, or what a calculation is worth, may not depend on itself. */
function circles(survey: Survey): string[] {
  const sections = new Map((survey.sections ?? []).map((section) => [section.id, section]));
  const looksAt = (text: string | undefined): string[] => {
    const names = text === undefined ? undefined : readNames(text);
    return names === undefined || typeof names === 'string' ? [] : names.answers;
  };
  const around = (part: { section?: string }): Section[] => {
    const found: Section[] = [];
    for (
      let at = sections.get(part.section ?? '');
      at && !found.includes(at);
      at = sections.get(at.section ?? '')
    )
      found.push(at);
    return found;
  };
  const edges = new Map(
    survey.questions.map((question) => [
      question.id,
      [
        ...[question, ...around(question)].flatMap((part) => looksAt(part.relevant)),
        ...looksAt(formulaIn(question, 'filter')),
        ...looksAt(formulaIn(question, 'calculation')),
      ],
    ]),
  );
  return survey.questions.flatMap(({ id }, index) => {
    const way = wayBack(id, edges);
    return way
      ? [
          `questions[${index}]: "${id}" depends on itself, by way of ${way.map((each) => `"${each}"`).join(', ')}`,
        ]
      : [];
  });
}

function wayBack(id: string, edges: Map<string, string[]>): string[] | undefined {
  const seen = new Set<string>();
  const from = (name: string, way: string[]): string[] | undefined => {
    for (const next of edges.get(name) ?? []) {
      if (next === id) return way.length > 0 ? way : [id];
      if (seen.has(next)) continue;
      seen.add(next);
      const found = from(next, [...way, next]);
      if (found) return found;
    }
    return undefined;
  };
  return from(id, []);
}
