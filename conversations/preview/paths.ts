/**
 * A few ways through a survey that together show all of it: every question that can be reached, every answer that
 * changes what comes next. Each is named by the answers that lead there.
 */
import { local } from '../phrase.ts';
import type { Question } from '../questions.ts';
import type { Survey } from '../survey.ts';
import { type Example, exampleKey } from './examples.ts';
import type { Choice, Explored, Place } from './explore.ts';
import type { Line, Player } from './walk.ts';
import { words } from './words.ts';

export interface Step {
  question: Question;
  example: Example;
  /** Another answer would have led elsewhere. */
  decides: boolean;
}

export interface Path {
  steps: Step[];
  /** "habite: oui · age: 30"; empty where nothing decides. */
  name: string;
}

/** More than this nobody reads. */
const MOST_PATHS = 30;

/** The fewest paths we can find, the fullest first; `all` is false where there are more. */
export function pathsThrough(explored: Explored): { paths: Path[]; all: boolean } {
  const shown = new Set<string>();
  const paths: Path[] = [];
  const goalsOf = goalsIn(explored.start);
  while (paths.length < MOST_PATHS) {
    const taken = fullest(explored.start, shown, goalsOf);
    const fresh = taken.flatMap(goalsOf).filter((goal) => !shown.has(goal));
    if (fresh.length === 0 && paths.length > 0) return { paths, all: true };
    for (const goal of fresh) shown.add(goal);
    const steps = taken.map(({ at, choice }) => ({
      question: at.question as Question,
      example: choice.example,
      decides: decides(at) || explored.choosing.has(at.question?.id ?? ''),
    }));
    paths.push({ steps, name: nameOf(steps) });
  }
  return { paths, all: false };
}

/** Whether some answer leads another way than others. */
export const decides = ({ choices }: Place): boolean => new Set(choices.map(({ to }) => to.way)).size > 1;

interface Taken {
  at: Place;
  choice: Choice;
}

/** Of the lists that a filter can leave, so many are shown: enough to see what it does. */
const MOST_LISTS = 3;

/** What a step shows: its question, its answer where others lead elsewhere, the list where a filter made it. */
function goalsIn(start: Place): (taken: Taken) => string[] {
  const lists = listsFrom(start);
  return ({ at, choice }) => {
    const id = at.question?.id ?? '';
    const list = at.offered !== undefined && lists.get(id)?.has(at.offered) ? [`${id} of ${at.offered}`] : [];
    if (!decides(at)) return [id, ...list];
    const [same] = at.choices.filter(({ to }) => to.way === choice.to.way) as [Choice];
    return [id, `${id} ${exampleKey(same.example)}`, ...list];
  };
}

/** The first lists of each filtered question, by its id. */
function listsFrom(start: Place): Map<string, Set<string>> {
  const lists = new Map<string, Set<string>>();
  const seen = new Set<Place>();
  const waiting = [start];
  for (let place = waiting.pop(); place; place = waiting.pop()) {
    if (seen.has(place)) continue;
    seen.add(place);
    const { question, offered } = place;
    if (question && offered !== undefined) {
      const known = lists.get(question.id) ?? new Set<string>();
      if (known.size < MOST_LISTS) lists.set(question.id, known.add(offered));
    }
    waiting.push(...place.choices.map(({ to }) => to));
  }
  return lists;
}

/** The way to the end that shows most of what was not shown yet. A survey only goes forward: there are no rounds. */
function fullest(start: Place, shown: Set<string>, goalsOf: (taken: Taken) => string[]): Taken[] {
  const best = new Map<Place, { gain: number; choice?: Choice }>();
  const gainFrom = (place: Place): number => {
    const known = best.get(place);
    if (known) return known.gain;
    let found: { gain: number; choice?: Choice } = { gain: 0 };
    best.set(place, found);
    for (const choice of place.choices) {
      const own = goalsOf({ at: place, choice }).filter((goal) => !shown.has(goal)).length;
      const gain = own + gainFrom(choice.to);
      if (!found.choice || gain > found.gain) found = { gain, choice };
    }
    best.set(place, found);
    return found.gain;
  };
  gainFrom(start);
  const taken: Taken[] = [];
  for (let at = start; ; ) {
    const choice = best.get(at)?.choice;
    if (!choice) return taken;
    taken.push({ at, choice });
    at = choice.to;
  }
}

const nameOf = (steps: Step[]): string =>
  steps
    .filter(({ decides }) => decides)
    .map(({ question, example }) => `${question.id}: ${exampleInWords(question, example)}`)
    .join(' · ');

/** An answer as staff read it. */
export function exampleInWords(question: Question, example: Example): string {
  if (example.kind !== 'worth') return words.passes;
  const { worth } = example;
  if (question.type === 'yesno')
    return worth === (question.names ?? ['yes', 'no'])[0] ? words.conditions.yes : words.conditions.no;
  if (!('options' in question)) return String(worth).replace('.', ',');
  const ids = String(worth).split(' ');
  return ids
    .map((id) => question.options.find((option) => option.id === id))
    .map((option) => (option ? local(option.label, 'fr') || option.id : ''))
    .join(', ');
}

/**
 * Plays a path. `strayed`: the questions whose answer is not taken on this channel or in this language; they are left
 * behind as not understood.
 */
export function walkAlong(player: Player, path: Path): { lines: Line[]; strayed: Question[] } {
  let walk = player.accept(player.start());
  const strayed: Question[] = [];
  for (const { question, example } of path.steps) {
    const on = walk.question === question ? player.answer(walk, example) : undefined;
    if (!on) strayed.push(question);
    walk = on ?? (walk.question === question ? player.giveUp(walk) : walk);
  }
  return { lines: walk.lines, strayed };
}

/** The questions that no answer leads to. */
export function notReached(survey: Survey, paths: Path[]): Question[] {
  const reached = new Set(paths.flatMap(({ steps }) => steps.map(({ question }) => question.id)));
  return survey.questions.filter(
    ({ id, type }) => !reached.has(id) && type !== 'note' && type !== 'calculate',
  );
}
