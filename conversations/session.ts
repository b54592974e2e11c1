/**
 * One resident's state in a conversation: what the engine needs to know and nothing else. JSON, small,
 * survey revision pinned. The address and the ids already seen are the store's, not the conversation's.
 */
import * as z from 'zod';
import { AgeBand, Answer, Channel, Kind, Mode } from './events.ts';

/** A reply that is not understood is asked again; after this many the conversation moves on (participation.md 2.3). */
export const MAX_TRIES = 3;
/** One reminder, this many hours after the last word, in permitted hours (participation.md 2.3, J05). */
export const REMINDER_HOURS = 20;
/** A survey that was begun waits this many days for its next answer (J05: "Session valable 7 jours"). */
export const EXPIRY_DAYS = 7;
/** What comes within this many seconds of an answer, and is no reply to the next question, belongs to it (design.md 3). */
export const BURST_SECONDS = 60;
/** In plain mode, this long after the one reminder, a person calls instead (J14). */
export const SILENCE_HOURS = 24;
/** A person who has taken over is left alone this long after each of their messages. */
export const RELIEF_HOURS = 12;
/** After this many days of silence we say again that a machine answers ("a significant lapse of time", Meta). */
export const LAPSE_DAYS = 30;
/** A free text longer than ten SMS parts is cut here: it keeps the turn item under 4 kB (speed-and-faults.md 1.2). */
export const MAX_TEXT = 1600;

/** A survey in progress. `at` is a question's id, or `0` while the resident has not said yes to begin. */
export const OpenSurvey = z.strictObject({
  key: z.string(),
  revision: z.number().int(),
  channel: Channel,
  mode: Mode,
  source: z.string().optional(),
  started: z.string(),
  /** The last thing the resident said in it; reminder and expiry count from here. */
  last: z.string(),
  at: z.string(),
  /** The "other: what?" of the question at hand is being asked. */
  other: z.literal(true).optional(),
  /** The question the conversation returns to once a correction (MODIF n) is made. */
  back: z.string().optional(),
  /** There, "other: what?" was being asked. */
  backOther: z.literal(true).optional(),
  /** Taken up again after it had ended: what was answered before is kept beside what is answered now. */
  again: z.literal(true).optional(),
  /** The question answered just before: what follows at once may still belong to it. */
  prev: z.string().optional(),
  /** An answer that is read back and counts once the resident says yes. */
  check: Answer.optional(),
  /** Plain mode: how many options of a multiple choice have been asked one by one, and which were chosen. */
  picked: z.strictObject({ asked: z.number().int(), chosen: z.array(z.number()) }).optional(),
  /** Several choices, tapped one by one: those so far. */
  marked: z.array(z.number()).optional(),
  /** Which page of a long list of options was shown last, where that is not the first. */
  page: z.int().optional(),
  tries: z.number().int().optional(),
  /** The replies to the question at hand that were not understood, kept raw. */
  texts: z.array(z.string()).optional(),
  /** The messages they came with, where a message can be taken back. */
  textsFrom: z.array(z.string()).optional(),
  reminders: z.number().int(),
  /** In plain mode: when the one reminder went out. */
  reminded: z.string().optional(),
  answers: z.record(z.string(), Answer),
});
export type OpenSurvey = z.infer<typeof OpenSurvey>;

/** A survey that has ended; only what a correction or a late reply needs. */
const EndedSurvey = z.strictObject({
  revision: z.number().int(),
  end: z.enum(['done', 'expired', 'declined', 'stopped']),
  at: z.string(),
  /** What was asked, in order, where that hangs on the answers: MODIF 3 is the third of these. */
  asked: z.array(z.string()).optional(),
  /** The last question answered, while what follows at once may still belong to it. */
  tail: z.string().optional(),
});

/** A question of ours, asked over whatever else is going on. */
const Aside = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('language'),
    /** The menu behind 9 was shown. */
    more: z.literal(true).optional(),
    tries: z.number().int().optional(),
  }),
  /** Someone was in danger: for a day, what they write goes to a person. */
  z.strictObject({ kind: z.literal('alarm'), danger: z.enum(['self', 'violence']), at: z.string() }),
  z.strictObject({ kind: z.literal('erase'), at: z.string() }),
  /** MES DONNEES has been answered: 1 sends it by SMS, 2 says how to correct it. */
  z.strictObject({ kind: z.literal('data') }),
  /** "stop aux voitures rue X": stop the messages, or is it the answer? The text waits here. */
  z.strictObject({ kind: z.literal('stop'), text: z.string(), from: z.string().optional() }),
  /** Tied to another address in the middle of a survey (J15): on we go? */
  z.strictObject({ kind: z.literal('continue') }),
]);

