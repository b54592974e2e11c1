/**
 * Sending through Twilio: SMS and WhatsApp, texts, templates, buttons, places and pictures. Owns which parameters a
 * message becomes, and how it is found again when nobody knows whether it went out.
 */
import type { MessageListInstanceCreateOptions } from 'twilio/lib/rest/api/v2010/account/message.js';
import type { Offer } from '../../conversations/events.ts';
import { channelOf, nameIn, type Outgoing, type Sender, type SendOutcome } from './channel.ts';
import { messagesOf, postJson } from './twilio-api.ts';
import { type Contents, createContentMaker, type EnsureContent } from './twilio-content.ts';
import { outcomeOf } from './twilio-errors.ts';

const DAY = 86_400_000;
const SID = /^(?:SM|MM)[0-9a-fA-F]{32}$/;
/** Seconds Twilio keeps a message in its queue (channel-limits.json). */
const MOST_VALIDITY = 36_000;
/** One address gets no more in a day and a half, or something else is wrong. */
const LOOKED_THROUGH = 200;
/** What the language of a resource is where nobody has said it: only WhatsApp's reviewers would read it. */
const LANGUAGE = 'fr';
/** The resource is gone or not whole, the message was refused: what it says can go another way (twilio-errors.json). */
const CONTENT_REFUSED = new Set([
  '21655',
  '21656',
  '21654',
  '63005',
  '63013',
  '63021',
  '63027',
  '63028',
  '63030',
]);

export interface TwilioSenderOptions {
  accountSid: string;
  authToken: string;
  /** A short code, a number or a name. */
  smsFrom?: string;
  /** E.164. */
  whatsappFrom?: string;
  /** `https://api.twilio.com`, `https://content.twilio.com`, `https://messaging.twilio.com`, or the stand-in. */
  baseUrl: string;
  contentUrl: string;
  messagingUrl: string;
  contents: Contents;
}

export interface TwilioSender extends Sender {
  /** Makes a survey's buttons before anybody needs them. */
  ensureContent: EnsureContent;
  /** Shows that an answer is being written, and marks the message as read. Best effort: true where Twilio took it. */
  typing(messageSid: string): Promise<boolean>;
  /** Empties a message at Twilio; what is gone already is as good. Throws where it could not be done this time. */
  redact(messageSid: string): Promise<void>;
  /** Deletes it with all that Twilio says of it. */
  remove(messageSid: string): Promise<void>;
}

type Parameters = MessageListInstanceCreateOptions;

export function createTwilio(options: TwilioSenderOptions): TwilioSender {
  const messages = messagesOf(options, options.baseUrl);
  const ensureContent = createContentMaker(options, options.contentUrl, options.contents);

  const post = async (parameters: Parameters): Promise<SendOutcome> => {
    try {
      const { sid } = await messages.create(parameters);
      // Something took it, and what it says is no message: it may be out.
      return SID.test(sid) ? { kind: 'accepted', id: sid } : { kind: 'unknown', cause: 'no-id' };
    } catch (error) {
      return outcomeOf(error);
    }
  };

  /** Buttons where there can be some; a resource that Twilio does not take is made anew once, else the numbers do. */
  const offer = async (message: Outgoing, ends: Parameters, offered: Offer): Promise<SendOutcome> => {
    let contentSid = await ensureContent(offered, LANGUAGE);
    for (let round = 0; contentSid && round < 2; round += 1) {
      const outcome = await post({ ...ends, contentSid });
      if (outcome.kind !== 'rejected' || !CONTENT_REFUSED.has(outcome.code)) return outcome;
      contentSid = outcome.code === '21655' ? await ensureContent(offered, LANGUAGE, contentSid) : undefined;
    }
    return post({ ...ends, ...plainParts(message) });
  };

  return {
    provider: 'twilio',
    ensureContent,

    async send(message) {
      const ends = endsOf(message, options);
      if (!ends) return { kind: 'rejected', code: 'no-sender', cause: 'config' };
      if (channelOf(message.to) !== 'whatsapp') return post({ ...ends, body: message.text });
      if (message.template) return post({ ...ends, ...templateParts(message.template) });
      // A content resource carries neither picture nor place; the numbers lose nothing.
      const isBare = !message.media?.length && !message.place;
      if (message.offer && isBare) return offer(message, ends, message.offer);
      return post({ ...ends, ...plainParts(message) });
    },

    async find(message, since) {
      const ends = endsOf(message, options);
      if (!ends) return 'none';
      const found = await asked(() =>
        messages.list({
          to: ends.to,
          from: ends.from,
          // DateSent is a date: the day before is asked for too, then compared to the second.
          dateSentAfter: new Date(since.getTime() - DAY),
          limit: LOOKED_THROUGH,
        }),
      );
      // Twilio's times have no milliseconds.
      const from = Math.floor(since.getTime() / 1000) * 1000;
      const says = saysThat(message);
      // In any state: what failed or was cancelled has its receipt, and is not sent a second time for being looked up.
      const same = found.find(
        ({ direction, body, dateCreated }) =>
          direction !== 'inbound' && dateCreated.getTime() >= from && says(body ?? ''),
      );
      return same ? { id: same.sid } : 'none';
    },

    async typing(messageSid) {
      try {
        const body = { channel: 'WHATSAPP', messageId: messageSid };
        const answer = await postJson(options, `${options.messagingUrl}/v3/Indicators/Typing.json`, body);
        return answer.statusCode >= 200 && answer.statusCode < 300;
      } catch {
        return false;
      }
    },

    redact: (messageSid) => unlessGone(() => messages(messageSid).update({ body: '' })),
    remove: (messageSid) => unlessGone(() => messages(messageSid).remove()),
  };
}

