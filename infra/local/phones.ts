/**
 * The phones of all channels as one: what the page of phones, the tests and scripts talk to. Owns how a phone's
 * doing on Messenger becomes what Meta's stand-in takes, and one shape for what a phone shows.
 */
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { Place } from '../../conversations/events.ts';
import { measure } from '../../conversations/shape.ts';
import { typeOf } from '../../functions/channels/media.ts';
import type { Carrier, Item, Sent } from './carrier.ts';
import type { Meta } from './meta-api.ts';
import type { Act } from './meta-events.ts';
import type { MetaItem } from './meta-thread.ts';
import { frenchNumber } from './phone-number.ts';
import { type Refusal, refusal } from './refusal.ts';
import type { SnsApi } from './sns-api.ts';
import type { MediaFolder } from './twilio-media.ts';

export const CHANNELS = ['sms', 'whatsapp', 'messenger'];

/** What a phone may do on Messenger besides writing; a scripted person of the city too. */
const Doing = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('start'), ref: z.string().optional() }),
  z.object({ kind: z.literal('link'), ref: z.string() }),
  z.object({ kind: z.literal('unsend'), mid: z.string() }),
  z.object({ kind: z.literal('read') }),
  z.object({ kind: z.literal('human'), text: z.string() }),
  z.object({ kind: z.literal('take') }),
  z.object({ kind: z.literal('give-back') }),
]);

/** It becomes a header of the answer that brings the file. */
const MEDIA_TYPE = /^[a-z]+\/[a-z0-9.+-]+(?:; *[a-z]+=[a-z0-9.-]+)?$/i;

export const FromPhone = z.object({
  channel: z.string(),
  from: z.string(),
  text: z.string().default(''),
  choice: z.object({ id: z.string(), label: z.string() }).optional(),
  media: z.array(z.object({ type: z.string().regex(MEDIA_TYPE), data: z.base64() })).optional(),
  place: Place.optional(),
  /** On Messenger alone. */
  act: Doing.optional(),
});
export type FromPhone = z.infer<typeof FromPhone>;

export interface Shown extends Omit<Item, 'state'> {
  state: string;
  /** On Messenger: a person of the city, not the machine. */
  by?: 'person';
}

export interface Phones {
  receive(given: FromPhone): Promise<{ sid: string; replies: Shown[] } | Refusal>;
  thread(channel: string, address: string): Shown[] | Refusal;
  /** Until when the city may write freely, and whether it is seen writing. */
  state(channel: string, address: string): { window?: string; typing: boolean } | Refusal;
  media(sid: string): { type: string; bytes: Buffer } | undefined;
}

export interface PhonesOptions {
  carrier: Carrier;
  meta: Meta;
  sns: Pick<SnsApi, 'sent'>;
  /** What phones on Messenger have sent. */
  files: MediaFolder;
  /** Where these files are fetched. */
  filesUrl: string;
  /** Does what is due now: replies of the API go out. */
  work: () => Promise<void>;
}

const ALLOWED = 'un numéro français, comme 06 39 98 00 01 ou +33639980001';
const MOST_TEXT = 2000;

/** Messenger knows people by figures of its own; a number as people type it serves as such here. */
function psidOf(typed: string): string | undefined {
  const phone = frenchNumber(typed);
  if ('number' in phone) return phone.number.slice(1);
  return /^\d{4,20}$/.test(typed) ? typed : undefined;
}

