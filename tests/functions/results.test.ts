/**
 * The counts of a survey equal what a full recount finds, whatever was changed, erased, linked, cut, in whatever order,
 * with counters that die at any call and others beside them.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer, AnswerSheet } from '../../conversations/events.ts';
import type { World } from '../../conversations/moment.ts';
import { surveyShelf } from '../../conversations/survey.ts';
import { countAnswers } from '../../functions/runtime/results/count-answers.ts';
import { contributionOf, rounded } from '../../functions/runtime/results/tokens.ts';
import type { Db } from '../../functions/store/db.ts';
import { createMarkStore } from '../../functions/store/marks.ts';
import { createSheetStore } from '../../functions/store/sheets.ts';
import { createTagStore } from '../../functions/store/tags.ts';
import { createTallyStore } from '../../functions/store/tallies.ts';
import { createWordsStore } from '../../functions/store/words.ts';
import { localWorld } from '../../infra/local/city.ts';
import { Crash, FAULTS, type Fault, type Faults, faultyDb } from '../faults/faulty.ts';
import { everyType } from '../support/every-type.ts';
import { createMemoryDb, type MemoryDb } from '../support/memory-db.ts';
import { recount } from '../support/recount.ts';

const NOW = new Date('2026-11-25T09:00:00.000Z');
const anonymous = { ...everyType, key: 'secret', anonymous: true as const };
const world: World = { city: localWorld().city, surveys: surveyShelf([everyType, anonymous]) };

const on = (db: Db) => {
  const tallies = createTallyStore(db);
  const [words, tags, marks] = [createWordsStore(db), createTagStore(db), createMarkStore(db)];
  const sheets = createSheetStore(db, world, { words, tags, marks }, () => NOW);
  return { db, tallies, sheets, world, now: () => NOW };
};

const answer = (v: Answer['v']): Answer => ({ v, t: 0 }) as Answer;
const answers = fc.record(
  {
    venir: fc.boolean().map(answer),
    combien: fc.integer({ min: 0, max: 9 }).map(answer),
    ordre: fc.shuffledSubarray([1, 2, 3], { minLength: 1 }).map(answer),
    quoi: fc.subarray([1, 2, 3], { minLength: 1 }).map(answer),
    ou: fc.oneof(fc.constant(answer('la place')), fc.constant<Answer>({ m: 'skip', t: 0 } as Answer)),
  },
  { requiredKeys: [] },
);
const person = fc.integer({ min: 0, max: 5 });
const facts = fc.record({
  end: fc.constantFrom('done', 'expired', 'stopped'),
  channel: fc.constantFrom('sms', 'whatsapp'),
  language: fc.constantFrom('fr', 'tr'),
  quartier: fc.constantFrom(undefined, 'chene', 'forestiere'),
  age: fc.constantFrom(undefined, '18-24'),
});
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('record' as const), person, facts, answers }) },
  fc.record({ do: fc.constant('amend' as const), person, choice: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ do: fc.constant('strip' as const), person }),
  fc.record({ do: fc.constant('cut' as const), person }),
  fc.record({ do: fc.constant('adopt' as const), person, to: person }),
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('count' as const), most: fc.integer({ min: 1, max: 3 }) }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer Made> ? Made : never;

const nameOf = (index: number): string => `${index}`.repeat(43);

async function take(
  { sheets }: ReturnType<typeof on>,
  survey: string,
  each: Step,
  version: number,
): Promise<void> {
  if (each.do === 'count') return;
  const name = nameOf(each.person);
  if (each.do === 'record')
    return sheets.record(
      name,
      {
        survey,
        revision: 1,
        mode: 'QR',
        started: NOW.toISOString(),
        ended: NOW.toISOString(),
        reminders: 0,
        ...each.facts,
        answers: each.answers,
      } as AnswerSheet,
      version,
    );
  if (each.do === 'amend') return sheets.amend(survey, name, 'quoi', answer([each.choice]), version);
  if (each.do === 'strip') return sheets.strip(survey, name);
  if (each.do === 'adopt')
    return each.person === each.to
      ? undefined
      : sheets.adopt(survey, { from: name, to: nameOf(each.to) }, version);
  await (survey === 'secret' ? sheets.anonymise : sheets.release)(survey, name, () =>
    `${version}`.padStart(20, 'f'),
  );
}

/** Some of the calls fail, each in its own way; who is hit begins anew, as a turn or a counter does. */
const plan = fc.array(fc.tuple(fc.integer({ min: 0, max: 400 }), fc.constantFrom(...FAULTS)), {
  maxLength: 12,
});