/** A correction of a survey that has ended: the question asked again. It waits under whatever is asked over it. */
export const Amend = z.strictObject({
  survey: z.string(),
  revision: z.number().int(),
  question: z.string(),
  started: z.string(),
  tries: z.number().int().optional(),
  /** Several choices, tapped one by one: those so far. */
  marked: z.array(z.number()).optional(),
  page: z.int().optional(),
  other: Answer.optional(),
  check: Answer.optional(),
});
export type Amend = z.infer<typeof Amend>;

/**
 * A visit that was spoken of: what is written next answers it. `source` is the announcement that did. `moves`: how often
 * it had been moved by then, where it had: an answer is to the day that was said. `reminded`: in plain mode, when.
 * `among`: the visits of which one is to be chosen, in the order of their figures.
 */
const AtVisit = z.strictObject({
  id: z.string(),
  step: z.enum(['which', 'come', 'people', 'subject', 'transport', 'question', 'still']),
  among: z.array(z.string()).optional(),
  source: z.string().optional(),
  tries: z.int().optional(),
  moves: z.int().optional(),
  at: z.string(),
  reminded: z.string().optional(),
});

/** What was answered to a visit, until some days after its day. `subject`: the number of what they want seen there. */
const VisitAnswer = z.strictObject({
  answer: z.enum(['yes', 'waiting', 'no']),
  day: z.string(),
  people: z.int().optional(),
  code: z.string().optional(),
  subject: z.int().optional(),
  /** Whether they are to be fetched, where that was asked. */
  transport: z.boolean().optional(),
});

/** A live that was spoken of: what is written next is a question, a first name, a vote, or whether an answer was of use. */
const AtLive = z.strictObject({
  id: z.string(),
  step: z.enum(['ask', 'name', 'vote', 'useful']),
  /** The announcement that spoke of it. */
  source: z.string().optional(),
  question: z.int().optional(),
  /** Which page of the questions was shown last, where that is not the first. */
  page: z.int().optional(),
  tries: z.int().optional(),
  at: z.string(),
});

export const Session = z.strictObject({
  v: z.literal(1),
  /** Our own id of the resident: random, never derived from the address. */
  id: z.string(),
  language: z.string().optional(),
  /** A language that is spoken with the resident, not written: a relay (city file, `voices`) or an interpreter calls. */
  voice: z.string().optional(),
  /** One plain question a message, for who asked for it or is on such a list; `off` against the list's wish. */
  plain: z.enum(['on', 'off']).optional(),
  quartier: z.string().optional(),
  age: AgeBand.optional(),
  /** Where the resident last wrote from, where that is not SMS: buttons can be tapped there. */
  channel: Channel.optional(),
  /** The day of our last word there; a machine says that it is one before its first, and after a long silence. */
  met: z.string().optional(),
  /**
   * The day (UTC) of the resident's last word, for who is silent and who is not. A day and no time: it changes the item
   * that every turn writes anyway by 21 bytes, and no index; the reply's own time would not do, as a reminder moves it.
   */
  heard: z.string().optional(),
  /** A person answers in our place, on this channel, until then. */
  relieved: z.strictObject({ channel: Channel, until: z.string() }).optional(),
  /** Tied to more than one address. */
  linked: z.literal(true).optional(),
  /** What the city has said first within a week: day in Paris and number of the announcement, `2026-11-24#7`; `2026-11-24~#8` was asked for. */
  pushed: z.array(z.string()).optional(),
  /** The number of the last announcement after which they wrote: that has been noted. */
  echoed: z.int().optional(),
  /** Kinds of message that were stopped by themselves. */
  muted: z.array(Kind).optional(),
  lists: z.array(z.string()),
  /** Lists that staff took the resident off, and the day: an older proof does not bring them back. */
  left: z.record(z.string(), z.string()).optional(),
  source: z.string().optional(),
  consent: z.enum(['none', 'given', 'stopped']),
  join: z
    .strictObject({
      step: z.enum(['quartier', 'consent', 'language', 'age']),
      quartier: z.string().optional(),
      source: z.string().optional(),
      tries: z.number().int().optional(),
      /** The language was told from the first message, not chosen. */
      guessed: z.literal(true).optional(),
      /** The menu behind 9 was shown. */
      more: z.literal(true).optional(),
      last: z.string(),
      /** The exact consent text that was sent, until the resident answers it. */
      text: z.string().optional(),
    })
    .optional(),
  survey: OpenSurvey.optional(),
  amend: Amend.optional(),
  visit: AtVisit.optional(),
  visits: z.record(z.string(), VisitAnswer).optional(),
  live: AtLive.optional(),
  aside: Aside.optional(),
  ended: z.record(z.string(), EndedSurvey),
  /** When the engine wants to be woken, if nothing is said before. */
  due: z.string().optional(),
});
export type Session = z.infer<typeof Session>;

/** A resident nobody has heard of yet. `id` must be fresh and random. */
export const newSession = (id: string): Session => ({ v: 1, id, lists: [], consent: 'none', ended: {} });
