/**
 * What can happen to a conversation (Event) and what a conversation asks the world to do (Effect).
 * Owns the shapes only; `engine.ts` makes effects, `functions/` carries them out.
 */
import * as z from 'zod';
import { Announced, Mark } from './announced.ts';
import { Claim, Granted } from './claim.ts';
import { LiveDone } from './live-done.ts';

/** Where a message travels. SMS is the first; later channels extend this list. */
export const Channel = z.enum(['sms', 'whatsapp', 'messenger']);
export type Channel = z.infer<typeof Channel>;

/** What can be tapped: `id` comes back when it is, `label` is what the button says. */
export const Choice = z.strictObject({ id: z.string(), label: z.string() });
export type Choice = z.infer<typeof Choice>;

/**
 * What can be tapped instead of typed, where the channel has buttons or lists. `text` is the message without its
 * numbers; a typed answer counts all the same.
 */
export const Offer = z.strictObject({
  text: z.string(),
  choices: z.array(Choice).min(1),
  /** What opens a list, where the choices are too many for buttons. At most 20 characters. */
  menu: z.string().optional(),
  /** The text holds more than our phrases, the city's and the survey's: nothing to make once and use for all. */
  dynamic: z.literal(true).optional(),
});
export type Offer = z.infer<typeof Offer>;

/** A place on the map, shared by a resident or shown to one. */
export const Place = z.strictObject({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  name: z.string().optional(),
  address: z.string().optional(),
});
export type Place = z.infer<typeof Place>;

/** Something sent with a message. `url` is where the provider keeps it, to be fetched with its credentials. */
export const Media = z.strictObject({
  kind: z.enum(['photo', 'voice', 'video', 'document', 'sticker']),
  type: z.string(),
  url: z.string(),
});
export type Media = z.infer<typeof Media>;

/** What the city writes first about, each of which can be stopped by itself (STOP VISITE). */
export const Kind = z.enum(['visit', 'survey', 'live', 'info']);
export type Kind = z.infer<typeof Kind>;

/** Age bands, never a birth date (participation.md 3, U-Report row). `11-14` is never stored. */
export const AgeBand = z.enum(['15-17', '18-24', '25-59', '60+']);
export type AgeBand = z.infer<typeof AgeBand>;

/**
 * One thing that happens to one resident. `id` is short and stable for the same happening, so that a
 * repeated delivery can be told from a new one.
 *
 * @example { "type": "said", "id": "x8Kq2a", "channel": "sms", "text": "3 parfois le dimanche" }
 * @example { "type": "said", "id": "x8Kq2c", "channel": "whatsapp", "text": "Parfois", "choice": "square.1.frequence:3" }
 * @example { "type": "said", "id": "x8Kq2d", "channel": "whatsapp", "text": "", "media": [{ "kind": "voice", "type": "audio/ogg", "url": "https://…" }] }
 * @example { "type": "said", "id": "x8Kq2e", "channel": "whatsapp", "text": "", "place": { "latitude": 48.9101, "longitude": 2.5533 } }
 * @example { "type": "unsaid", "id": "x8Kq2f", "of": "x8Kq2a" }
 * @example { "type": "relieved", "id": "x8Kq2g", "channel": "messenger" }
 * @example { "type": "waited", "id": "w-2026-11-24T09:00:00Z" }
 * @example { "type": "invited", "id": "i-77", "channel": "sms", "survey": "square", "source": "A12" }
 * @example { "type": "announced", "id": "ai1-mB3kX9q0Zt", "announcement": "A-2026-001", "kind": "info", "base": "fr", "texts": { "fr": "Ville de Clichy: coupure d'eau lundi 8h-12h" } }
 * @example { "type": "movedUp", "id": "u3-31", "visit": "V-2026-003", "code": "V-315", "people": 2 }
 * @example { "type": "tested", "id": "ev5-x8Kq2a", "announced": { "announcement": "A-2026-005", "kind": "visit", "base": "fr", "texts": { "fr": "Ville de Clichy: visite samedi 10h" } } }
 * @example { "type": "recalled", "id": "cai1-mB3kX9q0Zt", "announcement": "A-2026-001" }
 * @example { "type": "stopped", "id": "x8Kq2b", "by": "provider" }
 * @example { "type": "resumed", "id": "x8Kq2c", "by": "provider" }
 * @example { "type": "retired", "id": "r4Kq2c" }
 * @example { "type": "linked", "id": "x8Kq2h", "channel": "whatsapp" }
 * @example { "type": "tied", "id": "sKq2h", "other": {} }
 * @example { "type": "enrolled", "id": "i8Kq2b", "list": "aines", "language": "fr", "age": "60+", "proof": { "what": "Bulletin signé au forum", "on": "2026-09-05", "by": "accueil" } }
 * @example { "type": "removed", "id": "d8Kq2b", "list": "aines", "why": "asked", "on": "2026-11-23" }
 * @example { "type": "requested", "id": "s8Kq2b", "what": "erase" }
 * @example { "type": "corrected", "id": "s8Kq2c", "language": "tr", "age": null }
 */
