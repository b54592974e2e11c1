/** Anything that may happen on WhatsApp and Messenger, in any order: texts, taps old and new, files, taking back. */
import fc from 'fast-check';
import { createEngine } from '../../conversations/engine.ts';
import type { Channel, Event, Media, Offer } from '../../conversations/events.ts';
import { newSession, type Session } from '../../conversations/session.ts';
import type { Taken } from './courses.ts';
import { MONDAY, saidIn, widerWorld } from './play.ts';

export type RichStep =
  | { kind: 'text'; text: string }
  /** Something that was offered: `back` messages ago, the button at `at` of so many. */
  | { kind: 'tap'; back: number; at: number }
  | { kind: 'id'; choice: string }
  | { kind: 'files'; kinds: Media['kind'][]; text: string }
  | { kind: 'place' }
  /** Takes a message back: `back` messages ago. */
  | { kind: 'unsaid'; back: number }
  | { kind: 'relieved' }
  | { kind: 'linked'; with: 'nobody' | 'another' }
  | { kind: 'due' }
  | { kind: 'later'; hours: number };

const text = fc.constantFrom(
  ...['CHENE A12', 'HAUT', 'SQUARE', 'PANEL', 'oui', 'non', '1', '2', '3', '0', '1 3', '6', '12', 'parfois'],
  ...['presque jamais', 'bancs et fleurs', "j'ai fini", 'le parking est noir', 'stop aux voitures', 'STOP'],
  ...['REPRENDRE', 'EFFACER', 'MES DONNEES', 'LANGUE', 'LANGUE tr', 'MODIF 1', 'MODIF 2', 'SIMPLE', 'AIDE'],
  ...[
    'STOP VISITE',
    'STOP SONDAGE',
    'REPRENDRE SONDAGE',
    'WHATSAPP',
    'MESSENGER',
    'SMS',
    'LIEN 48213097',
    '',
    '👍',
  ],
);
const back = fc.nat({ max: 6 });
const kind = fc.constantFrom<Media['kind']>('photo', 'voice', 'video', 'document', 'sticker');

const step: fc.Arbitrary<RichStep> = fc.oneof(
  { weight: 10, arbitrary: fc.record({ kind: fc.constant('tap' as const), back, at: fc.nat({ max: 9 }) }) },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('text' as const), text }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('id' as const),
      choice: fc.oneof(
        fc.string({ unit: 'binary', maxLength: 30 }),
        fc.constantFrom(
          'get_started',
          'CHENE A12',
          'square.1.frequence:9',
          'panel.1.foyer:0',
          'aside.erase:1',
          ':',
        ),
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('files' as const),
      kinds: fc.array(kind, { minLength: 1, maxLength: 2 }),
      text: fc.constantFrom('', '', 'ici', 'CHENE'),
    }),
  },
  { weight: 1, arbitrary: fc.constant<RichStep>({ kind: 'place' }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('unsaid' as const), back }) },
  { weight: 1, arbitrary: fc.constant<RichStep>({ kind: 'relieved' }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('linked' as const),
      with: fc.constantFrom<'nobody' | 'another'>('nobody', 'another'),
    }),
  },
  { weight: 2, arbitrary: fc.constant<RichStep>({ kind: 'due' }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('later' as const), hours: fc.constantFrom(1, 13, 30, 200) }),
  },
);

export interface RichCourse {
  channel: Channel;
  steps: RichStep[];
}

const begun = fc.constantFrom<RichStep[]>(
  [],
  ...[
    ['CHENE', 'oui', '1', '4', 'SQUARE', '1'],
    ['SQUARE', '1', '3'],
    ['PANEL', '1', 'oui'],
  ].map((texts) => texts.map((each): RichStep => ({ kind: 'text', text: each }))),
);

export const richCourse: fc.Arbitrary<RichCourse> = fc
  .record({
    channel: fc.constantFrom<Channel>('whatsapp', 'messenger'),
    begun,
    steps: fc.array(step, { minLength: 1, maxLength: 25 }),
  })
  .map(({ channel, begun: first, steps }) => ({ channel, steps: [...first, ...steps] }));

/** Someone who has an open survey, another that is done, a list and a language. */
const another: Session = {
  ...newSession('another'),
  consent: 'given',
  language: 'tr',
  lists: ['haut'],
  ended: { panel: { revision: 1, end: 'done', at: '2026-11-22T09:00:00.000Z' } },
  survey: {
    key: 'square',
    revision: 1,
    channel: 'sms',
    mode: 'push',
    started: '2026-11-22T09:00:00.000Z',
    last: '2026-11-22T09:00:00.000Z',
    at: 'securite',
    reminders: 0,
    answers: { frequence: { v: 2, t: 3 }, priorites: { v: [1], t: 6 } },
  },
};

export interface RichTaken extends Taken {
  /** What could be tapped until then, the last message first. */
  offers: Offer[];
}

export const richWorld = widerWorld();

export function runRich({ channel, steps }: RichCourse): RichTaken[] {
  const turn = createEngine(richWorld);
  const all: RichTaken[] = [];
  let offers: Offer[] = [];
  let before = newSession('resident');
  let now = MONDAY;
  for (const [index, each] of steps.entries()) {
    const id = `m${String(index).padStart(9, '0')}`;
    now = new Date(now.getTime() + (each.kind === 'later' ? each.hours * 3_600_000 : 90_000));
    if (each.kind === 'due' && before.due) now = new Date(Math.max(now.getTime(), Date.parse(before.due)));
    const event = eventOf(each, { id, channel, offers, all });
    if (!event) continue;
    const { session: after, effects } = turn(before, event, now);
    all.push({ before, event, now, after, effects, said: saidIn({ effects }), offers });
    const offer = effects.find((effect) => effect.type === 'say')?.offer;
    if (offer) offers = [offer, ...offers];
    before = after.id === '' ? newSession(`resident${index}`) : after;
  }
  return all;
}

function eventOf(
  each: RichStep,
  { id, channel, offers, all }: { id: string; channel: Channel; offers: Offer[]; all: RichTaken[] },
): Event | undefined {
  switch (each.kind) {
    case 'text':
      return { type: 'said', id, channel, text: each.text };
    case 'tap': {
      const choices = offers[each.back]?.choices;
      const choice = choices?.[each.at % choices.length];
      return choice && { type: 'said', id, channel, text: choice.label, choice: choice.id };
    }
    case 'id':
      return { type: 'said', id, channel, text: '', choice: each.choice };
    case 'files': {
      const media = each.kinds.map((kind) => ({ kind, type: 'x/y', url: 'https://example.invalid/1' }));
      return { type: 'said', id, channel, text: each.text, media };
    }
    case 'place':
      return { type: 'said', id, channel, text: '', place: { latitude: 48.91, longitude: 2.55 } };
    case 'unsaid': {
      const of = all.filter(({ event }) => event.type === 'said').at(-1 - each.back)?.event.id;
      return of === undefined ? undefined : { type: 'unsaid', id, of };
    }
    case 'relieved':
      return { type: 'relieved', id, channel };
    case 'linked':
      return { type: 'linked', id, channel, ...(each.with === 'another' && { other: { ...another } }) };
    case 'due':
      return { type: 'waited', id };
    case 'later':
      return undefined;
  }
}

export function alwaysRich(check: (taken: RichTaken, all: RichTaken[]) => void, numRuns = 500): void {
  fc.assert(
    fc.property(richCourse, (drawn) => {
      const all = runRich(drawn);
      for (const taken of all) check(taken, all);
    }),
    { numRuns },
  );
}
