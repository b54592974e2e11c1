/**
 * What Twilio's form of an inbound message says, SMS or WhatsApp, as one thing that happened to one resident. Knows
 * nothing of signatures; whatever stands in the form, it reads or refuses, and never throws.
 */
import type { Channel, Event, Media, Place } from '../../conversations/events.ts';
import { type Address, type Incoming, nameIn } from './channel.ts';
import { readableText } from './twilio-base64.ts';
import { type Form, isContradicted, valueIn } from './twilio-form.ts';

/** More than one message carries on any channel; a form that claims more is cut there. */
const MOST_MEDIA = 10;
/** A sender one can answer: E.164. Short codes and names are machines, and answering one may begin a loop. */
const PHONE = /^\+[1-9]\d{7,14}$/;
/** WhatsApp's own id of somebody who shows no number: a country and an id (Meta, business-scoped user ids). */
const HIDDEN = /^[A-Z]{2}(?:\.[A-Za-z0-9]{1,128}){1,2}$/;
const WHATSAPP = 'whatsapp:';

export type Inbound =
  | { kind: 'message'; incoming: Incoming }
  /** `what` says which parameter is wrong. */
  | { kind: 'invalid'; what: string };

/** `ours` are the city's own addresses: what comes from there is an echo. `eventId` makes our id of Twilio's. */
export function readMessage(form: Form, ours: Address[], eventId: (sid: string) => string): Inbound {
  const sid = valueIn(form, 'MessageSid');
  if (!sid || isContradicted(form, 'MessageSid')) return { kind: 'invalid', what: 'MessageSid' };
  const from = valueIn(form, 'From') ?? valueIn(form, 'ExternalUserId');
  if (!from || isContradicted(form, 'From')) return { kind: 'invalid', what: 'From' };
  const address = addressOf(from, valueIn(form, 'ExternalUserId'));
  if (!address || ours.includes(address))
    return { kind: 'message', incoming: { kind: 'ignored', why: 'unanswerable' } };
  const channel = address.startsWith(WHATSAPP) ? 'whatsapp' : 'sms';
  return { kind: 'message', incoming: incomingOf(form, address, channel, eventId(sid)) };
}

/** A number where there is one, for it also carries SMS; else WhatsApp's id. Undefined where nobody can be answered. */
function addressOf(from: string, external: string | undefined): Address | undefined {
  if (PHONE.test(from)) return `sms:${from}`;
  for (const given of [from, external]) {
    const name = given?.startsWith(WHATSAPP) ? nameIn(given) : given === external ? given : undefined;
    if (name && /^\d/.test(name) && PHONE.test(`+${name}`)) return `${WHATSAPP}+${name}`;
    if (name && (PHONE.test(name) || HIDDEN.test(name))) return `${WHATSAPP}${name}`;
  }
  return undefined;
}

function incomingOf(form: Form, address: Address, channel: 'sms' | 'whatsapp', id: string): Incoming {
  const said = saidOf(form, channel, id);
  // With Advanced Opt-Out, Twilio has answered already and says so.
  switch (valueIn(form, 'OptOutType')) {
    case 'STOP':
      return { kind: 'event', address, event: { type: 'stopped', id, by: 'provider' }, answered: true };
    case 'START':
      return { kind: 'event', address, event: { type: 'resumed', id, by: 'provider' }, answered: true };
    case undefined:
      return { kind: 'event', address, event: said };
    default:
      return { kind: 'event', address, event: said, answered: true };
  }
}

function saidOf(form: Form, channel: Channel, id: string): Event {
  if (channel === 'sms') {
    const media = mediaOf(form, channel);
    const text = readableText(valueIn(form, 'Body') ?? '');
    return { type: 'said', id, channel, text, ...(media.length > 0 && { media }) };
  }
  // What stood on the button says more than the body, which may be the message that was answered (courier).
  const text = valueIn(form, 'ButtonText') ?? valueIn(form, 'ListTitle') ?? valueIn(form, 'Body') ?? '';
  const choice = valueIn(form, 'ButtonPayload') ?? valueIn(form, 'ListId');
  const media = mediaOf(form, channel);
  const place = placeOf(form);
  return {
    type: 'said',
    id,
    channel,
    text,
    ...(choice && { choice }),
    ...(media.length > 0 && { media }),
    ...(place && { place }),
  };
}

function mediaOf(form: Form, channel: Channel): Media[] {
  const found: Media[] = [];
  const message = valueIn(form, 'MessageType');
  for (let index = 0; index < MOST_MEDIA; index += 1) {
    const url = valueIn(form, `MediaUrl${index}`);
    if (!url) break;
    const given = valueIn(form, `MediaContentType${index}`) ?? '';
    const type = given.split(';')[0]?.trim().toLowerCase() || 'application/octet-stream';
    found.push({ kind: kindOf(type, message, channel), type, url });
  }
  return found;
}

function kindOf(type: string, message: string | undefined, channel: Channel): Media['kind'] {
  // WhatsApp's photos are JPEG and PNG; WebP is what its stickers are made of.
  if (message === 'sticker' || (channel === 'whatsapp' && type === 'image/webp')) return 'sticker';
  if (message === 'document') return 'document';
  if (type.startsWith('image/') || message === 'image') return 'photo';
  if (type.startsWith('audio/') || message === 'audio') return 'voice';
  if (type.startsWith('video/') || message === 'video') return 'video';
  return 'document';
}

/** Undefined where there is none, or where it lies on no globe. */
function placeOf(form: Form): Place | undefined {
  const latitude = degrees(valueIn(form, 'Latitude'), 90);
  const longitude = degrees(valueIn(form, 'Longitude'), 180);
  if (latitude === undefined || longitude === undefined) return undefined;
  const [name, address] = [valueIn(form, 'Label'), valueIn(form, 'Address')];
  return { latitude, longitude, ...(name && { name }), ...(address && { address }) };
}

/** An empty value is no zero. */
function degrees(value: string | undefined, most: number): number | undefined {
  const number = value && /^-?\d{1,3}(?:\.\d+)?$/.test(value.trim()) ? Number(value) : Number.NaN;
  return Math.abs(number) <= most ? number : undefined;
}
