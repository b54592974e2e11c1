/**
 * One resident's way through a survey, taken by the real engine: what the city says, word for word as it goes out, and
 * what is answered. A walk never changes; each step makes another, so that every answer can be tried from one place.
 */

import type { City } from '../city.ts';
import { createEngine, type TakeTurn } from '../engine.ts';
import type { Answer, Channel, Effect, Event, Offer } from '../events.ts';
import { parisMoment } from '../hours.ts';
import { DONE, readTap } from '../offer.ts';
import { NEXT } from '../questions/options.ts';
import { type Question, typeOf } from '../questions.ts';
import { newSession, type Session } from '../session.ts';
import { measure, type Sms, sms } from '../shape.ts';
import { type Survey, surveyShelf } from '../survey.ts';
import { type Answers, questionWith } from '../survey-paths.ts';
import { INTRO } from '../survey-questions.ts';
import type { Example } from './examples.ts';
import { otherThing, typedReplies } from './replies.ts';
import type { words } from './words.ts';

/** How a resident comes to the survey. */
export type Begins = 'keyword' | 'invitation';

/** One message of a dialogue, as it travels. */
export interface Line {
  from: 'city' | 'resident';
  /** As it is sent: by SMS folded to its letters, elsewhere as it stands above its buttons. */
  text: string;
  /** What it takes as an SMS; missing on channels that do not count by the part. */
  sms?: Omit<Sms, 'text'>;
  /** What can be tapped under it; behind `menu` where it is a list. */
  buttons?: string[];
  menu?: string;
  /** The resident tapped it. */
  tapped?: true;
  /** It is no text. */
  sent?: keyof typeof words.sent;
}

export interface Walk {
  readonly lines: Line[];
  readonly session: Session;
  readonly now: Date;
  /** The question at hand; missing before the first, and once the survey is at its end. */
  readonly question?: Question;
  readonly ended: boolean;
  readonly answers: Answers;
}

export interface Player {
  start(): Walk;
  /** Says yes to the survey. */
  accept(walk: Walk): Walk;
  /** Answers the question at hand; undefined where the survey does not take that answer. */
  answer(walk: Walk, example: Example): Walk | undefined;
  /** Says something the question does not understand, until the survey moves on. */
  giveUp(walk: Walk): Walk;
}

/** Between two messages: longer than what counts as one thought in two messages. */
const PAUSE = 90_000;
/** A tap a choice, a page, a read-back, an "other: what?": a question is never asked longer than this. */
const MOST_TURNS = 40;
/** What no question and no command understands. */
const UNCLEAR = 'zzz';

export interface Playing {
  city: City;
  survey: Survey;
  language: string;
  channel: Channel;
  begins: Begins;
  now: Date;
}

/** The day and hour at which a survey can be played: now, else in the middle of its first day. */
export const playedAt = ({ opens, closes }: Survey, now: Date): Date =>
  parisMoment(opens, '00:00') <= now && now < parisMoment(closes, '23:59')
    ? now
    : parisMoment(opens, '11:00');

