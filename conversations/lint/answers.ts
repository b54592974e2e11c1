/** What may be answered: constraints that nothing meets, defaults that are no answer, filters that leave nothing. */
import { isTrue, namesIn, parseFormula } from '../expression.ts';
import type { Value } from '../questions/type.ts';
import { filterOf, type Question } from '../questions.ts';
import type { Survey } from '../survey.ts';
import { conditionsOf, Reckoning } from '../survey-paths.ts';
import { type Finding, quoted, type Rule, type Sheet, shown } from './finding.ts';
import { answersIn, laterIn } from './formulas.ts';
import { optionsOf } from './texts-of.ts';

type At = { question: Question; index: number };

export const answers: Rule = (sheet) =>
  sheet.survey.questions.flatMap((question, index) => [
    ...constraint(sheet, { question, index }),
    ...defaults(sheet, { question, index }),
    ...filter(sheet, { question, index }),
  ]);

function constraint(sheet: Sheet, { question, index }: At): Finding[] {
  if (!('text' in question) || question.type === 'note') return [];
  const place = `questions[${index}]`;
  const about = { question: question.id };
  if (!question.constraint)
    return question.constraintMessage
      ? [
          {
            rule: 'message-without-constraint',
            severity: 'warning',
            place: `${place}.constraintMessage`,
            ...about,
            message:
              "ce message ne sera jamais envoyé: la question n'a pas de contrainte. Ajoutez la contrainte, ou supprimez le message",
          },
        ]
      : [];
  const findings: Finding[] = [];
  if (!question.constraintMessage)
    findings.push({
      rule: 'constraint-without-message',
      severity: 'warning',
      place: `${place}.constraint`,
      ...about,
      message: `celui dont la réponse est refusée ne saura pas pourquoi: ${shown(question.constraint)}. Ajoutez un message (constraint_message) qui dit ce qui est possible`,
    });
  const text = question.constraint;
  const { values, exact } = sheet.search.domainOf(question.id);
  const ahead =
    laterIn(
      sheet.survey,
      answersIn(text).filter((name) => name !== question.id),
      index,
    ).length > 0;
  if (!exact || ahead) return findings;
  const open = conditionsOf(sheet.survey, question);
  const names = [...open, text, filterOf(question) ?? []]
    .flat()
    .flatMap(answersIn)
    .filter((name) => name !== question.id);
  let isAsked = false;
  const met = sheet.search.exists(names, (reckoning) => {
    if (!reckoning.isRelevant(question)) return false;
    isAsked = true;
    const offered = reckoning.numbersOf(question);
    return values.some((v) => isOffered(v, offered) && reckoning.allows(question, { v, t: 0 }));
  });
  if (met === 'no' && isAsked)
    findings.push({
      rule: 'constraint-never-met',
      severity: 'error',
      place: `${place}.constraint`,
      ...about,
      message: `aucune réponse ne remplit cette contrainte: ${shown(text)}. Toutes seront refusées; corrigez-la`,
    });
  return findings;
}

const isOffered = (v: Value, offered: number[] | undefined): boolean =>
  !offered || [v].flat().every((number) => offered.includes(Number(number)));

function defaults(sheet: Sheet, { question, index }: At): Finding[] {
  if (!('default' in question) || question.default === undefined) return [];
  const at = { place: `questions[${index}].default`, question: question.id };
  const got = question.default;
  const value = storedFrom(question, got);
  if ('wrong' in value)
    return [
      {
        rule: 'default-no-answer',
        severity: 'error',
        ...at,
        message: `« ${got} » n'est pas une réponse possible: ${value.wrong}`,
      },
    ];
  if (!question.constraint || namesIn(parseFormula(question.constraint)).answers.length > 0) return [];
  return new Reckoning(sheet.survey, {}).allows(question, { v: value.v, t: 0 })
    ? []
    : [
        {
          rule: 'default-against-constraint',
          severity: 'error',
          ...at,
          message: `la réponse par défaut « ${got} » ne remplit pas la contrainte de la question, ${shown(question.constraint)}. Corrigez l'une des deux`,
        },
      ];
}

const FORMS: Partial<Record<Question['type'], [form: RegExp, said: string]>> = {
  date: [/^\d{4}-\d{2}-\d{2}$/, 'écrivez une date comme 2026-05-24'],
  time: [/^([01]\d|2[0-3]):[0-5]\d$/, 'écrivez une heure comme 14:30'],
  datetime: [
    /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d$/,
    'écrivez un jour et une heure comme 2026-05-24T14:30',
  ],
};

