/**
 * The way through a survey as a drawing shows it and as a list says it: its questions, its sections, and from each
 * question the ones that can follow, with what leads there in French. What follows what was found by answering.
 */
import { local } from '../phrase.ts';
import { constraintOf, filterOf, type Question } from '../questions.ts';
import type { Section, Survey } from '../survey.ts';
import { askable, conditionsOf } from '../survey-paths.ts';
import { conditionInWords } from './condition-in-words.ts';
import { type Example, exampleKey } from './examples.ts';
import type { Explored, Place } from './explore.ts';
import { decides, exampleInWords } from './paths.ts';
import { fill, words } from './words.ts';

export const END = 'end';
export const START = 'start';

export interface Branch {
  from: string;
  to: string;
  /** What leads there, short: "oui", "age ≥ 18", "sinon"; missing where there is only one way. */
  label?: string;
  /** The same in a sentence, after "si"; missing for "sinon" and where there is only one way. */
  when?: string;
}

export interface Asked {
  id: string;
  /** Its number among what is asked. */
  number: number;
  text: string;
  section?: string;
  /** When it is asked, in French; missing where everyone is asked. */
  condition?: string;
  filter?: string;
  constraint?: string;
  /** Messages that are said just before it. */
  notes: { text: string; condition?: string }[];
  /** Some answer to it changes what comes next. */
  decides: boolean;
  reached: boolean;
}

interface Part {
  id: string;
  title: string;
  condition?: string;
  /** The part it stands in. */
  within?: string;
}

export interface Branches {
  questions: Asked[];
  sections: Part[];
  branches: Branch[];
  /** Messages behind the last question. */
  lastNotes: Asked['notes'];
}

/** More answers than this on one line are said as a condition instead. */
const FEW = 3;

export function branchesOf(survey: Survey, { start }: Explored): Branches {
  const places = placesFrom(start);
  const asked = askable(survey);
  const reached = new Set(places.map(({ question }) => question?.id));
  const deciding = new Set(places.filter(decides).map(({ question }) => question?.id));
  const notes = notesBefore(survey);
  const questions = asked.map((question, index): Asked => {
    const condition = ownCondition(survey, question);
    const filter = filterOf(question);
    const constraint = constraintOf(question);
    return {
      id: question.id,
      number: index + 1,
      text: french(survey, question),
      ...(question.section && { section: question.section }),
      ...(condition && { condition }),
      ...(filter && { filter: conditionInWords(survey, filter, question) }),
      ...(constraint && { constraint: conditionInWords(survey, constraint, question) }),
      notes: notes.get(question.id) ?? [],
      decides: deciding.has(question.id),
      reached: reached.has(question.id),
    };
  });
  return {
    questions,
    sections: (survey.sections ?? []).map((section) => partOf(survey, section)),
    branches: [
      { from: START, to: start.question?.id ?? END },
      ...asked.flatMap((question) => branchesFrom(survey, question, asked, places)),
    ],
    lastNotes: notes.get(END) ?? [],
  };
}

function placesFrom(start: Place): Place[] {
  const seen = new Set([start]);
  for (const place of seen) for (const { to } of place.choices) seen.add(to);
  return [...seen];
}

const french = (survey: Survey, question: Question): string => {
  if (!('text' in question)) return question.id;
  return local(question.text, 'fr') || local(question.text, survey.base ?? 'fr') || question.id;
};

/** Its own condition; that of its section stands at the section. */
const ownCondition = (survey: Survey, { relevant }: Question | Section): string | undefined =>
  relevant && conditionInWords(survey, relevant);

function partOf(survey: Survey, section: Section): Part {
  const condition = ownCondition(survey, section);
  return {
    id: section.id,
    title: section.title ? local(section.title, 'fr') || section.id : section.id,
    ...(condition && { condition }),
    ...(section.section && { within: section.section }),
  };
}

/** The messages between the questions, by the question that comes next. */
function notesBefore(survey: Survey): Map<string, Asked['notes']> {
  const before = new Map<string, Asked['notes']>();
  let waiting: Asked['notes'] = [];
  for (const question of survey.questions) {
    if (question.type === 'calculate') continue;
    if (question.type === 'note') {
      const condition = ownCondition(survey, question);
      waiting.push({ text: french(survey, question), ...(condition && { condition }) });
      continue;
    }
    before.set(question.id, waiting);
    waiting = [];
  }
  before.set(END, waiting);
  return before;
}

function branchesFrom(survey: Survey, question: Question, asked: Question[], places: Place[]): Branch[] {
  const own = places.filter((place) => place.question === question);
  /** The answers that lead to a question, and whether they always do. */
  const leads = new Map<string, Map<string, Example>>();
  for (const { choices } of own)
    for (const { example, others, to } of choices) {
      const next = to.question?.id ?? END;
      const answers = leads.get(next) ?? new Map<string, Example>();
      for (const each of [example, ...others]) answers.set(exampleKey(each), each);
      leads.set(next, answers);
    }
  const order = [...asked.map(({ id }) => id), END];
  const targets = [...leads.keys()].sort((a, b) => order.indexOf(a) - order.indexOf(b));
  if (targets.length < 2) return targets.map((to) => ({ from: question.id, to }));
  const all = targets.flatMap((to) => [...(leads.get(to) as Map<string, Example>).keys()]);
  const alone = new Set(all).size === all.length;
  return targets.map((to, index) => ({
    from: question.id,
    to,
    ...labelled(survey, question, to, {
      answers: alone && hasWords(question) ? [...(leads.get(to) as Map<string, Example>).values()] : [],
      last: index === targets.length - 1,
    }),
  }));
}

/** Its answers are few and have names. */
const hasWords = ({ type }: Question): boolean => type === 'single' || type === 'yesno' || type === 'scale';

function labelled(
  survey: Survey,
  question: Question,
  to: string,
  { answers, last }: { answers: Example[]; last: boolean },
): Pick<Branch, 'label' | 'when'> {
  const named = answers.filter(({ kind }) => kind === 'worth').map((each) => exampleInWords(question, each));
  const passes = answers.length > named.length;
  if (named.length > 0 && named.length <= FEW && !(last && passes)) {
    const either = (some: string[]): string =>
      [...some, ...(passes ? [words.branches.passed] : [])].join(` ${words.branches.or} `);
    const quoted = named.map((name) =>
      question.type === 'single' ? fill(words.conditions.text, { text: name }) : name,
    );
    return { label: either(named), when: fill(words.branches.answer, { answer: either(quoted) }) };
  }
  const next = survey.questions.find(({ id }) => id === to);
  const conditions = next ? conditionsOf(survey, next) : [];
  if (last || conditions.length === 0) return { label: words.branches.otherwise };
  const when = conditionInWords(survey, conditions.map((each) => `(${each})`).join(' and '));
  return { label: when, when };
}
