/**
 * A formula as staff say it: `${age} >= 18 and not(selected(${x}, 'a'))` is "age ≥ 18 et x sans « vélo »". Questions go
 * by their ids, as staff named them, options by their labels.
 */

import type { Parsed } from '../expression/parse.ts';
import { parseFormula } from '../expression.ts';
import { local } from '../phrase.ts';
import type { Question } from '../questions.ts';
import type { Survey } from '../survey.ts';
import { fill, words } from './words.ts';

type Call = Extract<Parsed, { kind: 'call' }>;
type Literal = Extract<Parsed, { kind: 'literal' }>;

const OPPOSITE: Record<string, string> = {
  '=': '!=',
  '!=': '=',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
};
/** `18 <= ${age}` reads better as "age ≥ 18". */
const MIRRORED: Record<string, string> = { '=': '=', '!=': '!=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' };
/** From what binds least to what binds most, for the brackets. */
const BINDS = ['or', 'and', 'compare', 'sum', 'product', 'value'] as const;
type Binds = (typeof BINDS)[number];

interface Said {
  text: string;
  binds: Binds;
}

/**
 * @param self the question whose filter or constraint it is: `.` is its answer
 * Throws `FormulaError` where the formula cannot be read.
 */
export function conditionInWords(survey: Survey, formula: string, self?: Question): string {
  return new Saying(survey, self).truth(parseFormula(formula).parsed, true).text;
}

class Saying {
  constructor(
    private readonly survey: Survey,
    private readonly self: Question | undefined,
  ) {}

  /** A formula that is true or false; `holds` false says its opposite. */
  truth(node: Parsed, holds: boolean): Said {
    if (node.kind === 'literal')
      return value(Boolean(node.value) === holds ? words.conditions.always : words.conditions.never);
    if (node.kind !== 'call') return said(holds ? 'holds' : 'fails', { a: this.value(node).text }, 'compare');
    const [first, second] = node.of as [Parsed, Parsed];
    switch (node.name) {
      case 'not':
        return this.truth(first, !holds);
      case 'or':
      case 'and': {
        const name = holds ? node.name : node.name === 'or' ? 'and' : 'or';
        const sides = [first, second].map((each) => within(this.truth(each, holds), name));
        return said(name, { a: sides[0] as string, b: sides[1] as string }, name);
      }
      case 'selected':
        return this.selected(node, holds);
      default:
        if (node.name in OPPOSITE) return this.compared(node, holds);
        return said(holds ? 'holds' : 'fails', { a: within(this.value(node), 'sum') }, 'compare');
    }
  }

  private selected({ of }: Call, holds: boolean): Said {
    const [list, option] = of as [Parsed, Parsed];
    const question = this.questionOf(list);
    const places = { a: this.value(list).text, b: this.option(option, question) };
    const single = question && 'options' in question && question.type === 'single';
    if (single || question?.type === 'yesno') return said(holds ? 'is' : 'isNot', places, 'compare');
    return said(holds ? 'with' : 'without', places, 'compare');
  }

  private compared({ name, of }: Call, holds: boolean): Said {
    let [left, right] = of as [Parsed, Parsed];
    let compare = holds ? name : (OPPOSITE[name] as string);
    if (left.kind === 'literal' && right.kind === 'literal') return fixed(compare, left, right);
    if (left.kind === 'literal') {
      [left, right] = [right, left];
      compare = MIRRORED[compare] as string;
    }
    const a = within(this.value(left), 'sum');
    if (right.kind === 'literal' && right.value === '' && (compare === '=' || compare === '!='))
      return said(compare === '=' ? 'unanswered' : 'answered', { a }, 'compare');
    const question = this.questionOf(left);
    const named = right.kind === 'literal' && this.label(right.value, question);
    if (named && (compare === '=' || compare === '!='))
      return said(compare === '=' ? 'is' : 'isNot', { a, b: named }, 'compare');
    const day = right.kind === 'literal' ? dayInWords(right.value) : undefined;
    if (day) return said(`day${compare}` as 'day=', { a, b: day }, 'compare');
    return said(compare as '=', { a, b: within(this.value(right), 'sum') }, 'compare');
  }

