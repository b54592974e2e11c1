/**
 * What a new revision of a survey changes, and what each change means for the results: for staff before they save it,
 * and beside an export that holds answers to both. In French, as all that staff read.
 */
import { continues } from './continues.ts';
import type { Option } from './questions/type.ts';
import type { Question } from './questions.ts';
import { isSame, moved, type Named, quoted, scalarsOf, textChanges } from './revision-parts.ts';
import type { Section, Survey } from './survey.ts';

export const KINDS = [
  'survey',
  'section',
  'added',
  'removed',
  'moved',
  'retyped',
  'text',
  'option-added',
  'option-removed',
  'option-renamed',
  'option-moved',
  'condition',
  'limits',
] as const;

export interface Change {
  kind: (typeof KINDS)[number];
  /** The id of the question it is about. */
  question?: string;
  /** What is different: « priorites: option ajoutée « jeux » ». */
  what: string;
  /** What it means for the results. */
  results: string;
  /** It may change what stored answers mean: to be looked at before it is saved. */
  warning?: true;
}

const SAME_COLUMN = 'les réponses restent dans la même colonne';
const NEW_COLUMN = 'nouvelle colonne: vide (-2, non posé) pour qui a répondu à une révision plus ancienne';
const OLD_COLUMN = 'la colonne reste, après les autres: vide (-2, non posé) pour les révisions suivantes';
const NO_EFFECT = 'aucun effet sur les réponses';
const NOT_ASKED = "la question est posée à d'autres habitants: comparez les révisions avec prudence";

/** The changes from one revision to a later one, those of the survey first, then question by question. */
export function diffSurveys(before: Survey, after: Survey): Change[] {
  return [
    ...surveyChanges(before, after),
    ...sectionChanges(before.sections ?? [], after.sections ?? []),
    ...presence(before, after),
    ...after.questions.flatMap((question) => {
      const earlier = before.questions.find(({ id }) => id === question.id);
      return earlier ? questionChanges(earlier, question, after.base ?? 'fr') : [];
    }),
  ];
}

/** One line a change, those to be looked at marked. */
export const changeLines = (changes: Change[]): string[] =>
  changes.map(({ what, results, warning }) => `${warning ? '! ' : '- '}${what} → ${results}`);

function surveyChanges(before: Survey, after: Survey): Change[] {
  const change = (what: string, results: string): Change => ({ kind: 'survey', what, results });
  const changes: Change[] = [];
  if (!isSame(before.keywords, after.keywords))
    changes.push(
      change(
        `mots-clés: ${quoted(before.keywords)} devient ${quoted(after.keywords)}`,
        "les anciens mots-clés n'ouvrent plus le sondage",
      ),
    );
  if (before.opens !== after.opens)
    changes.push(change(`ouverture: ${before.opens} devient ${after.opens}`, NO_EFFECT));
  if (before.closes !== after.closes)
    changes.push(
      change(
        `clôture: ${before.closes} devient ${after.closes}`,
        'vaut pour tous, aussi pour qui répond à une révision plus ancienne',
      ),
    );
  for (const language of after.languages.filter((each) => !before.languages.includes(each)))
    changes.push(change(`langue ajoutée: ${language}`, SAME_COLUMN));
  for (const language of before.languages.filter((each) => !after.languages.includes(each)))
    changes.push(change(`langue retirée: ${language}`, SAME_COLUMN));
  if (before.anonymous !== after.anonymous)
    changes.push({
      ...change(
        after.anonymous ? 'devient anonyme' : "n'est plus anonyme",
        after.anonymous
          ? 'à la clôture, toutes les réponses sont coupées de leurs auteurs, aussi celles déjà reçues'
          : 'la promesse faite à qui a déjà répondu ne serait pas tenue',
      ),
      warning: true,
    });
  const { questions: _, sections: __, revision: ___, ...own } = before;
  const { questions: _2, sections: __2, revision: ___2, ...theirs } = after;
  for (const text of textChanges(own, theirs)) changes.push(change(`${text.what}`, NO_EFFECT));
  const facts = ['promise', 'remindAfter', 'opening', 'lists', 'base'] as const;
  for (const fact of facts)
    if (!isSame(before[fact], after[fact]))
      changes.push(change(`${fact}: ${shown(before[fact])} devient ${shown(after[fact])}`, NO_EFFECT));
  return changes;
}

function sectionChanges(before: Section[], after: Section[]): Change[] {
  const ids = [...new Set([...before, ...after].map(({ id }) => id))];
  return ids.flatMap((id): Change[] => {
    const [old, own] = [before, after].map((all) => all.find((section) => section.id === id));
    const change = (what: string, results: string): Change => ({
      kind: 'section',
      what: `partie ${id}: ${what}`,
      results,
    });
    if (!old || !own)
      return [change(own ? 'ajoutée' : 'retirée', own?.relevant || old?.relevant ? NOT_ASKED : NO_EFFECT)];
    return [
      ...textChanges(old, own).map(({ what }) => change(what, NO_EFFECT)),
      ...(old.relevant === own.relevant && old.section === own.section
        ? []
        : [change(`condition ${shown(old.relevant)} devient ${shown(own.relevant)}`, NOT_ASKED)]),
    ];
  });
}