/** Throws where the survey does not begin in this language. */
export function createPlayer({ city, survey, language, channel, begins, now }: Playing): Player {
  const take: TakeTurn = createEngine({ city, surveys: surveyShelf([survey]) });
  const rich = channel !== 'sms';

  function happen(walk: Walk, event: Event, line?: Line): Walk {
    const { session, effects } = take(walk.session, event, walk.now);
    const open = session.survey;
    const sheet = effects.find((effect) => effect.type === 'record')?.sheet;
    const question = open && open.at !== INTRO ? questionWith(survey, open.at) : undefined;
    return {
      lines: [
        ...walk.lines,
        ...(line ? [line] : []),
        ...effects.flatMap((effect) => cityLine(effect, channel)),
      ],
      session,
      now: walk.now,
      ...(question && { question }),
      ended: !open,
      answers: open?.answers ?? sheet?.answers ?? {},
    };
  }

  function say(walk: Walk, text: string, { sent, ...more }: Said = {}): Walk {
    const later = { ...walk, now: new Date(walk.now.getTime() + PAUSE) };
    const id = `m${String(walk.lines.length).padStart(4, '0')}`;
    const { text: _, ...weight } = measure(text.normalize('NFC'));
    const line: Line = {
      from: 'resident',
      text,
      ...(rich ? more.choice && { tapped: true } : { sms: weight }),
      ...(sent && { sent }),
    };
    return happen(later, { type: 'said', id, channel, text, ...more }, line);
  }

  const tap = (walk: Walk, { id, label }: Offer['choices'][number]): Walk => say(walk, label, { choice: id });

  /** What stands on the buttons of the last message. */
  const offered = (walk: Walk): Offer['choices'] => lastOffer.get(walk.lines.at(-1) as Line)?.choices ?? [];

  function follow(walk: Walk, question: Question): Walk {
    let at = walk;
    for (let turn = 0; turn < MOST_TURNS && at.question === question; turn += 1) {
      const open = at.session.survey;
      if (open?.other) at = say(at, otherThing(language));
      else if (open?.check) {
        const [yes] = offered(at);
        at = yes ? tap(at, yes) : say(at, '1');
      } else break;
    }
    return at;
  }

  /** The walk where the question has this answer now. */
  function taken(walk: Walk, question: Question, example: Example): Walk | undefined {
    const on = follow(walk, question);
    return on.question !== question && isAnswer(question, on.answers[question.id], example) ? on : undefined;
  }

  function tapped(walk: Walk, question: Question, example: Example): Walk | undefined {
    if (withToken(walk, DONE)) return tappedOneByOne(walk, question, example);
    for (let page: Walk | undefined = walk; page; page = turned(page))
      for (const choice of offered(page)) {
        const on = taken(tap(page, choice), question, example);
        if (on) return on;
      }
    return undefined;
  }

  const withToken = (walk: Walk, token: string): Offer['choices'][number] | undefined =>
    offered(walk).find(({ id }) => readTap(id)?.token === token);

  /** The next page of a long list; undefined where this is the last. */
  function turned(walk: Walk): Walk | undefined {
    const next = withToken(walk, NEXT);
    return next && tap(walk, next);
  }

  /** Several choices: each is tapped, then the one that says that this is all. */
  function tappedOneByOne(walk: Walk, question: Question, example: Example): Walk | undefined {
    const wanted = example.kind === 'worth' ? String(example.worth).split(' ') : [];
    const ids = (marked: number[]): string[] => idsOf(question, marked);
    const marks = (page: Walk, count: number): Walk | undefined =>
      offered(page)
        .filter(({ id }) => readTap(id)?.token !== DONE)
        .map((choice) => tap(page, choice))
        .find(({ session }) => {
          const marked = ids(session.survey?.marked ?? []);
          return marked.length === count && marked.every((id) => wanted.includes(id));
        });
    let at = walk;
    for (let count = 1; count <= wanted.length; count += 1) {
      let next: Walk | undefined;
      for (let page: Walk | undefined = at; page && !next; page = turned(page)) next = marks(page, count);
      if (!next) return undefined;
      at = next;
    }
    const done = withToken(at, DONE);
    return done && taken(tap(at, done), question, example);
  }

  return {
    start() {
      const session: Session = {
        ...newSession('preview'),
        language,
        consent: 'given',
        // Who has joined has been told that a machine answers.
        ...(rich && { channel, met: now.toISOString().slice(0, 10) }),
      };
      const walk: Walk = { lines: [], session, now, ended: false, answers: {} };
      return begins === 'keyword'
        ? say(walk, survey.keywords[0] as string)
        : happen(walk, { type: 'invited', id: 'i', channel, survey: survey.key });
    },
    accept(walk) {
      if (walk.question) return walk;
      const [yes] = offered(walk);
      const on = yes ? tap(walk, yes) : say(walk, '1');
      if (!on.question && !on.ended) throw new Error(`survey ${survey.key} does not begin in "${language}"`);
      return on;
    },
    answer(walk, example) {
      const { question } = walk;
      if (!question) return undefined;
      const sent = rich && example.kind === 'any' ? attachedTo(question) : undefined;
      const rightAway = sent ? taken(say(walk, '', sent), question, example) : undefined;
      const on = rightAway ?? (rich ? tapped(walk, question, example) : undefined);
      if (on) return on;
      for (const { text, page = 0 } of typedReplies(survey, question, walk.answers, example, language)) {
        let shown = walk;
        for (let at = 0; at < page; at += 1) shown = turned(shown) ?? say(shown, NEXT);
        const typed = taken(say(shown, text), question, example);
        if (typed) return typed;
      }
      return undefined;
    },
    giveUp(walk) {
      const { question } = walk;
      let at = walk;
      for (let turn = 0; turn < MOST_TURNS && question && at.question === question; turn += 1)
        at = say(at, UNCLEAR);
      return at;
    },
  };
}

/** What a message brings besides its text. */
interface Said extends Partial<Pick<Extract<Event, { type: 'said' }>, 'choice' | 'place' | 'media'>> {
  sent?: Line['sent'];
}

/** In front of the example city's town hall. */
const HERE = { latitude: 48.9101, longitude: 2.5533 };
const FILES = {
  photo: { kind: 'photo', type: 'image/jpeg' },
  voice: { kind: 'voice', type: 'audio/ogg' },
  file: { kind: 'document', type: 'application/pdf' },
} as const;

/** What a question asks for that is no text, where the channel carries it. */
function attachedTo(question: Question): Said | undefined {
  if (question.type === 'place') return { sent: 'place', place: HERE };
  if (question.type !== 'media') return undefined;
  const { accepts } = question;
  return { sent: accepts, media: [{ ...FILES[accepts], url: 'https://example.invalid/1' }] };
}

/** What can be tapped under a line, with the ids that lines themselves have no use for. */
const lastOffer = new WeakMap<Line, Offer>();

function cityLine(effect: Effect, channel: Channel): Line[] {
  if (effect.type !== 'say') return [];
  const { text, offer } = effect;
  if (channel === 'sms') {
    const { text: sent, ...weight } = sms(text);
    return [{ from: 'city', text: sent, sms: weight }];
  }
  const line: Line = {
    from: 'city',
    text: offer?.text ?? text,
    ...(offer && { buttons: offer.choices.map(({ label }) => label) }),
    // Messenger lays every choice out; only WhatsApp has lists that open.
    ...(channel === 'whatsapp' && offer?.menu && { menu: offer.menu }),
  };
  if (offer) lastOffer.set(line, offer);
  return [line];
}

function isAnswer(question: Question, answer: Answer | undefined, example: Example): boolean {
  if (!answer || answer.m === 'unknown') return false;
  const skipped = answer.m === 'skip' || ('d' in answer && answer.d === true);
  if (example.kind === 'skip' || skipped) return example.kind === 'skip' && skipped;
  return example.kind === 'any' || String(typeOf(question).worth(question, answer)) === String(example.worth);
}

const idsOf = (question: Question, numbers: number[]): string[] =>
  'options' in question ? numbers.flatMap((number) => question.options[number - 1]?.id ?? []) : [];
