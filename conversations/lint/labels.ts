/** The names of options: whether each can be typed, told from the others, and shown on WhatsApp's buttons. */
import { Moment } from '../moment.ts';
import { local } from '../phrase.ts';
import type { Option } from '../questions/type.ts';
import { filterOf, type Question } from '../questions.ts';
import { newSession } from '../session.ts';
import { questionAsked } from '../survey-questions.ts';
import { readOne } from '../understand/choice.ts';
import { normaliseName } from '../understand/normalise.ts';
import type { Finding, Rule, Sheet } from './finding.ts';
import { asPosed } from './posed-longest.ts';
import { optionsOf } from './texts-of.ts';

/** More are shown by pages of eight. */
const MOST_ON_A_PAGE = 9;
/** What WhatsApp shows of a button and of a row of a list (channel-limits.json). */
const BUTTON = 20;
const ROW = 24;

export const labels: Rule = (sheet) =>
  sheet.survey.questions.flatMap((question, index) => {
    const options = optionsOf(question);
    if (options.length === 0) return [];
    return [
      ...howMany(question, index),
      ...sheet.survey.languages.flatMap((language) => [
        ...alike(question, index, language),
        ...cutAlike(sheet, question, index, language),
      ]),
      ...typed(question, index),
    ];
  });

function howMany(question: Question, index: number): Finding[] {
  const { length } = optionsOf(question);
  const at = { place: `questions[${index}].options`, question: question.id };
  if (length === 1)
    return [
      {
        rule: 'one-option',
        severity: 'warning',
        ...at,
        message:
          "il n'y a qu'un choix: on ne peut que l'accepter ou passer. Ajoutez un choix, ou posez une question oui/non",
      },
    ];
  if (length <= MOST_ON_A_PAGE) return [];
  return [
    {
      rule: 'many-options',
      severity: 'warning',
      ...at,
      message: `${length} choix: au-delà de ${MOST_ON_A_PAGE}, ils s'affichent page par page, huit à la fois. Regroupez-les, ou posez la question en deux fois`,
    },
  ];
}

/** Every name an option is read by: in the resident's language and in French. */
const namesOf = (options: Option[], language: string): string[][] =>
  options.map(({ label }) => [...new Set([local(label, language), local(label, 'fr')])]);

/** The numbers of options that are offered together: with a filter, those that no filter tells apart. */
function groupsOf(question: Question): number[][] {
  const options = optionsOf(question);
  if (filterOf(question) === undefined) return [options.map((_, index) => index)];
  const groups = new Map<string, number[]>();
  for (const [index, { columns = {} }] of options.entries()) {
    const key = JSON.stringify(columns);
    groups.set(key, [...(groups.get(key) ?? []), index]);
  }
  return [...groups.values()];
}

function alike(question: Question, index: number, language: string): Finding[] {
  const options = optionsOf(question);
  const filtered = filterOf(question) !== undefined;
  return groupsOf(question).flatMap((group) => {
    const names = namesOf(
      group.map((option) => options[option] as Option),
      language,
    );
    return group.flatMap((option, at): Finding[] => {
      const text = options[option]?.label[language];
      if (text === undefined) return [];
      const plain = normaliseName(text);
      const before = names.slice(0, at).findIndex(([label = '']) => normaliseName(label) === plain);
      const finding = (rule: string, message: string): Finding[] => [
        {
          rule,
          severity: 'warning',
          place: `questions[${index}].options[${option}].label.${language}`,
          question: question.id,
          language,
          message,
        },
      ];
      if (before >= 0)
        return finding(
          'same-label',
          `« ${text} » est déjà le choix ${(group[before] as number) + 1}: personne ne peut les distinguer. Changez l'un des deux`,
        );
      const figure = /^\d+$/.test(plain) && !filtered ? Number(plain) : at + 1;
      if (figure !== at + 1 && figure <= group.length)
        return finding(
          'label-reads-as-other',
          `« ${text} » est le choix ${at + 1}: qui tape ${figure} n'est plus compris. Dites-le autrement, ou mettez-le à sa place`,
        );
      const reading = readOne(text, names, language);
      if (reading.kind !== 'value' || reading.value === at + 1) return [];
      const other = group[reading.value - 1] as number;
      return finding(
        'label-reads-as-other',
        `qui écrit « ${text} » (choix ${option + 1}) est compris comme ayant choisi ${other + 1} (« ${names[reading.value - 1]?.at(-1)} »). Changez le libellé`,
      );
    });
  });
}

/** Where two labels are cut to the same no buttons are shown, and the numbers have to be typed. */
function cutAlike(sheet: Sheet, question: Question, index: number, language: string): Finding[] {
  const options = optionsOf(question);
  const filtered = filterOf(question) !== undefined;
  if (options.length > MOST_ON_A_PAGE || question.type === 'rank' || filtered) return [];
  const { world, survey, posed } = asPosed(sheet, question, language);
  const event = { type: 'said', id: 'lint', channel: 'whatsapp', text: '' } as const;
  const moment = new Moment(world, { ...newSession('lint'), language }, event, new Date(0));
  if (questionAsked(moment, survey, posed).offer) return [];
  const tooLong = options.findIndex(({ label }) => local(label, language).length > BUTTON);
  if (tooLong < 0) return [];
  const text = local(options[tooLong]?.label ?? {}, language);
  return [
    {
      rule: 'labels-cut-alike',
      severity: 'warning',
      place: `questions[${index}].options[${tooLong}].label.${language}`,
      question: question.id,
      language,
      message: `sur WhatsApp un bouton porte ${BUTTON} lettres et une ligne de liste ${ROW}: « ${text} » y serait coupé au même texte qu'un autre choix, et tout le monde devra taper le numéro. Mettez au début ce qui les distingue`,
    },
  ];
}

/** `sms_option`: what else an option may be typed as. */
function typed(question: Question, index: number): Finding[] {
  const options = optionsOf(question);
  return options.flatMap((option, at): Finding[] => {
    if (option.typed === undefined) return [];
    const plain = normaliseName(option.typed);
    const number = /^\d+$/.test(plain) ? Number(plain) : undefined;
    const other =
      number !== undefined && number !== at + 1 && number <= options.length
        ? number
        : options.findIndex(
            (each, before) =>
              before !== at &&
              ((each.typed !== undefined && before < at && normaliseName(each.typed) === plain) ||
                Object.values(each.label).some((label) => normaliseName(label) === plain)),
          ) + 1;
    if (other === 0) return [];
    return [
      {
        rule: 'same-typed',
        severity: 'error',
        place: `questions[${index}].options[${at}].typed`,
        question: question.id,
        message: `« ${option.typed} » désigne déjà le choix ${other}: on ne saurait pas lequel est voulu. Changez-le`,
      },
    ];
  });
}