export const Event = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('said'),
    id: z.string(),
    channel: Channel,
    text: z.string(),
    /** The id of what was tapped, or a word behind a button; `text` then says what stood on it. */
    choice: z.string().optional(),
    media: z.array(Media).optional(),
    place: Place.optional(),
    granted: Granted.optional(),
  }),
  /** The resident took a message back: what was kept of it goes. `of` is the id it came with. */
  z.strictObject({ type: z.literal('unsaid'), id: z.string(), of: z.string() }),
  /** A person answers in our place, from the page's own inbox: the bot keeps quiet for a while. */
  z.strictObject({ type: z.literal('relieved'), id: z.string(), channel: Channel }),
  z.strictObject({ type: z.literal('waited'), id: z.string() }),
  z.strictObject({
    type: z.literal('invited'),
    id: z.string(),
    channel: Channel,
    survey: z.string(),
    source: z.string().optional(),
  }),
  /** The city says something first; `survey` is the one it begins. What is missing in `texts` is said in `base`. */
  z.strictObject({
    type: z.literal('announced'),
    id: z.string(),
    ...Announced.shape,
  }),
  /** To somebody of staff's who gets tests: as it would be said, and nothing happens. */
  z.strictObject({ type: z.literal('tested'), id: z.string(), announced: Announced }),
  /** On the waiting list of a visit, and now there is a place: said once, in permitted hours. */
  z.strictObject({
    type: z.literal('movedUp'),
    id: z.string(),
    visit: z.string(),
    code: z.string(),
    people: z.int().min(1),
  }),
  /** An announcement was cancelled before it went out to this resident. */
  z.strictObject({ type: z.literal('recalled'), id: z.string(), announcement: z.string() }),
  /** The provider, not we, has already told the resident that the messages stop (OptOutType, 21610). */
  z.strictObject({ type: z.literal('stopped'), id: z.string(), by: z.literal('provider') }),
  z.strictObject({ type: z.literal('resumed'), id: z.string(), by: z.literal('provider') }),
  /** Nothing was heard for as long as the city keeps contacts: the resident is forgotten, without a word. */
  z.strictObject({ type: z.literal('retired'), id: z.string() }),
  /**
   * The code of this resident came from another address (J15): both are one from now on. `other` is the session of
   * that address, where it had one.
   */
  z.strictObject({
    type: z.literal('linked'),
    id: z.string(),
    channel: Channel,
    other: z.record(z.string(), z.unknown()).optional(),
  }),
  /** Staff saw that `other` is this resident too: both are one from now on, as by a code, and nothing is said. */
  z.strictObject({ type: z.literal('tied'), id: z.string(), other: z.record(z.string(), z.unknown()) }),
  /**
   * Staff put a contact on a list. `proof`: what was signed or said, on which day (YYYY-MM-DD), and the role, never the
   * name, of who took it down. `plain`: the list is one of plain questions. Not for who is under 15 (channels.md L9).
   */
  z.strictObject({
    type: z.literal('enrolled'),
    id: z.string(),
    list: z.string(),
    language: z.string().optional(),
    age: AgeBand.optional(),
    quartier: z.string().optional(),
    plain: z.literal(true).optional(),
    proof: z.strictObject({ what: z.string().min(1), on: z.iso.date(), by: z.string().optional() }),
  }),
  /** Taken off a list, or off all of them where none is named, on that day in Paris. */
  z.strictObject({
    type: z.literal('removed'),
    id: z.string(),
    list: z.string().optional(),
    why: z.enum(['asked', 'staff', 'unreachable']),
    on: z.iso.date(),
  }),
  /** Staff do for a resident what they asked for at the town hall: STOP, EFFACER, MES DONNEES. Nothing is said. */
  z.strictObject({ type: z.literal('requested'), id: z.string(), what: z.enum(['stop', 'erase', 'copy']) }),
  /** Staff correct what a resident said is wrong about them; null is no longer known. Nothing is said. */
  z.strictObject({
    type: z.literal('corrected'),
    id: z.string(),
    language: z.string().optional(),
    quartier: z.string().nullable().optional(),
    age: AgeBand.nullable().optional(),
  }),
]);
export type Event = z.infer<typeof Event>;

