/** What the lint says of branches is what trying out every answer says, on small surveys of any shape. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Answer } from '../../../conversations/events.ts';
import { lintSurvey } from '../../../conversations/lint.ts';
import { readSurvey, type Survey } from '../../../conversations/survey.ts';
import { type Answers, Reckoning } from '../../../conversations/survey-paths.ts';
import market from './market.json';
import { all, around, type Loose, option } from './planted.ts';

const KINDS: { question: Loose; values: Answer['v'][]; conditions: (id: string) => string[] }[] = [
  {
    question: { type: 'yesno' },
    values: [true, false],
    conditions: (id) => [`\${${id}} = 'yes'`, `\${${id}} != 'yes'`, `\${${id}} = ''`],
  },
  {
    question: { type: 'single', options: [option('a'), option('b'), option('c')] },
    values: [1, 2, 3],
    conditions: (id) => [`\${${id}} = 'a'`, `\${${id}} = 'b'`, `not(selected(\${${id}}, 'c'))`],
  },
  {
    question: { type: 'multiple', options: [option('a'), option('b')] },
    values: [[1], [2], [1, 2]],
    conditions: (id) => [`selected(\${${id}}, 'a')`, `count-selected(\${${id}}) > 1`, `\${${id}} = 'a b'`],
  },
  {
    question: { type: 'number', min: 0, max: 3, constraint: '. != 1', constraintMessage: all('Pas 1.') },
    values: [0, 2, 3],
    conditions: (id) => [`\${${id}} > 2`, `\${${id}} = 1`, `\${${id}} + 1 = 3`],
  },
];

interface Drawn {
  kind: number;
  /** Which conditions on earlier questions, and how they are joined. */
  looks: { at: number; which: number }[];
  joint: 'and' | 'or';
  section: boolean;
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  kind: fc.nat({ max: KINDS.length - 1 }),
  looks: fc.array(fc.record({ at: fc.nat(), which: fc.nat() }), { maxLength: 3 }),
  joint: fc.constantFrom('and', 'or'),
  section: fc.boolean(),
});

function surveyOf(questions: Drawn[], outside: Drawn['looks']): Survey {
  const id = (index: number): string => `q${index}`;
  const conditionsOn = (looks: Drawn['looks'], before: number): string[] =>
    before === 0
      ? []
      : looks.map(({ at, which }) => {
          const index = at % before;
          const conditions = KINDS[questions[index]?.kind ?? 0]?.conditions(id(index)) ?? [];
          return conditions[which % conditions.length] as string;
        });
  // A section looks only at the first question, which stands in none; it is one stretch of the others.
  const around = conditionsOn(outside, 1);
  const first = questions.findIndex(({ section }, index) => section && index > 0);
  const after = questions.findIndex(({ section }, index) => first > 0 && index > first && !section);
  return readSurvey(
    {
      ...market,
      sections: [{ id: 's', ...(around.length > 0 && { relevant: around.join(' and ') }) }],
      questions: questions.map(({ kind, looks, joint }, index) => {
        const own = conditionsOn(looks, index);
        return {
          id: id(index),
          text: all('Et ici?'),
          ...KINDS[kind]?.question,
          ...(own.length > 0 && { relevant: own.join(` ${joint} `) }),
          ...(first > 0 && index >= first && (after < 0 || index < after) && { section: 's' }),
        };
      }),
    },
    'drawn',
  );
}

/** The questions that some answers lead to, by trying all of them. */
function reached(survey: Survey, kinds: number[]): Set<string> {
  const found = new Set<string>();
  const go = (at: number, answers: Answers): void => {
    const question = survey.questions[at];
    if (!question) return;
    const asked = new Reckoning(survey, answers).isRelevant(question);
    if (asked) found.add(question.id);
    const values = asked ? (KINDS[kinds[at] ?? 0]?.values ?? []) : [];
    for (const v of values) go(at + 1, { ...answers, [question.id]: { v, t: 0 } });
    go(at + 1, answers);
  };
  go(0, {});
  return found;
}

it('finds exactly the questions that no answers lead to', () => {
  fc.assert(
    fc.property(
      fc.array(drawn, { minLength: 2, maxLength: 5 }),
      fc.array(fc.record({ at: fc.nat(), which: fc.nat() }), { maxLength: 2 }),
      (questions, outside) => {
        const survey = surveyOf(questions, outside);
        const findings = lintSurvey(survey, around);
        const dead = (place: string): boolean =>
          findings.some(
            (finding) =>
              finding.place === place && ['never-asked', 'contradicts-section'].includes(finding.rule),
          );
        const sectionDead = dead('sections[0].relevant');
        const unreached = survey.questions.flatMap(({ id, section }, index) =>
          dead(`questions[${index}].relevant`) || (section && sectionDead) ? [id] : [],
        );
        const found = reached(
          survey,
          questions.map(({ kind }) => kind),
        );
        expect(unreached).toEqual(survey.questions.flatMap(({ id }) => (found.has(id) ? [] : [id])));
      },
    ),
    { numRuns: 300 },
  );
});
