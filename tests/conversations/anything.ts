/** Anything that may happen to a conversation, in any order: what the property tests draw from. */
import fc from 'fast-check';
import type { Event } from '../../conversations/events.ts';
import { parisMoment } from '../../conversations/hours.ts';
import { languages, words } from '../../locales/index.ts';

export type Step =
  | { kind: 'text'; text: string; after: number }
  /** Time passes until the conversation wants to be woken. */
  | { kind: 'due' }
  /** Something wakes it although it did not ask. */
  | { kind: 'woken'; after: number }
  | { kind: 'event'; event: Event; after: number };

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const DAY = 24 * HOUR;

const commands = languages.flatMap((language) => Object.values(words[language].commands).flat());
const replies = languages.flatMap((language) => [
  ...words[language].yes.slice(0, 3),
  ...words[language].no.slice(0, 3),
  ...words[language].skip,
  ...words[language].later,
  ...words[language].dontKnow.slice(0, 2),
  ...Object.keys(words[language].numbers).slice(0, 6),
  ...words[language].names,
]);
const digit = fc.constantFrom('0', '1', '2', '3', '4', '5', '6', '7', '9', '٣', '13');

const meaningful: fc.Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: digit },
  { weight: 3, arbitrary: fc.constantFrom(...replies) },
  { weight: 3, arbitrary: fc.constantFrom(...commands) },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      'SQUARE',
      'CHENE',
      'CHENE A12',
      'chêne tr',
      'SQUARE EN',
      'HAUT',
      'VILLE B7',
      'PANEL',
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      'LANGUE tr',
      'langue fr',
      'LANGUE',
      'MODIF',
      'MODIF 1',
      'MODIF 2',
      'modif 3',
      'EFACER',
      '?',
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      'oui',
      '1 3',
      '1,3 et 6',
      '6',
      '3 parfois le dimanche',
      'bancs et fleurs',
      'stop aux voitures rue Utrillo',
      'arrêt de bus à déplacer',
      'le parking est noir',
      'nickel',
      '136',
      '',
      ' ',
      '12',
      '2,5',
    ),
  },
);

const text: fc.Arbitrary<string> = fc.oneof(
  { weight: 10, arbitrary: meaningful },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.lorem({ maxCount: 30 }) },
  { weight: 1, arbitrary: fc.tuple(meaningful, meaningful).map((both) => both.join(' ')) },
  { weight: 1, arbitrary: fc.tuple(meaningful, fc.string({ maxLength: 10 })).map((both) => both.join(' ')) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(meaningful, fc.nat({ max: 2000 }))
      .map(([said, times]) => said.repeat(times).slice(0, 4000)),
  },
);

/** Mostly a quick answer; sometimes an hour, a night, some days, a season. */
const after: fc.Arbitrary<number> = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: SECOND, max: 60 * SECOND }) },
  { weight: 2, arbitrary: fc.integer({ min: HOUR, max: 30 * HOUR }) },
  { weight: 1, arbitrary: fc.integer({ min: DAY, max: 10 * DAY }) },
  { weight: 1, arbitrary: fc.constantFrom(0, 7 * DAY, 100 * DAY) },
);

const event: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .record({
        survey: fc.constantFrom('square', 'panel', 'unknown'),
        source: fc.constantFrom('A12', undefined),
      })
      .map(
        ({ survey, source }): Event => ({
          type: 'invited',
          id: '',
          channel: 'sms',
          survey,
          ...(source && { source }),
        }),
      ),
  },
  { weight: 1, arbitrary: fc.constant<Event>({ type: 'stopped', id: '', by: 'provider' }) },
  { weight: 1, arbitrary: fc.constant<Event>({ type: 'resumed', id: '', by: 'provider' }) },
  { weight: 1, arbitrary: fc.constant<Event>({ type: 'retired', id: '' }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom('aines', 'delegues').map(
      (list): Event => ({
        type: 'enrolled',
        id: '',
        list,
        proof: { what: 'Bulletin signé', on: '2026-09-05' },
      }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constant<Event>({ type: 'removed', id: '', why: 'staff', on: '2026-11-23' }),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('stop' as const, 'erase' as const, 'copy' as const)
      .map((what): Event => ({ type: 'requested', id: '', what })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(
        { language: 'tr', age: null },
        { quartier: 'chene' },
        { quartier: null, age: '60+' as const },
      )
      .map((changes): Event => ({ type: 'corrected', id: '', ...changes })),
  },
);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 14, arbitrary: fc.record({ kind: fc.constant('text' as const), text, after }) },
  { weight: 3, arbitrary: fc.constant<Step>({ kind: 'due' }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('woken' as const), after }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('event' as const), event, after }) },
);

/** Ways in and on, so that many runs get far into a conversation. */
const begun: fc.Arbitrary<string[]> = fc.constantFrom<string[]>(
  [],
  ['CHENE A12', 'oui'],
  ['CHENE', 'oui', '1', '4'],
  ['chene tr', 'evet', '4'],
  ['CHENE', 'oui', '1', '4', 'SQUARE', '1', '3'],
  ['SQUARE', '1', '3', '1 6'],
  ['SQUARE', '1', '3', '1 3', '2', '0'],
  ['PANEL', '1', 'oui', '4'],
  ['CHENE', 'oui', '1', '4', 'STOP'],
);

/** Few words that all mean something else after each other: whose question does the next "1" answer? */
const entangled: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc
        .constantFrom('1', '2', 'oui', 'non', '0', '3')
        .map((said): Step => ({ kind: 'text', text: said, after: 20 * SECOND })),
    },
    {
      weight: 6,
      arbitrary: fc
        .constantFrom(
          'CHENE',
          'HAUT',
          'SQUARE',
          'EFFACER',
          'MES DONNEES',
          'LANGUE',
          'MODIF 1',
          'STOP',
          'stop ou encore',
          'REPRENDRE',
          'ça va',
        )
        .map((said): Step => ({ kind: 'text', text: said, after: HOUR })),
    },
    { weight: 3, arbitrary: fc.constant<Step>({ kind: 'due' }) },
    {
      weight: 2,
      arbitrary: fc.constantFrom('square', 'panel').map(
        (survey): Step => ({
          kind: 'event',
          event: { type: 'invited', id: '', channel: 'sms', survey },
          after: HOUR,
        }),
      ),
    },
  ),
  { minLength: 1, maxLength: 12 },
);

export interface Course {
  start: Date;
  steps: Step[];
}

export const course: fc.Arbitrary<Course> = fc
  .record({
    start: fc.oneof(
      fc.constant(parisMoment('2026-11-23', '10:00')),
      // Any quarter of an hour of a year that has both clock changes, the holidays and the end of both surveys.
      fc.nat({ max: 365 * 96 }).map((quarter) => new Date(Date.UTC(2026, 7, 1) + quarter * 15 * 60 * SECOND)),
    ),
    begun,
    steps: fc.oneof(fc.array(step, { minLength: 1, maxLength: 25 }), entangled),
  })
  .map(({ start, begun: first, steps }) => ({
    start,
    steps: [...first.map((said): Step => ({ kind: 'text', text: said, after: 20 * SECOND })), ...steps],
  }));