/** Where something is, without its name. */
const Spot = Place.pick({ latitude: true, longitude: true });

/**
 * One question's answer, in the compact form that is stored.
 * - `v` the value: option numbers (from 1), true/false, a number, or a text; absent where `m` says why
 * - `m` why there is none: `skip` (passed), `unknown` (three replies not understood), `erased` (words deleted on demand)
 * - `c` what else the reply said; `o` the text of "other: what?"; `r` the raw reply where it differs from `v`
 * - `x` the replies that were not understood; `l` the language where it is not the session's
 * - `f` how many photos or voice notes came with it; `p` the place it names on the map
 * - `e` the messages it came with, where a message can be taken back
 * - `d` it was passed, and the question says what that counts as
 * - `t` seconds after the survey began
 *
 * @example { "v": 3, "t": 42, "r": "3 parfois le dimanche", "c": "parfois le dimanche" }
 * @example { "v": "[vocal]", "t": 70, "f": 1, "e": ["x8Kq2a"] }
 * @example { "m": "unknown", "t": 90, "x": ["nickel", "7", "c koi ce truc"] }
 */
export const Answer = z.strictObject({
  v: z.union([z.number(), z.boolean(), z.string(), z.array(z.number())]).optional(),
  m: z.enum(['skip', 'unknown', 'erased']).optional(),
  c: z.string().optional(),
  o: z.string().optional(),
  r: z.string().optional(),
  x: z.array(z.string()).optional(),
  l: z.string().optional(),
  f: z.int().optional(),
  p: Spot.optional(),
  e: z.array(z.string()).optional(),
  d: z.literal(true).optional(),
  t: z.number(),
});
export type Answer = z.infer<typeof Answer>;

/** How a survey ended for one resident. */
export const SurveyEnd = z.enum(['done', 'expired', 'stopped', 'erased']);
export type SurveyEnd = z.infer<typeof SurveyEnd>;

/** How the resident came to the survey (participation.md 6.2, column `mode`). */
export const Mode = z.enum(['push', 'mot-clé', 'QR']);
export type Mode = z.infer<typeof Mode>;

/**
 * One resident's answers to one survey, as they leave the conversation when the survey ends.
 *
 * @example { "survey": "square", "revision": 1, "end": "done", "channel": "sms", "language": "fr",
 *   "mode": "QR", "source": "A12", "quartier": "chene", "age": "25-59", "started": "2026-11-23T09:00:00.000Z",
 *   "ended": "2026-11-23T09:03:10.000Z", "reminders": 0, "answers": { "frequence": { "v": 3, "t": 20 } } }
 */