/** Questions that came, went, or stand elsewhere. */
function presence(before: Survey, after: Survey): Change[] {
  const has = (survey: Survey, id: string): boolean => survey.questions.some((each) => each.id === id);
  const added = after.questions.filter(({ id }) => !has(before, id));
  const removed = before.questions.filter(({ id }) => !has(after, id));
  const twin = (question: Question, among: Question[]): Question | undefined =>
    'text' in question
      ? among.find(
          (each) => 'text' in each && isSame(each.text, question.text) && each.type === question.type,
        )
      : undefined;
  const place = (survey: Survey, id: string): number =>
    survey.questions.findIndex((each) => each.id === id) + 1;
  return [
    ...added.map((question): Change => {
      const renamed = twin(question, removed);
      return {
        kind: 'added',
        question: question.id,
        what: `${question.id}: question ajoutée${renamed ? `, la même que ${renamed.id} sous un autre identifiant` : ''}`,
        results: renamed
          ? `${NEW_COLUMN}; pour garder une seule colonne, gardez l'identifiant ${renamed.id}`
          : NEW_COLUMN,
        ...(renamed && { warning: true as const }),
      };
    }),
    ...removed.map(
      ({ id }): Change => ({
        kind: 'removed',
        question: id,
        what: `${id}: question retirée`,
        results: OLD_COLUMN,
      }),
    ),
    ...moved(before.questions, after.questions).map(
      (id): Change => ({
        kind: 'moved',
        question: id,
        what: `${id}: question déplacée, de la place ${place(before, id)} à la place ${place(after, id)}`,
        results: `${SAME_COLUMN}, qui porte le numéro de la dernière révision`,
      }),
    ),
  ];
}

function questionChanges(before: Question, after: Question, base: string): Change[] {
  const { id } = after;
  const change = (kind: Change['kind'], what: string, results: string, warning?: boolean): Change => ({
    kind,
    question: id,
    what: `${id}: ${what}`,
    results,
    ...(warning && { warning: true as const }),
  });
  if (before.type !== after.type)
    return [
      change(
        'retyped',
        `le type ${before.type} devient ${after.type}`,
        'deux colonnes: les anciennes réponses et les nouvelles ne se comparent pas',
        true,
      ),
    ];
  const column = continues(after, before)
    ? SAME_COLUMN
    : 'deux colonnes: les codes ne sont plus les mêmes, les anciennes réponses restent à part';
  const { conditions, limits } = scalarsOf(before, after);
  return [
    ...textChanges(before, after).map(({ what, language, field }) =>
      change(
        'text',
        what,
        field === 'text' && language === base
          ? `${SAME_COLUMN}; si la question n'est plus la même, donnez-lui un autre identifiant`
          : column,
      ),
    ),
    ...conditions.map(({ field, from, to }) =>
      change('condition', `${field} ${shown(from)} devient ${shown(to)}`, CONDITION[field] ?? NOT_ASKED),
    ),
    ...limits.map(({ field, from, to }) =>
      change('limits', `${field} ${shown(from)} devient ${shown(to)}`, column, column !== SAME_COLUMN),
    ),
    ...('options' in before && 'options' in after
      ? optionChanges(before.options, after.options, base, change)
      : []),
  ];
}

const CONDITION: Record<string, string> = {
  relevant: NOT_ASKED,
  section: NOT_ASKED,
  filter: "d'autres options sont proposées: qui ne les a pas vues n'a pas pu les choisir",
  constraint: "d'autres réponses sont acceptées: les anciennes restent comme elles sont",
  calculation: 'la même colonne: les valeurs déjà calculées restent comme elles sont',
  default: 'passer vaut autre chose: les anciennes réponses restent comme elles sont',
  required: 'la question peut, ou ne peut plus, être passée',
};

function optionChanges(
  before: Option[],
  after: Option[],
  base: string,
  change: (kind: Change['kind'], what: string, results: string, warning?: boolean) => Change,
): Change[] {
  const find = (all: Named[], id: string) => all.find((each) => each.id === id);
  const added = after.filter(({ id }) => !find(before, id));
  const removed = before.filter(({ id }) => !find(after, id));
  const elsewhere = moved(before, after);
  return [
    ...added.map(({ id, label }) => {
      const twin = removed.find((each) => isSame(each.label, label));
      return change(
        'option-added',
        `option ajoutée « ${id} »${twin ? `, avec le libellé de « ${twin.id} »` : ''}`,
        twin
          ? `comptée à part; pour compter ensemble, gardez l'identifiant « ${twin.id} »`
          : "même colonne: qui a répondu avant n'a pas pu la choisir (-2 dans les colonnes par option)",
        twin !== undefined,
      );
    }),
    ...removed.map(({ id }) =>
      change(
        'option-removed',
        `option retirée « ${id} »`,
        'les réponses déjà données gardent leur code, après ceux de la dernière révision',
      ),
    ),
    ...after.flatMap((option) => {
      const earlier = before.find(({ id }) => id === option.id);
      if (!earlier) return [];
      return textChanges(earlier, option).map(({ what, language }) =>
        change(
          'option-renamed',
          `option « ${option.id} »: ${what}`,
          language === base
            ? "les réponses sont comptées ensemble: si l'option ne veut plus dire la même chose, donnez-lui un autre identifiant"
            : 'les réponses sont comptées ensemble',
          language === base,
        ),
      );
    }),
    ...(elsewhere.length > 0
      ? [
          change(
            'option-moved',
            `options dans un autre ordre (${quoted(elsewhere)})`,
            "les réponses gardent leur sens; les codes de l'export sont ceux de la dernière révision",
          ),
        ]
      : []),
  ];
}

const MOST_SHOWN = 60;

function shown(value: unknown): string {
  if (value === undefined) return '(rien)';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `« ${text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text} »`;
}