/** Undefined where the channel has no sender of ours. */
function endsOf(
  { to, receipts, validity }: Outgoing,
  { smsFrom, whatsappFrom }: TwilioSenderOptions,
): (Parameters & { to: string; from: string }) | undefined {
  const whatsapp = channelOf(to) === 'whatsapp';
  const from = whatsapp ? whatsappFrom : smsFrom;
  if (!from) return undefined;
  return {
    to: whatsapp ? `whatsapp:${whatsappName(nameIn(to))}` : nameIn(to),
    from: whatsapp ? `whatsapp:${whatsappName(from.replace(/^whatsapp:/, ''))}` : from,
    statusCallback: receipts,
    validityPeriod: Math.min(MOST_VALIDITY, Math.max(1, Math.floor(validity) || 1)),
  };
}

/** A number has a plus, WhatsApp's own id of a person has none (channels.md 0.2). */
const whatsappName = (name: string): string => (/^\d+$/.test(name) ? `+${name}` : name);

function templateParts({ contentSid, variables }: NonNullable<Outgoing['template']>): Partial<Parameters> {
  const filled = Object.keys(variables).length > 0 && { contentVariables: JSON.stringify(variables) };
  return { contentSid, ...filled };
}

/** WhatsApp takes one picture or recording a message; a place rides in an action of its own. */
function plainParts({ text, media, place }: Outgoing): Partial<Parameters> {
  const label = place && [place.name, place.address].filter(Boolean).join(', ').replaceAll('|', ' ');
  return {
    body: text,
    ...(media?.[0] && { mediaUrl: [media[0]] }),
    ...(place && {
      persistentAction: [`geo:${place.latitude},${place.longitude}${label ? `|${label}` : ''}`],
    }),
  };
}

/** Whether a body at Twilio is this message: as numbered text, as buttons, or as a template that was filled in. */
function saysThat({ text, offer, template }: Outgoing): (body: string) => boolean {
  if (template) {
    const values = Object.values(template.variables).map(plain);
    return (body) => values.every((value) => plain(body).includes(value));
  }
  const ours = [text, ...(offer ? [offer.text] : [])].map(plain);
  return (body) => ours.includes(plain(body));
}

/** Twilio trims, and its Smart Encoding changes quotes and spaces (channels.md 0.9). */
const plain = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/\s+/g, ' ')
    .trim();

/** What went wrong, without what Twilio says of it: its words repeat numbers and texts. */
class NotAsked extends Error {
  override name = 'NotAsked';
  readonly status: number | undefined;
  constructor(error: unknown) {
    const { status, code } = (error ?? {}) as { status?: unknown; code?: unknown };
    const known = typeof status === 'number' ? `HTTP ${status}` : 'no whole answer';
    super(`twilio could not be asked: ${known}${typeof code === 'number' ? `, code ${code}` : ''}`);
    this.status = typeof status === 'number' ? status : undefined;
  }
}

async function asked<Result>(question: () => Promise<Result>): Promise<Result> {
  try {
    return await question();
  } catch (error) {
    throw new NotAsked(error);
  }
}

async function unlessGone(change: () => Promise<unknown>): Promise<void> {
  try {
    await asked(change);
  } catch (error) {
    if ((error as NotAsked).status !== 404) throw error;
  }
}