export const AnswerSheet = z.strictObject({
  survey: z.string(),
  revision: z.number().int(),
  end: SurveyEnd.or(z.literal('open')),
  channel: Channel,
  language: z.string(),
  mode: Mode,
  source: z.string().optional(),
  quartier: z.string().optional(),
  age: AgeBand.optional(),
  started: z.string(),
  ended: z.string().optional(),
  reminders: z.number().int(),
  /** The survey was taken up again: earlier answers stand where there are no new ones. */
  again: z.literal(true).optional(),
  answers: z.record(z.string(), Answer),
});
export type AnswerSheet = z.infer<typeof AnswerSheet>;

/**
 * What a turn asks the world to do. At most one `say` a turn.
 *
 * @example { "type": "say", "text": "C'est fait: vous ne recevrez plus de message." }
 * @example { "type": "say", "text": "1/4 Allez-vous au square? 1 souvent 2 jamais", "offer": { "text": "1/4 Allez-vous au square?", "choices": [{ "id": "square.1.frequence:1", "label": "Souvent" }, { "id": "square.1.frequence:2", "label": "Jamais" }] } }
 * @example { "type": "consent", "kind": "given", "text": "Ville de Clichy...", "version": "2026-11", "list": "chene" }
 * @example { "type": "subscribe", "list": "chene" }
 * @example { "type": "call", "language": "tr", "why": "asked" }
 * @example { "type": "append", "survey": "square", "question": "mot", "text": "et des poubelles" }
 * @example { "type": "keep", "text": "le parking est noir", "why": "no-question" }
 * @example { "type": "keep", "text": "je veux mourir", "why": "alarm", "alarm": "self" }
 * @example { "type": "attach", "media": [{ "kind": "voice", "type": "audio/ogg", "url": "https://…" }], "why": "answer", "survey": "square", "question": "mot" }
 * @example { "type": "unkeep", "event": "x8Kq2a", "surveys": ["square"] }
 * @example { "type": "mute", "kind": "visit", "text": "C'est fait: plus de message...", "version": "2026-11" }
 * @example { "type": "link", "code": "48213097" }
 * @example { "type": "adopt", "from": "r-2", "surveys": ["square"] }
 * @example { "type": "copy", "code": "x8Kq2aB0_z" }
 * @example { "type": "rsvp", "visit": "V-2026-003", "answer": "yes", "people": 3 }
 * @example { "type": "raise", "kind": "subject", "number": 12, "text": "les lumières cassées du parking", "visit": "V-2026-003" }
 * @example { "type": "unseat", "visit": "V-2026-003" }
 * @example { "type": "reseat", "visit": "V-2026-003", "from": "r-2" }
 * @example { "type": "erase", "proof": "E-1929579", "surveys": ["square"] }
 * @example { "type": "live", "live": "L-2026-001", "until": 1782835200, "does": { "do": "vote", "question": 77 } }
 * @example { "type": "ask", "claim": { "for": "number", "series": "question" } }
 * @example { "type": "ask", "claim": { "for": "seat", "visit": "V-2026-003", "people": 3 } }
 */