export function createPhones({ carrier, meta, sns, files, filesUrl, work }: PhonesOptions): Phones {
  /** Of this run; what an earlier one took shows its type by its first bytes. */
  const types = new Map<string, string>();
  const typeOfFile = (sid: string): string | undefined => {
    const kept = types.has(sid) ? undefined : files.get(sid);
    if (kept) types.set(sid, typeOf(kept) ?? 'application/octet-stream');
    return types.get(sid);
  };
  const withType = ({ sid, ...file }: NonNullable<Shown['media']>[number]) => {
    const type = sid && typeOfFile(sid);
    return { ...(type && { type }), ...(sid && { sid }), ...file };
  };

  function actOf(given: FromPhone): Act | Refusal {
    const { text, choice, media = [], place, act } = given;
    if (act) return act as Act;
    if (choice) return { kind: 'tap', title: choice.label, payload: choice.id };
    if (place) return { kind: 'place', latitude: place.latitude, longitude: place.longitude };
    const [file] = media;
    if (file) {
      const sid = `MF${randomUUID().replaceAll('-', '')}`;
      files.put(sid, Buffer.from(file.data, 'base64'));
      types.set(sid, file.type);
      const kind = file.type.startsWith('audio/')
        ? 'voice'
        : file.type.startsWith('image/')
          ? 'photo'
          : 'file';
      return { kind, url: `${filesUrl}/${sid}`, ...(text && { text }) };
    }
    if (!text.trim()) return refusal('Message vide', text, `un texte de 1 à ${MOST_TEXT} caractères`);
    if (text.length > MOST_TEXT)
      return refusal('Message trop long', text, `un texte de 1 à ${MOST_TEXT} caractères`);
    return { kind: 'text', text };
  }

  const threadOf = (channel: string, address: string): Shown[] | Refusal => {
    if (!CHANNELS.includes(channel))
      return refusal('Canal inconnu (« channel »)', channel, 'sms, whatsapp ou messenger');
    if (channel === 'messenger') {
      const psid = psidOf(address);
      if (!psid) return refusal('Numéro illisible (« address »)', address, ALLOWED);
      return meta
        .thread(psid)
        .map(fromMeta)
        .map((item) => ({ ...item, ...(item.media && { media: item.media.map(withType) }) }));
    }
    const shown = carrier.thread(channel, address);
    const phone = frenchNumber(address.replace(/^whatsapp:/, ''));
    if ('error' in phone)
      return shown.length > 0 || /^[A-Z]{2}\./.test(address)
        ? shown
        : refusal('Numéro illisible (« address »)', address, ALLOWED);
    if (channel !== 'sms') return shown;
    const throughSns = sns.sent.filter(({ to }) => to === phone.number).map(fromSns);
    return [...shown, ...throughSns].sort((one, two) => Date.parse(one.time) - Date.parse(two.time));
  };

  const newer = (channel: string, address: string, known: Set<string>): Shown[] => {
    const all = threadOf(channel, address);
    return 'error' in all ? [] : all.filter(({ id, direction }) => direction === 'out' && !known.has(id));
  };

  return {
    async receive(given) {
      const before = threadOf(given.channel, given.from);
      if ('error' in before) return before;
      const known = new Set(before.map(({ id }) => id));
      let sid: string;
      if (given.channel === 'messenger') {
        const act = actOf(given);
        if ('error' in act) return act;
        sid = (await meta.receive(psidOf(given.from) as string, act)).mid;
      } else {
        const { act: _, ...message } = given;
        const sent: Sent | Refusal = await carrier.receive(message);
        if ('error' in sent) return sent;
        sid = sent.sid;
      }
      await work();
      return { sid, replies: newer(given.channel, given.from, known) };
    },
    thread: threadOf,
    state(channel, address) {
      const thread = threadOf(channel, address);
      if ('error' in thread) return thread;
      const window =
        channel === 'messenger'
          ? meta.windowEnds(psidOf(address) as string)
          : channel === 'whatsapp'
            ? carrier.window(channel, address)
            : undefined;
      const typing = channel === 'whatsapp' && carrier.typing(channel, address);
      return { ...(window && { window: window.toISOString() }), typing };
    },
    media(sid) {
      const kept = files.get(sid);
      if (kept) return { type: typeOfFile(sid) ?? 'application/octet-stream', bytes: kept };
      return carrier.media(sid);
    },
  };
}

function fromMeta({ id, direction, by, text, time, state, replies, attachment }: MetaItem): Shown {
  const url = (attachment as { payload?: { url?: string }; type?: string } | undefined)?.payload?.url;
  const sid = url && /\/(MF[0-9a-f]{32})$/.exec(url)?.[1];
  const coordinates = (
    attachment as { payload?: { coordinates?: { lat: number; long: number } } } | undefined
  )?.payload?.coordinates;
  return {
    id,
    direction,
    text,
    time,
    // Messenger has no parts and costs nothing.
    parts: 0,
    state,
    ...(by === 'person' && { by }),
    ...(replies && { buttons: replies.map(({ title, payload }) => ({ id: payload, label: title })) }),
    ...(url && { media: [sid ? { sid } : { url }] }),
    ...(coordinates && { place: { latitude: coordinates.lat, longitude: coordinates.long } }),
  };
}

const fromSns = ({ id, text, at }: SnsApi['sent'][number]): Shown => ({
  id,
  direction: 'out',
  text,
  time: at,
  parts: measure(text).parts,
  state: 'delivered',
});
