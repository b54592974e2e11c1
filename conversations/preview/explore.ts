/**
 * Every way a survey can go, found by answering it: a graph of places, each a question with what the answers so far
 * decide about what is still to come. Two answers that decide the same lead to the same place.
 */

import type { Parsed } from '../expression/parse.ts';
import { evaluate, namesIn, parseFormula } from '../expression.ts';
import { filterOf, narrowingOf, type Question } from '../questions.ts';
import type { Survey } from '../survey.ts';
import { conditionsOf, questionWith, Reckoning } from '../survey-paths.ts';
import { type Example, examplesFor } from './examples.ts';
import type { Player, Walk } from './walk.ts';

/** One answer that leads on. `others` decide the same. */
export interface Choice {
  example: Example;
  others: Example[];
  to: Place;
}

export interface Place {
  /** Missing at the end. */
  question?: Question;
  /** The same for places from which the same questions are asked, though with other options. */
  way: string;
  /** The options on offer, where a filter chooses among them. */
  offered?: string;
  choices: Choice[];
}

export interface Explored {
  start: Place;
  /** The questions whose answers choose among the options of others. */
  choosing: Set<string>;
  /** Questions for which no example was taken: the walk goes on once they were not understood. */
  unanswered: Set<string>;
  /** Not everything was tried. */
  bounded: boolean;
}

/** Beyond this many places only the first answer of each is followed: a minute of a small machine. */
const MOST_PLACES = 1500;

/** Answers the survey in every way that makes a difference. */
export function explore(survey: Survey, player: Player, most = MOST_PLACES): Explored {
  const places = new Map<string, Place>();
  const decides = decidingQuestions(survey);
  const unanswered = new Set<string>();
  let bounded = false;

  function visit(walk: Walk): Place {
    const { question } = walk;
    const { way, offers } = decidedAt(survey, walk);
    const key = `${way}\n\n${offers}`;
    const known = places.get(key);
    if (known) return known;
    const offered = question && new Reckoning(survey, walk.answers).numbersOf(question)?.join(' ');
    const place: Place = {
      ...(question && { question }),
      way,
      ...(offered !== undefined && { offered }),
      choices: [],
    };
    places.set(key, place);
    if (!question) return place;
    const byPlace = new Map<Place, Choice>();
    for (const { example, on } of steps(walk, question)) {
      const to = visit(on);
      const same = byPlace.get(to);
      if (same) same.others.push(example);
      else byPlace.set(to, { example, others: [], to });
    }
    place.choices = [...byPlace.values()];
    return place;
  }

  function* steps(walk: Walk, question: Question): Generator<{ example: Example; on: Walk }> {
    const full = places.size > most;
    let found = false;
    for (const example of examplesFor(survey, question, walk)) {
      const on = player.answer(walk, example);
      if (!on) continue;
      found = true;
      yield { example, on };
      if (!decides.has(question.id)) return;
      if (full) {
        bounded = true;
        return;
      }
    }
    if (found) return;
    unanswered.add(question.id);
    const on = player.giveUp(walk);
    if (on.question !== question) yield { example: { kind: 'skip' }, on };
  }

  const start = visit(player.accept(player.start()));
  const filters = survey.questions.flatMap((each) => filterOf(each) ?? []);
  const choosing = new Set(
    filters.flatMap((filter) => askedNames(survey, namesIn(parseFormula(filter)).answers)),
  );
  return { start, choosing, unanswered, bounded };
}

/** The questions whose answers some condition, filter or constraint looks at, directly or by way of a calculation. */
export function decidingQuestions(survey: Survey): Set<string> {
  const deciding = new Set<string>();
  for (const question of survey.questions)
    for (const formula of [...conditionsOf(survey, question), ...narrowingOf(question)])
      for (const name of askedNames(survey, namesIn(parseFormula(formula)).answers)) deciding.add(name);
  return deciding;
}

/** The questions behind names: a calculation stands for what it looks at. */
function askedNames(survey: Survey, names: string[], seen = new Set<string>()): string[] {
  return names.flatMap((name) => {
    if (seen.has(name)) return [];
    seen.add(name);
    const question = questionWith(survey, name);
    if (question?.type !== 'calculate') return question ? [name] : [];
    const { answers } = namesIn(parseFormula(question.calculation));
    // What decides whether it is worked out counts too.
    const around = conditionsOf(survey, question).flatMap((each) => namesIn(parseFormula(each)).answers);
    return askedNames(survey, [...answers, ...around], seen);
  });
}

/** The question at hand and what is decided about the ones behind it: whether they are asked, what they offer. */
function decidedAt(survey: Survey, { question, answers, session }: Walk): { way: string; offers: string } {
  if (!question) return { way: session.survey ? 'lost' : 'end', offers: '' };
  const at = survey.questions.indexOf(question);
  const reckoning = new Reckoning(survey, answers);
  const decided = (name: string): boolean => survey.questions.findIndex(({ id }) => id === name) < at;
  const partsOf = (formula: string): string[] =>
    atomsOf(parseFormula(formula).parsed).flatMap((part) => {
      const names = askedNames(survey, namesOf(part));
      if (names.every(decided) && !looksElsewhere(part))
        return [`${JSON.stringify(part)}:${evaluate({ text: '', parsed: part }, reckoning)}`];
      return names.filter(decided).map((name) => `${name}=${reckoning.answer(name)}`);
    });
  const later = survey.questions.slice(at);
  const gathered = (formulas: string[]): string => [...new Set(formulas.flatMap(partsOf))].sort().join('\n');
  return {
    way: `${question.id}\n${gathered(later.flatMap((each) => conditionsOf(survey, each)))}`,
    offers: gathered(later.flatMap(narrowingOf)),
  };
}

/** The parts of a formula between which stand only `or`, `and`, `not`. */
const atomsOf = (node: Parsed): Parsed[] =>
  node.kind === 'call' && ['or', 'and', 'not'].includes(node.name) ? node.of.flatMap(atomsOf) : [node];

const namesOf = (node: Parsed): string[] =>
  node.kind === 'answer' ? [node.name] : node.kind === 'call' ? node.of.flatMap(namesOf) : [];

/** At the answer to come, or at the options of a question. */
const looksElsewhere = (node: Parsed): boolean =>
  node.kind === 'self' || node.kind === 'column' || (node.kind === 'call' && node.of.some(looksElsewhere));
