/**
 * Which way a survey goes for one resident: what is relevant given the answers, what comes next, how many there are.
 * A formula never sees an answer to a question that is not relevant (any more), as in ODK.
 */
import type { Answer } from './events.ts';
import { evaluate, isTrue, namesIn, parseFormula, type Scope, text } from './expression.ts';
import { constraintOf, filterOf, narrowingOf, type Question, typeOf } from './questions.ts';
import type { Section, Survey } from './survey.ts';

export type Answers = Record<string, Answer>;

interface Outline {
  byId: Map<string, Question>;
  sections: Map<string, Section>;
  /** What is asked, in order: neither notes nor what is worked out. */
  asked: Question[];
  /** Whether anything depends on an earlier answer: most surveys go straight on. */
  branches: boolean;
}

const outlines = new WeakMap<Survey, Outline>();

function outlineOf(survey: Survey): Outline {
  const known = outlines.get(survey);
  if (known) return known;
  const { questions, sections = [] } = survey;
  const made = {
    byId: new Map(questions.map((question) => [question.id, question])),
    sections: new Map(sections.map((section) => [section.id, section])),
    asked: questions.filter((question) => !typeOf(question).silent),
    branches:
      [...questions, ...sections].some(({ relevant }) => relevant) ||
      questions.some((question) => {
        const constraint = constraintOf(question);
        return filterOf(question) || (constraint && looksAt(constraint).length > 0);
      }),
  };
  outlines.set(survey, made);
  return made;
}

export const branches = (survey: Survey): boolean => outlineOf(survey).branches;

export const questionWith = (survey: Survey, id: string): Question | undefined =>
  outlineOf(survey).byId.get(id);

/** All that is ever asked, in order. */
export const askable = (survey: Survey): Question[] => outlineOf(survey).asked;

/** The formulas on which it depends whether a question is asked: its own and those of the sections around it. */
export function conditionsOf(survey: Survey, { relevant, section }: Question | Section): string[] {
  const conditions = relevant ? [relevant] : [];
  const { sections } = outlineOf(survey);
  const seen = new Set<string>();
  for (let at = section; at !== undefined && !seen.has(at); at = sections.get(at)?.section) {
    seen.add(at);
    const around = sections.get(at)?.relevant;
    if (around) conditions.push(around);
  }
  return conditions;
}

/** The answers of one resident as formulas see them, each worked out once. */
export class Reckoning implements Scope {
  private readonly relevance = new Map<string, boolean>();
  private readonly worths = new Map<string, string | number>();
  private readonly standing = new Map<string, boolean>();

  constructor(
    readonly survey: Survey,
    readonly answers: Answers,
  ) {}

  isRelevant(question: Question): boolean {
    if (!outlineOf(this.survey).branches) return true;
    const known = this.relevance.get(question.id);
    if (known !== undefined) return known;
    // A formula that leads back to itself finds its question not asked.
    this.relevance.set(question.id, false);
    const relevant =
      conditionsOf(this.survey, question).every((each) => isTrue(parseFormula(each), this)) &&
      (this.numbersOf(question)?.length ?? 1) > 0;
    this.relevance.set(question.id, relevant);
    return relevant;
  }

  /** The numbers of the options that are offered, where a filter chooses among them. */
  numbersOf(question: Question): number[] | undefined {
    const formula = filterOf(question);
    if (formula === undefined || !('options' in question)) return undefined;
    const filter = parseFormula(formula);
    return question.options.flatMap((option, index) => {
      const column = (name: string): string => (name === 'name' ? option.id : (option.columns?.[name] ?? ''));
      return isTrue(filter, { answer: (name) => this.answer(name), column }) ? [index + 1] : [];
    });
  }

  /** '' where there is no such answer. */
  answer(name: string): string | number {
    const known = this.worths.get(name);
    if (known !== undefined) return known;
    this.worths.set(name, '');
    const worth = this.worthOf(name);
    this.worths.set(name, worth);
    return worth;
  }

  private worthOf(name: string): string | number {
    const question = questionWith(this.survey, name);
    if (!question || !this.isRelevant(question)) return '';
    if (question.type === 'calculate') {
      const value = evaluate(parseFormula(question.calculation), this);
      return typeof value === 'number' ? (Number.isFinite(value) ? value : '') : text(value);
    }
    const answer = this.answers[name];
    return answer?.v === undefined || !this.stands(question) ? '' : typeOf(question).worth(question, answer);
  }

  /**
   * Whether the question is answered. A correction elsewhere may have taken the option off the list, or made a rule of
   * what was fine: such an answer is none any more, and is asked for again.
   */
  stands(question: Question): boolean {
    const answer = this.answers[question.id];
    if (answer?.v === undefined || !outlineOf(this.survey).branches) return answer !== undefined;
    const known = this.standing.get(question.id);
    if (known !== undefined) return known;
    // A formula that leads back to itself finds the answer given.
    this.standing.set(question.id, true);
    const offered = this.numbersOf(question);
    const chosen = Array.isArray(answer.v) ? answer.v : [Number(answer.v)];
    const stands =
      (!offered || chosen.every((number) => offered.includes(number))) &&
      // What passing counts as is the city's own word.
      (answer.d === true || this.allows(question, answer));
    this.standing.set(question.id, stands);
    return stands;
  }

