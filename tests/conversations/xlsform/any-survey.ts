/** Any valid survey, for properties: every type, nested sections, formulas, filters, languages, odd texts. */
import fc from 'fast-check';
import type { Question } from '../../../conversations/questions.ts';
import { readSurvey, type Section, type Survey } from '../../../conversations/survey.ts';

const LANGUAGES = ['fr', 'fr-facile', 'en', 'ar', 'zh', 'tr', 'ta', 'so', 'zh-Hant'];

/** Characters that files trip over, and no control character but line ends and tabs: XML has no others. */
const ODD = [
  ' ',
  '\n',
  '\t',
  '"',
  "'",
  ',',
  ';',
  '=',
  '&',
  '<',
  '>',
  'é',
  '’',
  'ن',
  '你',
  '😀',
  '\u00a0',
  '_x0041_',
  '#',
  '${q0}',
  '\r\n',
];
const text = fc
  .oneof(
    fc.string({ unit: fc.constantFrom(...ODD, 'a', 'b', '1'), minLength: 1, maxLength: 12 }),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
  )
  // Lone surrogates have no place in a file, nor have control characters.
  .filter(
    (value) => !/\p{Surrogate}/u.test(value) && !/[^\P{Cc}\t\n\r]|[\ufffe\uffff]|\$\{(?!q0\})/u.test(value),
  );

/** A label that is no reserved word and, being a number first, no yes or no either. */
const label = text.map((value) => `n ${value} n`);
const day = fc
  .date({ min: new Date('2026-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

interface Frame {
  languages: string[];
  base: string;
}

const textsOf = ({ languages }: Frame, value: fc.Arbitrary<string>): fc.Arbitrary<Record<string, string>> =>
  fc
    .tuple(...languages.map(() => value))
    .map((values) => Object.fromEntries(languages.map((code, index) => [code, values[index] as string])));

const some = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined, freq: 2 });
const flag = some(fc.constant(true as const));
const formula = fc.constantFrom(
  '${q0} > 3',
  "selected(${q0}, 'a')",
  "${q0} = 'x y' or not(${q0} != '')",
  'count-selected(${q0}) mod 2 = 1',
);
const constraint = fc.constantFrom(
  '. >= 1',
  '. >= 1 and . <= 5',
  '. <= 7',
  ". != 'a  b'",
  '. > ${q0} and . < 10',
);

/** Without what is undefined: an absent field is absent. */
const clean = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as T;

const common = (frame: Frame) => ({
  relevant: some(formula),
  text: textsOf(frame, text),
  hint: some(textsOf(frame, text)),
  guidance: some(textsOf(frame, text)),
  required: flag,
  constraint: some(constraint),
  constraintMessage: some(textsOf(frame, text)),
});

const id = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,5}$/);
const column = fc.oneof(
  fc.constantFrom('region', 'district', 'Ville', 'name', 'label', 'a b', 'x::y', 'porte_voix', ' z'),
  text,
);

const options = (frame: Frame) =>
  fc.uniqueArray(
    fc
      .record({
        id: fc.oneof(id, fc.constant('other'), fc.constantFrom('yes', 'no')),
        label: textsOf(frame, label),
        other: some(fc.constant(true as const)),
        typed: some(text),
        columns: some(fc.dictionary(column, fc.oneof(text, fc.constant('')), { minKeys: 1, maxKeys: 3 })),
      })
      .map(clean),
    { selector: (option) => option.id, minLength: 1, maxLength: 6 },
  );

/** The words of yes and no as options of a question that is not a yesno. */
const yesNoOptions = ({ languages }: Frame) =>
  fc.constant([
    { id: 'o', label: Object.fromEntries(languages.map((code) => [code, code === 'zh' ? '是' : 'oui'])) },
    { id: 'n', label: Object.fromEntries(languages.map((code) => [code, code === 'zh' ? '否' : 'non'])) },
  ]);

const choosing = (frame: Frame) => ({
  ...common(frame),
  options: options(frame),
  list: some(fc.oneof(fc.constantFrom('villes', 'q1', 'yes_no', 'q2'), text)),
});

const bounds = fc
  .tuple(
    some(
      fc.oneof(
        fc.integer({ min: -5, max: 20 }),
        fc.double({ min: -5, max: 5, noNaN: true }).filter((value) => value !== 0),
      ),
    ),
    some(fc.integer({ min: 21, max: 99 })),
  )
  .map(([min, max]) => clean({ min, max }));

const question = (frame: Frame): fc.Arbitrary<Record<string, unknown>> =>
  fc.oneof(
    fc.record({ ...choosing(frame), type: fc.constant('single') }),
    fc.record({ ...common(frame), options: yesNoOptions(frame), type: fc.constant('single') }),
    fc.record({ ...choosing(frame), type: fc.constant('multiple'), ranges: flag }),
    fc.record({ ...choosing(frame), type: fc.constant('rank'), most: some(fc.integer({ min: 1, max: 4 })) }),
    fc.record({
      ...common(frame),
      type: fc.constant('yesno'),
      names: some(fc.constantFrom(['1', '0'], ['yes', 'no'], ['non', 'oui'])),
      default: some(fc.constantFrom('yes', 'no')),
    }),
    fc
      .tuple(
        fc.record({
          ...common(frame),
          type: fc.constant('scale'),
          low: textsOf(frame, label),
          high: textsOf(frame, label),
        }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 5 }),
      )
      .map(([rest, min, more]) => ({ ...rest, min, max: min + more })),
    fc
      .tuple(
        fc.record({
          ...common(frame),
          type: fc.constant('number'),
          decimals: flag,
          default: some(fc.constantFrom('3', '-2.5')),
        }),
        bounds,
      )
      .map(([rest, between]) => ({ ...rest, ...between })),
    fc.record({
      ...common(frame),
      type: fc.constant('headcount'),
      max: some(fc.integer({ min: 2, max: 20 })),
    }),
    fc.record({
      ...common(frame),
      type: fc.constantFrom('text', 'place'),
      default: some(text.filter((value) => !value.includes('${'))),
    }),
    fc.record({ ...common(frame), type: fc.constant('date'), default: some(day) }),
    fc.record({ ...common(frame), type: fc.constant('time'), default: some(fc.constant('18:30')) }),
    fc.record({
      ...common(frame),
      type: fc.constant('datetime'),
      default: some(fc.constant('2026-05-24T18:30')),
    }),
    fc.record({
      ...common(frame),
      type: fc.constant('media'),
      accepts: fc.constantFrom('photo', 'voice', 'file'),
    }),
    fc.record({ relevant: some(formula), text: textsOf(frame, text), type: fc.constant('note') }),
    fc.record({
      relevant: some(formula),
      type: fc.constant('calculate'),
      calculation: fc.constantFrom('${q0} + 1', "if(${q0} = 1, 'a', concat('b', ${q0}))"),
    }),
  );

