/** Formulas that parse and yet ask for what cannot be: an option that does not exist, a number of a text. */
import type { Parsed } from '../expression/parse.ts';
import type { Question } from '../questions.ts';
import { questionWith } from '../survey-paths.ts';
import { type Finding, quoted, type Rule, shown } from './finding.ts';
import { formulasOf } from './formulas.ts';

type Call = Extract<Parsed, { kind: 'call' }>;
interface Complaint {
  rule: 'unknown-option' | 'wrong-type' | 'selected-instead';
  severity: Finding['severity'];
  message: string;
}

const COMPARES = new Set(['=', '!=', '<', '<=', '>', '>=']);
const RECKONS = new Set(['+', '-', '*', 'div', 'mod', 'negative']);

export const compared: Rule = ({ survey }) =>
  formulasOf(survey).flatMap(({ formula, place, text, index }) => {
    const own = index === undefined ? undefined : survey.questions[index];
    const asked = (node: Parsed | undefined): Question | undefined =>
      node?.kind === 'answer' ? questionWith(survey, node.name) : node?.kind === 'self' ? own : undefined;
    const complaints: Complaint[] = [];
    const visit = (node: Parsed): void => {
      if (node.kind !== 'call') return;
      complaints.push(...complaintsOf(node, asked));
      node.of.forEach(visit);
    };
    visit(formula.parsed);
    const once = new Map(complaints.map((each) => [each.message, each]));
    return [...once.values()].map(({ message, ...rest }) => ({
      ...rest,
      place,
      ...(own && { question: own.id }),
      message: `${message}. Formule: ${shown(text)}`,
    }));
  });

type Ask = (node: Parsed | undefined) => Question | undefined;

function complaintsOf(call: Call, asked: Ask): Complaint[] {
  const notes = call.of.map(asked).filter((question) => question?.type === 'note');
  if (notes[0]) return [wrong(`« ${notes[0].id} » est une note: personne n'y répond`)];
  if (call.name === 'selected') return selected(call, asked);
  if (call.name === 'count-selected') {
    const question = asked(call.of[0]);
    return question && !['multiple', 'rank', 'calculate'].includes(question.type)
      ? [
          wrong(
            `count-selected() compte des choix multiples, mais « ${question.id} » est ${kindOf(question)}`,
          ),
        ]
      : [];
  }
  if (COMPARES.has(call.name)) return [...comparison(call, asked, 0), ...comparison(call, asked, 1)];
  if (RECKONS.has(call.name)) return call.of.flatMap((node) => reckoned(asked(node)));
  return [];
}

/** `lint.ts` makes an error of it where a question is never asked for it. */
const wrong = (message: string): Complaint => ({ rule: 'wrong-type', severity: 'warning', message });

function selected(call: Call, asked: Ask): Complaint[] {
  const question = asked(call.of[0]);
  const [, looked] = call.of;
  if (!question || question.type === 'calculate') return [];
  const names = namesOf(question);
  if (!names) return [wrong(`selected() regarde des choix, mais « ${question.id} » est ${kindOf(question)}`)];
  return looked?.kind === 'literal' ? unknownOption(question, names, String(looked.value)) : [];
}

/** What formulas know the answers of a question with choices by. */
function namesOf(question: Question): string[] | undefined {
  if ('options' in question) return question.options.map(({ id }) => id);
  return question.type === 'yesno' ? [...(question.names ?? ['yes', 'no'])] : undefined;
}

function unknownOption(question: Question, names: string[], name: string): Complaint[] {
  if (name === '' || names.includes(name)) return [];
  return [
    {
      rule: 'unknown-option',
      severity: 'warning',
      message: `« ${name} » n'est pas une réponse de « ${question.id} ». Réponses possibles: ${quoted(names.slice(0, 10), 'ou')}`,
    },
  ];
}

function comparison(call: Call, asked: Ask, side: 0 | 1): Complaint[] {
  const question = asked(call.of[side]);
  const other = call.of[1 - side];
  if (!question || other?.kind !== 'literal' || other.value === '') return [];
  const value = String(other.value);
  const isNumber = value.trim() !== '' && Number.isFinite(Number(value));
  const orders = call.name !== '=' && call.name !== '!=';
  const names = namesOf(question);
  if (names) {
    if (orders)
      return names.every((name) => Number.isFinite(Number(name)))
        ? []
        : [wrong(`« ${call.name} » compare des nombres, mais « ${question.id} » est ${kindOf(question)}`)];
    const several = question.type === 'multiple' || question.type === 'rank';
    const unknown = (several ? value.split(' ') : [value]).flatMap((name) =>
      unknownOption(question, names, name),
    );
    if (unknown.length > 0 || question.type !== 'multiple' || value.includes(' ')) return unknown;
    return [
      {
        rule: 'selected-instead',
        severity: 'warning',
        message: `plusieurs choix sont possibles à « ${question.id} », et ceci n'est vrai que si « ${value} » est choisi seul. Pour « parmi les choix », écrivez selected(\${${question.id}}, '${value}')`,
      },
    ];
  }
  switch (question.type) {
    case 'number':
    case 'scale':
    case 'headcount':
      return isNumber ? [] : [wrong(`« ${question.id} » est ${kindOf(question)}, jamais « ${value} »`)];
    case 'date':
    case 'datetime':
    case 'time':
      return FORMS[question.type].test(value)
        ? []
        : [
            wrong(
              `« ${question.id} » est ${kindOf(question)} (${FORMS[question.type].example}), jamais « ${value} »`,
            ),
          ];
    case 'text':
    case 'place':
    case 'media':
      return orders
        ? [wrong(`« ${call.name} » compare des nombres, mais « ${question.id} » est ${kindOf(question)}`)]
        : [];
    default:
      return [];
  }
}

const DAY = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2})?$/;
const FORMS = {
  date: { test: (value: string) => DAY.test(value), example: '2026-05-24' },
  datetime: { test: (value: string) => DAY.test(value), example: '2026-05-24T14:30' },
  time: { test: (value: string) => /^\d{2}:\d{2}$/.test(value), example: '14:30' },
};

function reckoned(question: Question | undefined): Complaint[] {
  if (!question || ['number', 'scale', 'headcount', 'calculate'].includes(question.type)) return [];
  const names = question.type === 'single' || question.type === 'yesno' ? namesOf(question) : undefined;
  if (names?.every((name) => Number.isFinite(Number(name)))) return [];
  return [wrong(`on ne peut pas calculer avec « ${question.id} », qui est ${kindOf(question)}`)];
}

const KINDS: Record<Question['type'], string> = {
  single: 'un choix',
  multiple: 'un choix multiple',
  rank: 'un classement',
  yesno: 'un oui ou non',
  scale: 'une note sur une échelle',
  number: 'un nombre',
  headcount: 'un nombre de personnes',
  text: 'un texte',
  date: 'une date',
  time: 'une heure',
  datetime: 'une date et une heure',
  place: 'un lieu',
  media: 'une photo, un son ou un fichier',
  note: 'une note',
  calculate: 'un calcul',
};
const kindOf = ({ type }: Question): string => KINDS[type];