  /** Whether an answer to this question may count. */
  allows(question: Question, answer: Answer): boolean {
    const constraint = constraintOf(question);
    if (constraint === undefined || answer.v === undefined) return true;
    const self = typeOf(question).worth(question, answer);
    return isTrue(parseFormula(constraint), { answer: (name) => this.answer(name), self });
  }
}

/** What is asked of who gave these answers, in order. */
export function relevantQuestions(survey: Survey, answers: Answers): Question[] {
  const { asked, branches } = outlineOf(survey);
  if (!branches) return asked;
  const reckoning = new Reckoning(survey, answers);
  return asked.filter((question) => reckoning.isRelevant(question));
}

/**
 * The answers that count: those to questions that are relevant given all of them, and that may still be given. Where
 * words were erased on which that hangs, what was answered stays.
 */
export function answersThatCount(survey: Survey, answers: Answers): Answers {
  if (!outlineOf(survey).branches) return answers;
  const reckoning = new Reckoning(survey, answers);
  const hanging = hangingOnErased(survey, answers);
  return Object.fromEntries(
    Object.entries(answers).filter(([id]) => {
      const question = questionWith(survey, id);
      return !question || hanging.has(id) || (reckoning.isRelevant(question) && reckoning.stands(question));
    }),
  );
}

/** Ids of what depends on an answer whose words were erased, by whatever way: nobody can work it out again. */
export function hangingOnErased(survey: Survey, answers: Answers): Set<string> {
  const erased = new Set(Object.keys(answers).filter((id) => answers[id]?.m === 'erased'));
  const hanging = new Set<string>();
  if (erased.size === 0) return hanging;
  // A formula may look ahead: round until nothing is added.
  for (let before = -1; before < hanging.size; ) {
    before = hanging.size;
    const on = new Set([...erased, ...hanging]);
    for (const question of survey.questions)
      if (formulasOf(survey, question).some((formula) => looksAt(formula).some((name) => on.has(name))))
        hanging.add(question.id);
  }
  return hanging;
}

/** Everything on which it depends whether an answer to it counts, or what it is worth. */
const formulasOf = (survey: Survey, question: Question): string[] => [
  ...conditionsOf(survey, question),
  ...narrowingOf(question),
  ...(question.type === 'calculate' ? [question.calculation] : []),
];

/** What is worked out from the answers, by question id; what is not relevant is not there. */
export function worked(survey: Survey, answers: Answers): Record<string, string | number> {
  const reckoning = new Reckoning(survey, answers);
  const found: Record<string, string | number> = {};
  for (const question of survey.questions)
    if (question.type === 'calculate' && reckoning.isRelevant(question))
      found[question.id] = reckoning.answer(question.id);
  return found;
}

export interface Next {
  /** Missing where the survey is at its end. */
  question?: Question;
  /** What is told on the way there: what stands before a question that is answered has been. */
  notes: Question[];
}

/**
 * The first question after `from` that is relevant and not answered, with the notes between; from the beginning where
 * `from` is none of its questions.
 */
export function nextAfter(survey: Survey, answers: Answers, from: string | undefined): Next {
  const { questions } = survey;
  const reckoning = new Reckoning(survey, answers);
  const notes: Question[] = [];
  const start = questions.findIndex(({ id }) => id === from) + 1;
  for (let index = start; index < questions.length; index += 1) {
    const question = questions[index] as Question;
    const { silent } = typeOf(question);
    if (silent === 'worked-out' || !reckoning.isRelevant(question)) continue;
    if (silent === 'told') notes.push(question);
    else if (!reckoning.stands(question)) return { question, notes };
    else notes.length = 0;
  }
  return { notes };
}

/**
 * Which of how many a question is for this resident. What still depends on answers to come is counted as if it were
 * asked, so that the total may shrink on the way and never grows.
 */
export function placeAmong(
  survey: Survey,
  question: Question,
  answers: Answers,
): { number: number; total: number } {
  const { asked, branches } = outlineOf(survey);
  const at = asked.indexOf(question);
  if (!branches) return { number: at + 1, total: asked.length };
  const reckoning = new Reckoning(survey, answers);
  const before = asked.slice(0, at).filter((each) => reckoning.isRelevant(each)).length;
  const unknown = stillOpen(survey, reckoning);
  const after = asked
    .slice(at + 1)
    .filter((each) => reckoning.isRelevant(each) || dependsOn(survey, each, unknown)).length;
  return { number: before + 1, total: before + 1 + after };
}

/** Questions that are still to be asked, or may come to be. */
function stillOpen(survey: Survey, reckoning: Reckoning): Set<string> {
  const open = new Set<string>();
  for (const question of survey.questions) {
    if (reckoning.stands(question)) continue;
    if (
      question.type === 'calculate'
        ? looksAt(question.calculation).some((name) => open.has(name))
        : reckoning.isRelevant(question) || dependsOn(survey, question, open)
    )
      open.add(question.id);
  }
  return open;
}

const looksAt = (formula: string): string[] => namesIn(parseFormula(formula)).answers;

const dependsOn = (survey: Survey, question: Question, on: Set<string>): boolean =>
  [...conditionsOf(survey, question), filterOf(question) ?? []]
    .flat()
    .some((condition) => looksAt(condition).some((name) => on.has(name)));