async function until(db: MemoryDb, faults: Faults, work: (parts: ReturnType<typeof on>) => Promise<unknown>) {
  for (;;)
    try {
      return await work(on(faultyDb(db, faults, { dead: false })));
    } catch (error) {
      if (!(error instanceof Crash) && !/injected/.test(String(error))) throw error;
    }
}

describe.each([
  ['a survey', 'enquete'],
  ['an anonymous one', 'secret'],
])('%s', (_, survey) => {
  it('counts what a recount finds, through crashes of writers and counters', async () => {
    let hit = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), plan, async (steps, planned) => {
        const db = createMemoryDb();
        const faults: Faults = { count: 0, plan: new Map(planned as [number, Fault][]) };
        for (const [index, each] of steps.entries()) {
          const counter = async () => {
            // A counter that dies is not called again: the next one finds what it left.
            await countAnswers(
              on(faultyDb(db, faults, { dead: false })),
              survey,
              each.do === 'count' ? each.most : 1,
            ).catch((error) => {
              if (!(error instanceof Crash) && !/injected/.test(String(error))) throw error;
              hit += 1;
            });
          };
          if (each.do === 'count') await counter();
          else
            await Promise.all([
              until(db, faults, (parts) => take(parts, survey, each, index + 1)),
              counter(),
            ]);
        }
        const calm = on(db);
        await Promise.all([countAnswers(calm, survey), countAnswers(calm, survey)]);
        await countAnswers(calm, survey);
        expect(await calm.tallies.sums(survey)).toEqual(await recount(calm, survey));
      }),
      { numRuns: 150 },
    );
    expect(hit, 'counters died in this run').toBeGreaterThan(0);
  });
});

it('residents’ words are in no count', async () => {
  const calm = on(createMemoryDb());
  await take(
    calm,
    'enquete',
    {
      do: 'record',
      person: 1,
      facts: { end: 'done', channel: 'sms', language: 'fr', quartier: 'chene', age: undefined },
      answers: { ou: answer('chez Fatima, 06 12 34 56 78') },
    },
    1,
  );
  await countAnswers(calm, 'enquete');
  const { sums } = { sums: await calm.tallies.sums('enquete') };
  expect(JSON.stringify(sums)).not.toMatch(/Fatima|06 12/);
  expect(sums['quartier=chene']?.['ou_texte=x']).toBe(1);
});

it.each([
  [7, 7],
  [7.4, 7],
  [100, 100],
  [101, 100],
  [1234, 1200],
  [-1234, -1200],
  [98765, 99000],
])('the number %d is counted as %d', (value, counted) => expect(rounded(value)).toBe(counted));

it('counts alike whatever number an option has', () => {
  const moved = {
    ...everyType,
    questions: everyType.questions.map((each) =>
      'options' in each ? { ...each, options: [...each.options].reverse() } : each,
    ),
  } as typeof everyType;
  const sheet = (v: number[]) =>
    ({
      survey: 'enquete',
      revision: 1,
      end: 'done',
      channel: 'sms',
      language: 'fr',
      mode: 'QR',
      started: NOW.toISOString(),
      reminders: 0,
      answers: { venir: answer(true), quoi: answer(v) },
    }) as AnswerSheet;
  const chosen = (survey: typeof everyType, v: number[]) =>
    contributionOf(sheet(v), survey)
      .tokens.filter((token) => token.startsWith('quoi'))
      .sort();
  expect(chosen(moved, [3])).toEqual(chosen(everyType, [1]));
});
