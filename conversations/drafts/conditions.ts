/** Under which answers a question may be asked, in words: what staff choose from instead of writing a formula. */
import type { Parsed } from '../expression/parse.ts';
import { parseFormula } from '../expression.ts';
import { baseOfDraft, type DraftQuestion, type WrittenSurvey } from './draft.ts';

export interface ConditionGroup {
  /** The earlier question: « Q2. Vous venez ? ». */
  name: string;
  choices: { formula: string; words: string }[];
}

/** Conditions that were chosen, all of which must hold, or one at least. */
export interface Chosen {
  join: 'and' | 'or';
  formulas: string[];
}

const MOST_LETTERS = 60;
const short = (text: string): string =>
  [...text].length > MOST_LETTERS ? `${[...text].slice(0, MOST_LETTERS).join('')}…` : text;

/** Of the questions before the one at this place. */
export function conditionsBefore(survey: WrittenSurvey, at: number): ConditionGroup[] {
  const base = baseOfDraft(survey);
  return survey.questions.slice(0, at).flatMap((question, index) => {
    const choices = choicesOf(question, base);
    const text = question.text?.[base] ?? '';
    return choices.length > 0 ? [{ name: short(`Q${index + 1}. ${text || question.id}`), choices }] : [];
  });
}

function choicesOf(question: DraftQuestion, base: string): ConditionGroup['choices'] {
  const answer = `\${${question.id}}`;
  const said = (option: { id: string; label?: Record<string, string> | undefined }): string =>
    `« ${short(option.label?.[base] || option.id)} »`;
  const options = (question.options ?? []).filter(({ id }) => /^[\w.-]+$/.test(id));
  switch (question.type) {
    case 'yesno': {
      const [yes, no] = (question.names as [string, string] | undefined) ?? ['yes', 'no'];
      return [
        { formula: `${answer} = '${yes}'`, words: 'la réponse est oui' },
        { formula: `${answer} = '${no}'`, words: 'la réponse est non' },
      ];
    }
    case 'single':
      return options.flatMap((option) => [
        { formula: `${answer} = '${option.id}'`, words: `la réponse est ${said(option)}` },
        { formula: `${answer} != '${option.id}'`, words: `la réponse n’est pas ${said(option)}` },
      ]);
    case 'multiple':
      return options.flatMap((option) => [
        { formula: `selected(${answer}, '${option.id}')`, words: `${said(option)} est parmi les choix` },
        {
          formula: `not(selected(${answer}, '${option.id}'))`,
          words: `${said(option)} n’est pas parmi les choix`,
        },
      ]);
    case 'scale': {
      const [min, max] = [Number(question.min), Number(question.max)];
      if (!(Number.isInteger(min) && Number.isInteger(max) && max - min < 10)) return [];
      const marks = Array.from({ length: Math.max(0, max - min) }, (_, index) => min + index);
      return [
        ...marks.map((mark) => ({ formula: `${answer} <= ${mark}`, words: `la note est ${mark} ou moins` })),
        ...marks.map((mark) => ({
          formula: `${answer} >= ${mark + 1}`,
          words: `la note est ${mark + 1} ou plus`,
        })),
      ];
    }
    case 'note':
    case 'calculate':
      return [];
    default:
      return [{ formula: `${answer} != ''`, words: 'il y a une réponse' }];
  }
}

/** The formula of conditions that were chosen; the same one twice counts once. */
export const joined = ({ join, formulas }: Chosen): string => [...new Set(formulas)].join(` ${join} `);

/** Which of the choices a formula is made of; none where it says what cannot be chosen. */
export function chosenIn(formula: string, groups: ConditionGroup[]): Chosen | undefined {
  if (formula.trim() === '') return { join: 'and', formulas: [] };
  const parsed = parsedOf(formula);
  if (!parsed) return undefined;
  const offered = new Map(
    groups.flatMap(({ choices }) =>
      choices.map((choice) => [JSON.stringify(parsedOf(choice.formula)), choice.formula]),
    ),
  );
  const join = parsed.kind === 'call' && parsed.name === 'or' ? 'or' : 'and';
  const formulas = sidesOf(parsed, join).map((side) => offered.get(JSON.stringify(side)));
  return formulas.every((each) => each !== undefined) ? { join, formulas } : undefined;
}

const sidesOf = (node: Parsed, join: string): Parsed[] =>
  node.kind === 'call' && node.name === join ? node.of.flatMap((side) => sidesOf(side, join)) : [node];

function parsedOf(formula: string): Parsed | undefined {
  try {
    return parseFormula(formula).parsed;
  } catch {
    return undefined;
  }
}
