/**
 * What a batch of Meta's says, one thing at a time: `entry[]` and `messaging[]` are both walked to their ends, in any
 * order Meta likes, and what is not for us is passed over with the reason why. Knows nothing of signatures; never throws.
 */
import * as z from 'zod';
import type { Event } from '../../conversations/events.ts';
import type { Address, Incoming } from './channel.ts';
import { readAttachments, word } from './messenger-attachments.ts';

/** The page's own inbox, on Facebook and for Instagram: whoever writes from there is a person (Meta, conversation routing). */
export const INBOX_APPS = ['263902037430900', '1217981644879628'];
/** Our own id of a delivery, as `channel.ts` has it; of the earlier parts of a long message, with `#1/3` behind. */
const DELIVERY = /^[\w-]{22}\.[\w-]{1,24}$/;
const PART = /^[\w-]{22}\.[\w-]{1,24}#\d+\/\d+$/;
/** Page-scoped ids are digits; no more is asked than that an address can be made of one. */
const ID = /^[^\s:\p{C}]{1,64}$/u;
/** Seconds until the year 5138, milliseconds from 1973 on. */
const LARGEST_SECONDS = 1e11;

export interface EventOptions {
  pageId: string;
  /** Our app's id: an echo of another's is then known to be another's. */
  appId?: string;
  /** Our id of a message, from Meta's. */
  eventId: (mid: string) => string;
}

const id = z
  .union([z.string(), z.int().transform(String)])
  .pipe(z.string().regex(ID))
  .optional()
  .catch(undefined);
const flag = z.literal(true).optional().catch(undefined);
const list = z.array(z.unknown()).optional().catch(undefined);
const time = z.coerce.number().positive().optional().catch(undefined);
const party = z.object({ id }).optional().catch(undefined);
const part = <Shape extends z.ZodRawShape>(shape: Shape) => z.object(shape).optional().catch(undefined);
const referral = part({ ref: word });

const Batch = z.object({ object: word, entry: list });
const Entry = z.object({ id, time, messaging: list, standby: list, changes: list });
const Messaging = z.object({
  sender: party,
  recipient: party,
  timestamp: time,
  message: part({
    mid: word,
    text: word,
    is_echo: flag,
    is_deleted: flag,
    app_id: id,
    metadata: word,
    quick_reply: part({ payload: word }),
    attachments: list,
    referral,
  }),
  postback: part({ mid: word, title: word, payload: word, referral }),
  referral,
  delivery: part({ mids: list }),
  read: part({ mid: word }),
  take_thread_control: z.unknown().optional(),
  pass_thread_control: part({ new_owner_app_id: id }),
});
type Messaging = z.infer<typeof Messaging>;
type Said = Extract<Event, { type: 'said' }>;

/** What we know of and do nothing about. */
const PASSED_OVER = [
  'reaction',
  'message_edit',
  'optin',
  'account_linking',
  'request_thread_control',
  'app_roles',
  'policy_enforcement',
];

const ignored = (why: string): Incoming => ({ kind: 'ignored', why });

export function readBatch(data: unknown, options: EventOptions): Incoming[] {
  const batch = Batch.safeParse(data);
  if (!batch.success) return [ignored('no-batch')];
  if (batch.data.object !== 'page') return [ignored('no-page')];
  const all = (batch.data.entry ?? []).flatMap((each) => readEntry(each, options));
  return all.length > 0 ? all : [ignored('empty')];
}

function readEntry(data: unknown, options: EventOptions): Incoming[] {
  const parsed = Entry.safeParse(data);
  if (!parsed.success) return [ignored('no-entry')];
  const entry = parsed.data;
  if (entry.id !== undefined && entry.id !== options.pageId) return [ignored('other-page')];
  return [
    ...(entry.messaging ?? []).flatMap((each) => readMessaging(each, entry.time, options)),
    // Another app has the thread, most likely a person's inbox: it is theirs to answer, and to hear (channels.md 2).
    ...(entry.standby ?? []).map(() => ignored('standby')),
    ...(entry.changes ?? []).map(() => ignored('changes')),
  ];
}

