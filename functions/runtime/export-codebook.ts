/** The codebook of an export: what every column of the answers means, and how often it was answered or not. */
import { local } from '../../conversations/phrase.ts';
import type { Column } from '../../conversations/questions/type.ts';
import type { Survey } from '../../conversations/survey.ts';
import { conditionsOf } from '../../conversations/survey-paths.ts';
import words from '../../locales/fr/codebook.json';
import { type ExportedQuestion, type Layout, MISSING, type Missing } from './export-columns.ts';
import type { Cell } from './export-csv.ts';

/** What is known of every row, in the order of the columns; the questions and the weight come after. */
export const FACTS = [
  'id_reponse',
  'id_participant',
  'sondage',
  'version',
  'canal',
  'langue',
  'mode',
  'source',
  'quartier',
  'qpv',
  'tranche_age',
  'debut',
  'fin',
  'duree_s',
  'termine',
  'nb_relances',
] as const;
export type Fact = (typeof FACTS)[number];
export const WEIGHT = 'poids';

const GAPS = Object.keys(MISSING) as Missing[];

/** One row a column of the answers, in their order. Counts stand beside coded columns, where they add up. */
export function* codebook(survey: Survey, layout: Layout): Generator<Cell[]> {
  const { base = 'fr' } = survey;
  const languages = [base, ...survey.languages.filter((language) => language !== base)];
  yield [
    'variable',
    'nom',
    ...languages.map((language) => `question_${language}`),
    ...['type', 'codes', 'libelles', 'condition'],
    ...['n_repondu', 'n_passe', 'n_non_pose', 'n_incompris', 'n_abandon', 'n_efface'],
  ];
  const about = (name: Fact | typeof WEIGHT): Cell[] => {
    const { type, text } = words.meta[name];
    return [name, undefined, text, ...empty(languages.length - 1), type, ...empty(9)];
  };
  for (const name of FACTS) yield about(name);
  for (const exported of layout.questions)
    for (const column of exported.columns) {
      const name = exported.name + column.suffix;
      const texts = languages.map((language) => textOf(exported, column, language, base));
      const about = [name, exported.question.id, ...texts];
      if (!column.coded)
        yield [...about, words.kinds[column.kind], ...empty(2), conditionOf(exported), ...empty(6)];
      else {
        const codes = [
          ...(column.codes ?? []),
          ...GAPS.map((gap) => ({ code: MISSING[gap], label: words.missing[gap] })),
        ];
        const counts = layout.counts.get(name);
        yield [
          ...about,
          words.types[exported.question.type],
          codes.map(({ code }) => code).join('|'),
          codes.map(({ label }) => label.replaceAll('|', '/')).join('|'),
          conditionOf(exported),
          counts?.answered,
          counts?.skipped,
          counts?.notAsked,
          counts?.unknown,
          counts?.abandoned,
          counts?.erased,
        ];
      }
    }
  yield about(WEIGHT);
}

const empty = (count: number): Cell[] => Array.from({ length: count }, () => undefined);

/** When it is asked, as a formula; its own and those of the sections around it. */
function conditionOf({ question, survey }: ExportedQuestion): string | undefined {
  const [first, ...more] = conditionsOf(survey, question);
  return more.length === 0 ? first : [first, ...more].map((each) => `(${each})`).join(' and ');
}

/** What was asked, in this language, and what the column says of it. */
export function textOf(
  { question, retired }: ExportedQuestion,
  column: Column,
  language: string,
  base: string,
): string {
  // What is worked out has no text, but a formula.
  const text = 'text' in question ? local(question.text, language) : question.calculation;
  if (language !== base) return text;
  const side = column.coded ? undefined : (words.side as Record<string, string>)[column.suffix];
  return [
    text,
    ...(side ? [`(${side})`] : []),
    ...(retired === undefined ? [] : [words.retired.replace('{revision}', String(retired))]),
  ].join(' ');
}
