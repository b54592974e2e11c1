/** What passing counts as: a value that the question itself could have got. */
import type { Question } from '../questions.ts';
import type { Context } from './read-context.ts';
import type { Cell } from './workbook.ts';

/** `today()`, `${name}`, `1 + 1`: worked out when the form opens, which nothing here does. */
const NUMBER = String.raw`-?\d+(?:\.\d+)?`;
const DYNAMIC = new RegExp(
  String.raw`\$\{|(?<![\p{L}\p{N}])[a-z][a-z0-9-]*\(.*\)|^${NUMBER}(?:\s*(?:[+*]|\s(?:-|div|mod)\s)\s*${NUMBER})+$`,
  'iu',
);

const DAY = /^(\d{4}-\d{2}-\d{2})(?:T00:00(?::00(?:\.0+)?)?)?$/;
const HOUR = /^((?:[01]\d|2[0-3]):[0-5]\d)(?::\d{2}(?:\.\d+)?)?$/;
const MOMENT = /^(\d{4}-\d{2}-\d{2})[T ]((?:[01]\d|2[0-3]):[0-5]\d)(?::\d{2}(?:\.\d+)?)?$/;

/** `ids`: the choices, where the question has some. Nothing where there is no default, or no possible one. */
export function readDefault(
  cell: Cell | undefined,
  question: Question,
  { findings }: Context,
  ids?: string[],
): string | undefined {
  if (!cell) return undefined;
  const { value } = cell;
  if (DYNAMIC.test(value)) {
    findings.fault(cell, "une valeur par défaut calculée n'est pas reprise", 'une valeur, comme 2 ou oui');
    return undefined;
  }
  if (ids) {
    const unknown = (
      question.type === 'multiple' || question.type === 'rank' ? value.split(/\s+/u) : [value]
    ).filter((id) => !ids.includes(id));
    if (unknown.length === 0) return value;
    findings.fault(
      cell,
      `« ${unknown.join(' ')} » n'est pas dans la liste`,
      `un des choix ${ids.slice(0, 12).join(', ')}`,
    );
    return undefined;
  }
  const [read, allowed] = forms[question.type] ?? [];
  if (!read || !allowed) return value;
  const fallback = read(value);
  if (fallback === undefined) findings.fault(cell, 'cette valeur par défaut n’est pas possible', allowed);
  return fallback;
}

type Form = [read: (value: string) => string | undefined, allowed: string];

const number: Form = [
  (value) => (/^-?\d+(?:\.\d+)?$/.test(value) ? value : undefined),
  'un nombre, comme 2 ou 1.5',
];

const forms: Partial<Record<Question['type'], Form>> = {
  number,
  headcount: number,
  date: [(value) => DAY.exec(value)?.[1], 'un jour, comme 2026-05-24'],
  time: [(value) => HOUR.exec(value)?.[1], 'une heure, comme 18:30'],
  datetime: [
    (value) => {
      const [, day, hour] = MOMENT.exec(value) ?? [];
      return day && hour ? `${day}T${hour}` : undefined;
    },
    'un jour et une heure, comme 2026-05-24T18:30',
  ],
};