export const Effect = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('say'),
    /** The whole message, numbers included. */
    text: z.string(),
    offer: Offer.optional(),
    /** Pictures or recordings of the city's, by public https URL, for the channels that carry them. */
    media: z.array(z.url()).optional(),
    place: Place.optional(),
  }),
  /** Proof of a yes or a stop: the exact text, its version, the time and the poster's code (decision A12). */
  z.strictObject({
    type: z.literal('consent'),
    kind: z.enum(['given', 'stopped', 'resumed']),
    text: z.string(),
    version: z.string(),
    list: z.string().optional(),
    source: z.string().optional(),
    /** Of a proof on paper or by word of mouth: its day, and the role of who took it. */
    on: z.iso.date().optional(),
    by: z.string().optional(),
  }),
  z.strictObject({ type: z.literal('subscribe'), list: z.string() }),
  z.strictObject({ type: z.literal('unsubscribe'), list: z.string() }),
  z.strictObject({ type: z.literal('record'), sheet: AnswerSheet }),
  /** A correction after the survey has ended: one question of the stored sheet changes. */
  z.strictObject({ type: z.literal('amend'), survey: z.string(), question: z.string(), answer: Answer }),
  /** What came right behind the last answer, in a second message, belongs to it. */
  z.strictObject({
    type: z.literal('append'),
    survey: z.string(),
    question: z.string(),
    text: z.string(),
    /** Not to the value, which is no words. */
    comment: z.literal(true).optional(),
  }),
  z.strictObject({
    type: z.literal('call'),
    language: z.string(),
    why: z.enum(['asked', 'language', 'silence', 'voice']),
  }),
  z.strictObject({
    type: z.literal('keep'),
    text: z.string(),
    why: z.enum([
      'first-message',
      'no-question',
      'after-stop',
      'request',
      'alarm',
      'media',
      'place',
      'relieved',
    ]),
    /** Someone is in danger, by their own hand or another's: a person must look at once. */
    alarm: z.enum(['self', 'violence']).optional(),
    place: Spot.optional(),
  }),
  /** What came with a message, to be fetched and kept: the answer to a question, or something for staff. */
  z.strictObject({
    type: z.literal('attach'),
    media: z.array(Media).min(1),
    why: z.enum(['answer', 'message']),
    survey: z.string().optional(),
    question: z.string().optional(),
  }),
  /** A message was taken back: what was kept under its id goes, also from the sheets of these surveys. */
  z.strictObject({ type: z.literal('unkeep'), event: z.string(), surveys: z.array(z.string()) }),
  /** One kind of message stops, or comes back; the exact text is the proof. */
  z.strictObject({ type: z.literal('mute'), kind: Kind, text: z.string(), version: z.string() }),
  z.strictObject({ type: z.literal('unmute'), kind: Kind, text: z.string(), version: z.string() }),
  /** A one-time code: whoever sends it from another address is the same resident (J15). */
  z.strictObject({ type: z.literal('link'), code: z.string() }),
  /** The sheets of another resident's id become this one's: one a survey. */
  z.strictObject({ type: z.literal('adopt'), from: z.string(), surveys: z.array(z.string()) }),
  /** Never write to this address again unless its owner says so; outlives erasure as a hash. */
  z.strictObject({ type: z.literal('suppress') }),
  z.strictObject({ type: z.literal('unsuppress') }),
  /** A page that shows the resident everything held about them, for a day, to whoever has its code. */
  z.strictObject({ type: z.literal('copy'), code: z.string() }),
  /** Delete everything held about the resident; the sheets lose their link and their free text. */
  z.strictObject({ type: z.literal('erase'), proof: z.string(), surveys: z.array(z.string()) }),
  /** What they answered to a visit, for staff; who has a place is the store's to know. */
  z.strictObject({
    type: z.literal('rsvp'),
    visit: z.string(),
    answer: z.enum(['yes', 'waiting', 'no']),
    people: z.int().optional(),
    transport: z.boolean().optional(),
  }),
  /** Something for staff that its writer knows by a number: to see on a visit, asked about one, raised on one. */
  z.strictObject({
    type: z.literal('raise'),
    kind: z.enum(['subject', 'question', 'request']),
    number: z.int().min(1),
    text: z.string(),
    visit: z.string().optional(),
  }),
  /** Off the waiting list of a visit: who hears nothing any more could not be told. */
  z.strictObject({ type: z.literal('unseat'), visit: z.string() }),
  /** What another resident's id had on a visit is this one's. */
  z.strictObject({ type: z.literal('reseat'), visit: z.string(), from: z.string() }),
  /** What was done with a live. `until`: seconds since 1970 up to which a first name is kept. */
  z.strictObject({ type: z.literal('live'), live: z.string(), until: z.int(), does: LiveDone }),
  /** What came of an announcement, by its number, at this resident. */
  z.strictObject({ type: z.literal('echo'), announcement: z.int(), what: Mark }),
  /** Decided before the turn counts: the session is as it was, and nothing else is asked of the world. */
  z.strictObject({ type: z.literal('ask'), claim: Claim }),
]);
export type Effect = z.infer<typeof Effect>;
/** The effects that are carried out in the store; `say` is handed over to the channel, an `ask` is granted before. */
export type StoredEffect = Exclude<Effect, { type: 'say' | 'ask' }>;