  /** What a formula is worth, where that is no truth. */
  private value(node: Parsed): Said {
    switch (node.kind) {
      case 'literal':
        return value(
          typeof node.value === 'number'
            ? decimal(node.value)
            : (dayInWords(node.value) ?? fill(words.conditions.text, { text: node.value })),
        );
      case 'answer':
        return value(node.name);
      case 'self':
        return value(words.conditions.self);
      case 'column':
        return value(
          node.name === 'name' ? words.conditions.name : fill(words.conditions.column, { name: node.name }),
        );
      case 'call':
        return this.reckoned(node);
    }
  }

  private reckoned(node: Call): Said {
    const [first, second, third] = node.of as [Parsed, Parsed, Parsed];
    switch (node.name) {
      case 'count-selected':
        return said('count', { a: this.value(first).text }, 'value');
      case 'negative':
        return said('negative', { a: within(this.value(first), 'value') }, 'value');
      case 'if': {
        const [a, b] = [this.value(second).text, this.value(third).text];
        return said('if', { a, b, condition: this.truth(first, true).text }, 'or');
      }
      case 'concat':
        return { text: node.of.map((each) => within(this.value(each), 'sum')).join(' + '), binds: 'sum' };
      case '+':
      case '-':
      case '*':
      case 'div':
      case 'mod': {
        const binds = node.name === '+' || node.name === '-' ? 'sum' : 'product';
        // a − (b − c) keeps its brackets, (a − b) − c needs none.
        const tighter = node.name === '+' || node.name === '*' ? binds : 'value';
        const places = { a: within(this.value(first), binds), b: within(this.value(second), tighter) };
        return said(node.name, places, binds);
      }
      default:
        return this.truth(node, true);
    }
  }

  private questionOf(node: Parsed): Question | undefined {
    if (node.kind === 'self') return this.self;
    if (node.kind !== 'answer') return undefined;
    return this.survey.questions.find(({ id }) => id === node.name);
  }

  private option(node: Parsed, question: Question | undefined): string {
    if (node.kind !== 'literal') return this.value(node).text;
    return this.label(node.value, question) ?? this.value(node).text;
  }

  /** What stands on the option, or "oui"; undefined where the question has no such thing. */
  private label(code: string | number, question: Question | undefined): string | undefined {
    if (question?.type === 'yesno') {
      const [yes, no] = question.names ?? ['yes', 'no'];
      return code === yes ? words.conditions.yes : code === no ? words.conditions.no : undefined;
    }
    const options = question && 'options' in question ? question.options : [];
    const option = options.find(({ id }) => id === String(code));
    return option && fill(words.conditions.text, { text: local(option.label, 'fr') || option.id });
  }
}

const value = (text: string): Said => ({ text, binds: 'value' });

const said = (name: keyof typeof words.conditions, places: Record<string, string>, binds: Binds): Said => ({
  text: fill(words.conditions[name], places),
  binds,
});

/** In brackets where it binds less than what it stands in. */
const within = ({ text, binds }: Said, inside: Binds): string =>
  BINDS.indexOf(binds) < BINDS.indexOf(inside) ? `(${text})` : text;

/** `1 = 1` is how `true()` is read. */
function fixed(compare: string, left: Literal, right: Literal): Said {
  if (compare === '=' || compare === '!=') {
    const holds = (left.value === right.value) === (compare === '=');
    return value(holds ? words.conditions.always : words.conditions.never);
  }
  const [a, b] = [String(left.value), String(right.value)];
  return said(compare as '<', { a, b }, 'compare');
}

const decimal = (number: number): string => String(number).replace('.', ',').replace('-', '−');

/** "2026-05-24" → "24/05/2026"; undefined for any other text. */
function dayInWords(text: string | number): string | undefined {
  const [, year, month, day, hour] = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}:\d{2}))?$/.exec(String(text)) ?? [];
  if (!year) return undefined;
  return `${day}/${month}/${year}${hour ? ` ${hour}` : ''}`;
}
