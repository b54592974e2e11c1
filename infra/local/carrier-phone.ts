/** What a phone hands to the carrier: read once, refused in French, as the address and the parts that travel. */
import * as z from 'zod';
import { Choice, Place } from '../../conversations/events.ts';
import { frenchNumber } from './phone-number.ts';
import { type Refusal, refusal } from './refusal.ts';

/** Ten parts or so: more than any phone sends as one SMS. */
const MAX_TEXT = 1600;
/** WhatsApp takes 16 MB; the log's folder need not. */
const MAX_MEDIA = 8 * 1024 * 1024;
const MEDIA_TYPE = /^[a-z]+\/[a-z0-9.+-]+(?:; *[a-z]+=[a-z0-9.-]+)?$/i;
/** Somebody who shows no number: a country and an id (channels.md 0.2). */
const HIDDEN = /^[A-Z]{2}\.[A-Za-z0-9]{1,128}$/;

export const FromPhone = z.object({
  channel: z.string(),
  from: z.string(),
  text: z.string().default(''),
  /** A button or a line of a list that was touched; which of the two, the last message tells. */
  choice: Choice.extend({ kind: z.enum(['button', 'list']).optional() }).optional(),
  /** Bytes in base64. */
  media: z.array(z.object({ type: z.string(), data: z.base64() })).optional(),
  place: Place.optional(),
});
export type FromPhone = z.infer<typeof FromPhone>;

export interface Handed {
  channel: 'sms' | 'whatsapp';
  /** As Twilio writes it: `+33…`, `whatsapp:+33…`, `whatsapp:FR.…`. */
  address: string;
  text: string;
  choice?: FromPhone['choice'];
  media: { type: string; bytes: Buffer }[];
  place?: Place;
}

/** A number as people type it, or WhatsApp's own id; undefined where it can be neither. */
export function phoneName(typed: string): string | undefined {
  if (HIDDEN.test(typed)) return typed;
  const phone = frenchNumber(typed);
  return 'number' in phone ? phone.number : undefined;
}

/** Undefined where this channel has no such address. */
export function addressOn(channel: string, typed: string): string | undefined {
  const name = phoneName(typed.replace(/^whatsapp:/, ''));
  if (name === undefined || (channel === 'sms' && HIDDEN.test(name))) return undefined;
  return channel === 'whatsapp' ? `whatsapp:${name}` : name;
}

export function readFromPhone(given: FromPhone, channels: string[]): Handed | Refusal {
  const { channel, from } = given;
  const text = given.text ?? '';
  if (channel !== 'whatsapp' || !HIDDEN.test(from.replace(/^whatsapp:/, ''))) {
    const phone = frenchNumber(from.replace(/^whatsapp:/, ''));
    if ('error' in phone) return phone;
  }
  if (!channels.includes(channel)) return refusal('Canal inconnu', channel, channels.join(' ou '));
  const read = FromPhone.safeParse(given);
  if (!read.success) return refusal('Message illisible', given, 'un texte, un choix, un fichier ou un lieu');
  const { choice, media = [], place } = read.data;
  const isRich = choice !== undefined || media.length > 0 || place !== undefined;
  if (isRich && channel === 'sms') return refusal('Impossible par SMS', given, 'un texte seul');
  const most = `un texte de 1 à ${MAX_TEXT} caractères`;
  if (text.trim() === '' && !isRich) return refusal('Message vide', text, most);
  if (text.length > MAX_TEXT) return refusal('Message trop long', text, most);
  if (media.length > 1) return refusal('Trop de fichiers', media, 'un seul par message');
  const files = media.map(({ type, data }) => ({ type, bytes: Buffer.from(data, 'base64') }));
  if (files.some(({ type, bytes }) => !MEDIA_TYPE.test(type) || bytes.length > MAX_MEDIA))
    return refusal('Fichier refusé', media, `un type comme image/jpeg et au plus ${MAX_MEDIA} octets`);
  return {
    channel: channel as Handed['channel'],
    address: addressOn(channel, from) as string,
    text,
    media: files,
    ...(choice && { choice }),
    ...(place && { place }),
  };
}