/** The default as it would be stored. */
function storedFrom(question: Question, got: string): { v: Value } | { wrong: string } {
  const options = optionsOf(question);
  if (options.length > 0) {
    const names = question.type === 'single' ? [got] : got.split(' ').filter(Boolean);
    const numbers = names.map((name) => options.findIndex(({ id }) => id === name) + 1);
    if (numbers.includes(0))
      return {
        wrong: `écrivez ${quoted(
          options.slice(0, 10).map(({ id }) => id),
          'ou',
        )}`,
      };
    return { v: question.type === 'single' ? (numbers[0] as number) : numbers };
  }
  const number = Number(got);
  const whole = Number.isInteger(number);
  switch (question.type) {
    case 'yesno': {
      const names = question.names ?? ['yes', 'no'];
      return names.includes(got) ? { v: got === names[0] } : { wrong: `écrivez ${quoted(names, 'ou')}` };
    }
    case 'scale':
    case 'headcount': {
      const [min, max] = question.type === 'scale' ? [question.min, question.max] : [1, question.max ?? 20];
      return whole && number >= min && number <= max
        ? { v: number }
        : { wrong: `écrivez un nombre entier de ${min} à ${max}` };
    }
    case 'number': {
      const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY, decimals } = question;
      const fits = got.trim() !== '' && Number.isFinite(number) && (decimals || whole);
      return fits && number >= min && number <= max
        ? { v: number }
        : { wrong: `écrivez un nombre${decimals ? '' : ' entier'}${limitsSaid(question)}` };
    }
    default: {
      const form = FORMS[question.type];
      const real = !question.type.startsWith('date') || isDay(got.slice(0, 10));
      return form && !(form[0].test(got) && real) ? { wrong: form[1] } : { v: got };
    }
  }
}

function limitsSaid({ min, max }: { min?: number; max?: number }): string {
  if (min !== undefined && max !== undefined) return ` de ${min} à ${max}`;
  return min !== undefined ? `, au moins ${min}` : max !== undefined ? `, au plus ${max}` : '';
}

const isDay = (text: string): boolean => {
  const at = Date.parse(`${text}T00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
};

/** Whether what it hangs on is missing only where an answer is needed: that is asked for, and three tries long. */
function onlyNeeded(survey: Survey, names: string[], reckoning: Reckoning): boolean {
  const missing = names.filter((name) => reckoning.answer(name) === '');
  const isNeeded = (name: string): boolean => {
    const question = survey.questions.find(({ id }) => id === name);
    return question !== undefined && 'required' in question && question.required === true;
  };
  return missing.length > 0 && missing.every(isNeeded);
}

/** A question whose filter leaves no option is not asked (`survey-paths.ts`): nobody says that to who wrote it. */
function filter(sheet: Sheet, { question, index }: At): Finding[] {
  const formula = filterOf(question);
  if (formula === undefined) return [];
  const { survey, search } = sheet;
  const names = answersIn(formula);
  if (laterIn(survey, names, index).length > 0) return [];
  const ever = new Set<number>();
  let without: Reckoning | undefined;
  const open = conditionsOf(survey, question);
  const complete = search.each([...names, ...open.flatMap(answersIn)], (reckoning) => {
    if (!open.every((each) => isTrue(parseFormula(each), reckoning))) return false;
    const offered = reckoning.numbersOf(question) ?? [];
    for (const number of offered) ever.add(number);
    if (offered.length === 0 && !onlyNeeded(survey, names, reckoning)) without ??= reckoning;
    return false;
  });
  const place = `questions[${index}]`;
  const findings: Finding[] = [];
  if (without)
    findings.push({
      rule: 'filter-leaves-nothing',
      severity: 'warning',
      place: `${place}.filter`,
      question: question.id,
      message: `le filtre ${shown(formula)} ne laisse aucun choix ${circumstance(names, without)}: la question ne sera alors pas posée. Complétez les choix, ou dites-le par une condition (relevant)`,
    });
  if (complete)
    for (const [option, { id }] of optionsOf(question).entries())
      if (!ever.has(option + 1))
        findings.push({
          rule: 'option-never-offered',
          severity: 'warning',
          place: `${place}.options[${option}]`,
          question: question.id,
          message: `le choix « ${id} » n'est jamais proposé: le filtre ${shown(formula)} l'écarte toujours. Corrigez ses colonnes, ou supprimez-le`,
        });
  return findings;
}

function circumstance(names: string[], reckoning: Reckoning): string {
  const parts = names.map((name) => {
    const worth = reckoning.answer(name);
    return worth === '' ? `« ${name} » est sans réponse` : `« ${name} » est « ${worth} »`;
  });
  return parts.length > 0 ? `quand ${parts.join(' et ')}` : 'du tout';
}
