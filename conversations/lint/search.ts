/**
 * Whether answers can be given that make something true: tried out with the engine's own reckoning, over the values
 * that matter (`domain.ts`), each question answered only where it is asked and as its constraint and filter allow.
 */
import type { Answer } from '../events.ts';
import { type Question, typeOf } from '../questions.ts';
import type { Survey } from '../survey.ts';
import { type Answers, Reckoning } from '../survey-paths.ts';
import { type Domain, domainOf, type Usage, usageOf } from './domain.ts';
import { closureOf, formulasOf, laterIn } from './formulas.ts';

/** `undecided`: too many ways, or values that cannot be listed; then nothing is claimed. */
export type Found = 'yes' | 'no' | 'undecided';

/** Answers tried out for one thing, and for all of a survey: a lint is to take a second at most. */
const MOST_TRIES = 8000;
const MOST_IN_ALL = 80_000;
/** So many ways that skipping what is not asked will not bring them within reach. */
const HOPELESS = 10_000_000;

export class Search {
  private readonly usage: Usage;
  private readonly domains = new Map<string, Domain>();
  private left = MOST_IN_ALL;

  constructor(readonly survey: Survey) {
    this.usage = usageOf(formulasOf(survey), survey.questions);
  }

  /**
   * Whether `test` holds for some answers to what the named answers depend on. `texts`: the formulas it works out,
   * where it works out no others; then a sum somewhere else in the survey does not leave it undecided.
   */
  exists(names: Iterable<string>, test: (reckoning: Reckoning) => boolean, texts?: string[]): Found {
    let found = false;
    const complete = this.each(
      names,
      (reckoning) => {
        found = test(reckoning);
        return found;
      },
      texts,
    );
    return found ? 'yes' : complete ? 'no' : 'undecided';
  }

  /** Calls `visit` with each way to answer until it returns true. Returns whether all ways have been seen. */
  each(names: Iterable<string>, visit: (reckoning: Reckoning) => boolean, texts?: string[]): boolean {
    const { survey } = this;
    const closure = closureOf(survey, names);
    const asked = survey.questions.filter((question) => closure.has(question.id) && !typeOf(question).silent);
    const domains = asked.map((question) => this.domainOf(question.id));
    const ways = domains.reduce((product, { values }) => product * (values.length + 1), 1);
    if (ways > HOPELESS) return false;
    let exact = this.isExact(asked, closure, texts) && !this.looksAhead(closure);
    let tries = Math.min(MOST_TRIES, this.left);
    const go = (at: number, answers: Answers): boolean => {
      if (tries <= 0) {
        exact = false;
        return true;
      }
      tries -= 1;
      const reckoning = new Reckoning(survey, answers);
      const question = asked[at];
      if (!question) return visit(reckoning);
      if (reckoning.isRelevant(question)) {
        const offered = reckoning.numbersOf(question);
        for (const v of (domains[at] as Domain).values) {
          const answer: Answer = { v, t: 0 };
          if (offered && ![v].flat().every((number) => offered.includes(Number(number)))) continue;
          if (!reckoning.allows(question, answer)) continue;
          if (go(at + 1, { ...answers, [question.id]: answer })) return true;
        }
      }
      // Not asked, passed, or not understood.
      return go(at + 1, answers);
    };
    go(0, {});
    this.left -= Math.min(MOST_TRIES, this.left) - Math.max(tries, 0);
    return exact;
  }

  /** The values tried out are those of all formulas; whether they are enough is a matter of those worked out here. */
  private isExact(asked: Question[], closure: Set<string>, texts?: string[]): boolean {
    if (asked.every(({ id }) => this.domainOf(id).exact)) return true;
    if (!texts) return false;
    const here = formulasOf(this.survey).filter(
      ({ index, text }) =>
        index === undefined || closure.has(this.survey.questions[index]?.id ?? '') || texts.includes(text),
    );
    const { uses } = usageOf(here, this.survey.questions);
    return asked.every((question) => domainOf(question, { ...this.usage, uses }).exact);
  }

  domainOf(id: string): Domain {
    const known = this.domains.get(id);
    if (known) return known;
    const question = this.survey.questions.find((each) => each.id === id);
    const made = question ? domainOf(question, this.usage) : { values: [], exact: true };
    this.domains.set(id, made);
    return made;
  }

  /** Whether something depends on what is asked after it: then the order of trying out is not the order of asking. */
  private looksAhead(closure: Set<string>): boolean {
    return this.survey.questions.some(
      ({ id }, index) =>
        closure.has(id) &&
        laterIn(
          this.survey,
          [...closureOf(this.survey, [id])].filter((name) => name !== id),
          index,
        ).length > 0,
    );
  }
}
