/** Whatever the branches of a survey are, a preview finds them all: held against every combination of answers. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Answer } from '../../../conversations/events.ts';
import { END } from '../../../conversations/preview/branches.ts';
import { previewSurvey } from '../../../conversations/preview/preview.ts';
import type { Question } from '../../../conversations/questions.ts';
import { readSurvey, type Survey } from '../../../conversations/survey.ts';
import { type Answers, relevantQuestions } from '../../../conversations/survey-paths.ts';
import { localWorld } from '../../../infra/local/city.ts';
import { MONDAY } from '../play.ts';

const KINDS = ['yesno', 'single', 'multiple', 'number'] as const;
type Kind = (typeof KINDS)[number];

const french = (fr: string) => ({ fr });
const OPTIONS = ['a', 'b', 'c'].map((id) => ({ id, label: french(`choix ${id}`) }));

const asked = (kind: Kind, index: number, relevant: string | undefined) => ({
  id: `q${index}`,
  type: kind,
  text: french(`Question ${index}?`),
  ...(relevant && { relevant }),
  ...(kind === 'number' && { min: 0, max: 5 }),
  ...((kind === 'single' || kind === 'multiple') && { options: OPTIONS }),
});

/** A condition on one earlier question. */
const about = (index: number, kind: Kind): fc.Arbitrary<string> => {
  const name = `\${q${index}}`;
  if (kind === 'yesno') return fc.constantFrom(`${name} = 'yes'`, `${name} = 'no'`, `${name} = ''`);
  if (kind === 'number')
    return fc
      .tuple(fc.constantFrom('<', '>=', '='), fc.integer({ min: 0, max: 5 }))
      .map(([sign, value]) => `${name} ${sign} ${value}`);
  const one = fc.constantFrom('a', 'b', 'c').map((id) => `selected(${name}, '${id}')`);
  return kind === 'multiple' ? fc.oneof(one, fc.constant(`count-selected(${name}) > 1`)) : one;
};

/** Conditions on any of the questions before. */
const condition = (kinds: Kind[]): fc.Arbitrary<string | undefined> => {
  if (kinds.length === 0) return fc.constant(undefined);
  const one = fc.nat(kinds.length - 1).chain((index) => about(index, kinds[index] as Kind));
  return fc.oneof(
    fc.constant(undefined),
    one,
    one.map((each) => `not(${each})`),
    fc.tuple(one, fc.constantFrom('and', 'or'), one).map(([a, join, b]) => `(${a}) ${join} (${b})`),
  );
};

const survey: fc.Arbitrary<Survey> = fc
  .array(fc.constantFrom(...KINDS), { minLength: 2, maxLength: 5 })
  .chain((kinds) =>
    fc.tuple(...kinds.map((_, index) => condition(kinds.slice(0, index)))).map((conditions) =>
      readSurvey(
        {
          key: 'essai',
          revision: 1,
          keywords: ['ESSAI'],
          opens: '2026-01-01',
          closes: '2027-06-30',
          languages: ['fr'],
          ...{
            topic: french('un essai'),
            intro: french('Un essai.'),
            thanks: french('Bien.'),
            over: french('Fini.'),
          },
          questions: kinds.map((kind, index) => asked(kind, index, conditions[index])),
        },
        'essai',
      ),
    ),
  );

/** Everything a question can be answered with. */
function answersTo({ type }: Question): Answer[] {
  const values = {
    yesno: [true, false],
    single: [1, 2, 3],
    multiple: [[1], [2], [3], [1, 2], [1, 3], [2, 3], [1, 2, 3]],
    number: [0, 1, 2, 3, 4, 5],
  }[type as Kind];
  return [...values.map((v) => ({ v, t: 0 })), { m: 'skip', t: 0 }];
}

/** Every step from one question to the next that any combination of answers makes. */
function everyStep(survey: Survey): Set<string> {
  const steps = new Set<string>();
  const visit = (from: string, index: number, answers: Answers): void => {
    const next = survey.questions.findIndex(
      (question, at) => at >= index && relevantQuestions(survey, answers).includes(question),
    );
    const question = survey.questions[next];
    steps.add(`${from} → ${question?.id ?? END}`);
    if (!question) return;
    for (const answer of answersTo(question))
      visit(question.id, next + 1, { ...answers, [question.id]: answer });
  };
  visit('start', 0, {});
  return steps;
}

it('finds every question that can be reached, and every step between questions, and no other', () => {
  const { city } = localWorld();
  fc.assert(
    fc.property(survey, (survey) => {
      const { paths, branches, bounded, notAnswered } = previewSurvey({
        survey,
        city,
        now: MONDAY,
        languages: ['fr'],
        channels: ['sms'],
      });
      const steps = everyStep(survey);
      expect({ bounded, notAnswered }).toEqual({ bounded: false, notAnswered: [] });
      expect(branches.branches.map(({ from, to }) => `${from} → ${to}`).sort()).toEqual([...steps].sort());
      const reached = new Set([...steps].map((step) => step.split(' → ')[1]).filter((id) => id !== END));
      const shown = new Set(paths.flatMap(({ steps }) => steps.map(({ question }) => question.id)));
      expect([...shown].sort()).toEqual([...reached].sort());
    }),
    { numRuns: 150 },
  );
});
