/** One question as a row of the survey sheet, by column. What XLSForm cannot say stands in `bind::pv:` columns. */
import { phrase } from '../phrase.ts';
import type { Option, Texts } from '../questions/type.ts';
import type { Question } from '../questions.ts';
import { type Bounds, boundsAsFormula, boundsInFormula, isBounded, withBounds } from './bounds.ts';
import type { ListsOut } from './export-lists.ts';
import { type Choice, choicesOf, yesNoIn } from './lists.ts';
import { LIST_NAMED, OWN_LIST, YES_NO } from './read-question.ts';

/** Cells by column; texts by column and language. */
export interface RowOut {
  cells: Record<string, string>;
  texts: Record<string, Texts>;
}

type Of<Type extends Question['type']> = Extract<Question, { type: Type }>;
type Cells = Record<string, string>;

const YES = 'yes';
const OTHER = 'other';
const MEDIA = { photo: 'image', voice: 'audio', file: 'file' } as const;

/** `languages`: those in which a yes and a no are written. */
export function questionOut(question: Question, lists: ListsOut, languages: string[]): RowOut {
  const { id, relevant } = question;
  const always = { name: id, ...(relevant !== undefined && { relevant }) };
  if (question.type === 'calculate')
    return { cells: { ...always, type: 'calculate', calculation: question.calculation }, texts: {} };
  if (question.type === 'note')
    return { cells: { ...always, type: 'note' }, texts: { label: question.text } };
  const { text, hint, guidance, constraintMessage, required, constraint } = question;
  const own: Cells = {
    ...always,
    ...(required && { required: YES }),
    ...(question.default !== undefined && { default: question.default }),
    ...(constraint !== undefined && { constraint }),
  };
  return {
    cells: { ...own, ...cellsOf(question, lists, languages) },
    texts: {
      label: text,
      ...(hint && { hint }),
      ...(guidance && { guidance_hint: guidance }),
      ...(constraintMessage && { constraint_message: constraintMessage }),
    },
  };
}

function cellsOf(
  question: Exclude<Question, { type: 'calculate' | 'note' }>,
  lists: ListsOut,
  languages: string[],
): Cells {
  switch (question.type) {
    case 'single':
      return {
        ...selectOut('select_one', question, lists),
        ...(yesNoIn(bareOf(question.options)) &&
          !asksOther(question) &&
          !question.filter && { 'pv:type': 'single' }),
      };
    case 'multiple':
      return {
        ...selectOut('select_multiple', question, lists),
        ...(question.ranges && { 'pv:ranges': YES }),
      };
    case 'rank':
      return {
        ...selectOut('rank', question, lists),
        ...(question.most !== undefined && { 'pv:most': String(question.most) }),
      };
    case 'yesno':
      return yesnoOut(question, lists, languages);
    case 'scale': {
      const list = lists.give(question.id, choicesOf(question));
      return { type: `select_one ${list}`, appearance: 'likert' };
    }
    case 'number':
      return { type: question.decimals ? 'decimal' : 'integer', ...numberOut(question) };
    case 'headcount': {
      const { max, constraint } = question;
      const written = withBounds({ min: 1, max }, constraint);
      return { type: 'integer', constraint: written as string, 'pv:type': 'headcount', ...pvBounds({ max }) };
    }
    case 'place':
      return { type: 'geopoint' };
    case 'media':
      return { type: MEDIA[question.accepts] };
    default:
      return { type: question.type };
  }
}

const pvBounds = ({ min, max }: Bounds): Cells => ({
  ...(min !== undefined && { 'pv:min': String(min) }),
  ...(max !== undefined && { 'pv:max': String(max) }),
});

/** Bounds alone are a constraint that is recognised; with anything beside them they are said apart too. */
function numberOut({ min, max, constraint, constraintMessage }: Of<'number'>): Cells {
  const bounds: Bounds = { ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
  if (!isBounded(bounds)) {
    // A constraint that looks like bounds, and is none.
    const alike = constraint !== undefined && !constraintMessage && boundsInFormula(constraint);
    return alike ? { 'pv:bounds': 'no' } : {};
  }
  const written = withBounds(bounds, constraint) as string;
  const read =
    constraint === undefined && !constraintMessage ? boundsInFormula(boundsAsFormula(bounds)) : undefined;
  const natural = read && read.min === min && read.max === max;
  return { constraint: written, ...(!natural && pvBounds(bounds)) };
}

const bareOf = (options: Option[]): Choice[] => options.map(({ other: _, ...choice }) => choice);
const asksOther = ({ options }: { options: Option[] }): boolean => options.some(({ other }) => other);

function selectOut(command: string, question: Of<'single' | 'multiple' | 'rank'>, lists: ListsOut): Cells {
  const { id, options, list, filter } = question;
  const written = lists.give(list ?? id, bareOf(options));
  const read = written === id ? undefined : written;
  const asking = options.flatMap((option) => (option.other ? [option.id] : []));
  // XLSForm's own way, where it means the same: one such choice, named so, and no filter.
  const orOther = command !== 'rank' && asking.length === 1 && asking[0] === OTHER && !filter;
  return {
    type: `${command} ${written}${orOther ? ' or_other' : ''}`,
    ...(filter !== undefined && { choice_filter: filter }),
    ...(read !== list && { 'pv:list': list === undefined ? OWN_LIST : `${LIST_NAMED}${list}` }),
    ...(asking.length > 0 && !orOther && { 'pv:other': asking.join(' ') }),
  };
}

function yesnoOut(
  { id, names, default: fallback }: Of<'yesno'>,
  lists: ListsOut,
  languages: string[],
): Cells {
  const [yes, no] = names ?? YES_NO;
  const label = (key: 'question.yes' | 'question.no'): Texts =>
    Object.fromEntries(languages.map((language) => [language, phrase(language, key)]));
  const choices = [
    { id: yes, label: label('question.yes') },
    { id: no, label: label('question.no') },
  ];
  const [first, second] = yesNoIn(choices) ?? [];
  return {
    type: `select_one ${lists.give(names ? id : 'yes_no', choices)}`,
    ...(fallback === 'yes' && { default: yes }),
    ...(fallback === 'no' && { default: no }),
    ...((first !== yes || second !== no) && { 'pv:type': 'yesno' }),
    ...(names && yes === YES_NO[0] && no === YES_NO[1] && { 'pv:names': `${yes} ${no}` }),
  };
}