function readMessaging(data: unknown, entryTime: number | undefined, options: EventOptions): Incoming[] {
  const parsed = Messaging.safeParse(data);
  if (!parsed.success) return [ignored('no-event')];
  const told = parsed.data;
  const at = milliseconds(told.timestamp ?? entryTime ?? 0);
  const { sender, recipient, message } = told;
  if (message?.is_echo) return [readEcho(told, options)];
  if (sender?.id === undefined) return [ignored('no-sender')];
  // Whatever it is, answering ourselves would be a loop.
  if (sender.id === options.pageId) return [ignored('own')];
  if (recipient?.id !== undefined && recipient.id !== options.pageId) return [ignored('other-page')];
  const psid = sender.id;
  const address: Address = `messenger:${psid}`;
  const event = (made: Event): Incoming => ({ kind: 'event', address, event: made });
  // What has no id of Meta's gets one from who and when, the same for every copy.
  const idOf = (mid: string | undefined, kind: string): string =>
    options.eventId(mid || `${kind}:${psid}:${at}`);

  if (message?.is_deleted) {
    if (!message.mid) return [ignored('no-mid')];
    const of = options.eventId(message.mid);
    return [event({ type: 'unsaid', id: options.eventId(`unsend:${message.mid}`), of })];
  }
  if (message) return saidIn(message, idOf(message.mid, 'message'), options).map(event);
  if (told.postback) {
    const { mid, title, payload } = told.postback;
    const word = keyword(told.postback.referral?.ref);
    const id = idOf(mid, `postback:${payload ?? ''}`);
    // Whoever came by a link and taps "Démarrer" says what stands in the link.
    if (word) return [event(said(id, word))];
    return [event(said(id, title ?? '', payload))];
  }
  if (told.referral) {
    const word = keyword(told.referral.ref);
    return [word ? event(said(idOf(undefined, `referral:${word}`), word)) : ignored('referral')];
  }
  if (told.delivery) return deliveries(told.delivery.mids ?? [], address);
  // A watermark stands for everything before it: it names no message, and whoever notes it finds none.
  if (told.read) return [receipt(address, 'read', told.read.mid)];
  return [readRest(data, told, event, idOf, options)];
}

function saidIn(message: NonNullable<Messaging['message']>, id: string, { eventId }: EventOptions): Event[] {
  const { media, place, link } = readAttachments(message.attachments ?? []);
  const text = message.text || link || '';
  const choice = message.quick_reply?.payload;
  const rest = { ...(media.length > 0 && { media }), ...(place && { place }) };
  const word = keyword(message.referral?.ref);
  const bare = !text && !choice && media.length === 0 && !place;
  if (word && bare) return [said(id, word)];
  const event: Said = { ...said(id, text, choice), ...rest };
  // The link they came by, then what they wrote.
  return word ? [said(eventId(`ref:${id}`), word), event] : [event];
}

const said = (id: string, text: string, choice?: string): Said => ({
  type: 'said',
  id,
  channel: 'messenger',
  text,
  ...(choice && { choice }),
});

/** `m.me/page?ref=CHENE_A12`: a link has no spaces, a poster's keyword may. */
function keyword(ref: string | undefined): string {
  return (ref ?? '').replace(/_/g, ' ').replace(/\s+/g, ' ').trim();
}

/** Every message that leaves the page comes back: ours tell us that they left, a person's that we are relieved. */
function readEcho({ sender, recipient, message = {} }: Messaging, options: EventOptions): Incoming {
  if (sender?.id !== undefined && sender.id !== options.pageId) return ignored('other-page');
  if (recipient?.id === undefined) return ignored('no-recipient');
  const { mid, metadata = '', app_id: app } = message;
  if (message.is_deleted) return ignored('echo');
  const address: Address = `messenger:${recipient.id}`;
  if (DELIVERY.test(metadata)) return receipt(address, 'accepted', mid, metadata);
  // Of a long message only the last part says that it has left.
  if (PART.test(metadata) || !mid) return ignored('echo');
  // Where our own id is not configured, an app that is not the inbox may be ourselves.
  const person =
    app === undefined || INBOX_APPS.includes(app) || (options.appId !== undefined && app !== options.appId);
  if (!person) return ignored('echo');
  return {
    kind: 'event',
    address,
    event: { type: 'relieved', id: options.eventId(mid), channel: 'messenger' },
  };
}

function deliveries(mids: unknown[], address: Address): Incoming[] {
  const known = mids.flatMap((mid) => (typeof mid === 'string' && mid ? [mid] : []));
  return known.length > 0
    ? known.map((mid) => receipt(address, 'delivered', mid))
    : [receipt(address, 'delivered')];
}

const receipt = (
  address: Address,
  state: 'accepted' | 'delivered' | 'read',
  mid?: string,
  delivery?: string,
): Incoming => ({
  kind: 'receipt',
  provider: 'meta',
  address,
  state,
  ...(mid && { providerId: mid }),
  ...(delivery && { delivery }),
});

/** Who has the conversation now, and what we have no use for. */
function readRest(
  data: unknown,
  told: Messaging,
  event: (made: Event) => Incoming,
  idOf: (mid: string | undefined, kind: string) => string,
  { appId }: EventOptions,
): Incoming {
  const relieved = (kind: string): Incoming =>
    event({ type: 'relieved', id: idOf(undefined, kind), channel: 'messenger' });
  if (told.take_thread_control) return relieved('take');
  if (told.pass_thread_control) {
    const owner = told.pass_thread_control.new_owner_app_id;
    const others = owner !== undefined && (appId ? owner !== appId : INBOX_APPS.includes(owner));
    // Passed back to us: the bot's own pause ends by itself, or when the resident calls it.
    return others ? relieved('pass') : ignored('thread-returned');
  }
  return ignored(PASSED_OVER.find((kind) => Object.hasOwn(data as object, kind)) ?? 'unknown-event');
}

const milliseconds = (given: number): number => Math.floor(given < LARGEST_SECONDS ? given * 1000 : given);