/** A default and a filter that the question's own choices allow. */
const chosenHow = fc.tuple(fc.nat(), fc.boolean(), fc.boolean());

function suited(
  asked: Record<string, unknown>,
  [pick, hasDefault, hasFilter]: [number, boolean, boolean],
): Record<string, unknown> {
  const choices = asked.options as { id: string; columns?: Record<string, string> }[] | undefined;
  if (!choices) return asked;
  const chosen = choices[pick % choices.length]?.id;
  const plain = choices
    .flatMap(({ columns }) => Object.keys(columns ?? {}))
    .find((name) => /^[a-zA-Z]+$/.test(name) && !['or', 'and', 'div', 'mod'].includes(name));
  return {
    ...asked,
    ...(hasDefault && { default: asked.type === 'multiple' ? `${chosen} ${choices[0]?.id}` : chosen }),
    ...(hasFilter && plain && { filter: `${plain} = \${q0} or true()` }),
  };
}

/** Sections as a tree walked in order, so that each one's questions stand together; some have no question at all. */
function grouped(
  questions: Record<string, unknown>[],
  steps: number[],
  titles: (Record<string, string> | undefined)[],
  relevants: (string | undefined)[],
): { questions: Question[]; sections?: Section[] } {
  const sections: Section[] = [];
  const open: string[] = [];
  const placed = questions.map((asked, index) => {
    const step = steps[index] ?? 0;
    if (step === 1 || step === 2)
      for (let more = 0; more < step; more += 1) {
        const name = `s${sections.length}`;
        sections.push(
          clean({
            id: name,
            title: titles[sections.length],
            relevant: relevants[sections.length],
            section: open.at(-1),
          }) as Section,
        );
        open.push(name);
      }
    if (step === 3) open.pop();
    if (step === 4) sections.push(clean({ id: `s${sections.length}`, section: open.at(-1) }) as Section);
    return clean({ id: `q${index}`, ...asked, section: open.at(-1) }) as unknown as Question;
  });
  return { questions: placed, ...(sections.length > 0 && { sections }) };
}

const isSurvey = (survey: Survey): boolean => {
  try {
    readSurvey(survey, 'any');
    return true;
  } catch {
    return false;
  }
};

export const anySurvey: fc.Arbitrary<Survey> = fc
  .record({
    languages: fc
      .shuffledSubarray(LANGUAGES, { minLength: 1, maxLength: 4 })
      .map((codes) => (codes.includes('fr') ? codes : ['fr', ...codes])),
    base: fc.constant('fr'),
  })
  .chain((frame) =>
    fc
      .tuple(
        fc.array(
          fc.tuple(question(frame), chosenHow).map(([asked, how]) => clean(suited(asked, how))),
          { minLength: 1, maxLength: 7 },
        ),
        fc.array(fc.nat({ max: 5 }), { maxLength: 7 }),
        fc.array(some(textsOf(frame, text)), { maxLength: 8 }),
        fc.array(some(formula), { maxLength: 8 }),
        fc.boolean(),
        fc.record({
          key: fc.stringMatching(/^[a-z0-9-]{1,9}$/),
          revision: fc.integer({ min: 1, max: 9 }),
          keywords: fc.uniqueArray(fc.stringMatching(/^Q[A-Z0-9]{3,9}$/), { minLength: 1, maxLength: 3 }),
          opens: fc.constant('2026-01-01'),
          closes: day,
          base: some(fc.constant('fr')),
          review: some(
            fc.dictionary(fc.constantFrom(...frame.languages), fc.constantFrom('reviewed', 'to be reviewed')),
          ),
          lists: some(fc.array(text, { minLength: 1, maxLength: 3 })),
          form: some(fc.record({ title: text, id: text, version: some(text) }).map(clean)),
          topic: textsOf(frame, text),
          intro: textsOf(frame, text),
          thanks: textsOf(frame, text),
          over: textsOf(frame, text),
          results: some(textsOf(frame, text)),
          opening: some(fc.constant('question' as const)),
          promise: some(day),
          anonymous: flag,
          remindAfter: some(fc.integer({ min: 1, max: 144 })),
        }),
      )
      .map(([questions, steps, titles, relevants, turned, rest]) => {
        const { sections, ...asked } = grouped(questions, steps, titles, relevants);
        return clean({
          ...rest,
          languages: frame.languages,
          ...asked,
          sections: turned ? sections?.toReversed() : sections,
        }) as Survey;
      }),
  )
  .filter(isSurvey);
