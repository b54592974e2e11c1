/**
 * Twilio's Messages resource as the stand-in speaks it: created, listed, fetched, emptied, deleted, with Twilio's own
 * refusals. Owns its shape; what is sent goes back to the carrier.
 */
import { measure } from '../../conversations/shape.ts';
import type { Rich } from './carrier-lines.ts';
import type { CarrierLog } from './carrier-log.ts';
import { isUnfinished, isWhatsapp, type Message } from './carrier-state.ts';
import {
  type ApiAnswer,
  type ApiRequest,
  GONE,
  NOT_ALLOWED,
  ok,
  pageIn2010,
  pageOf,
  problem,
  rfc2822,
} from './twilio-api-answer.ts';
import { renderContent } from './twilio-content.ts';
import { API_VERSION } from './twilio-forms.ts';

export interface Outgoing {
  from: string;
  to: string;
  body: string;
  callback?: string;
  rich?: Rich;
  /** Approved beforehand: WhatsApp takes it outside the 24 hours. */
  isTemplate: boolean;
}

export interface MessagesOptions {
  accountSid: string;
  /** The city's addresses: the only senders this account has. */
  senders: string[];
  templates: Record<string, string>;
  log: CarrierLog;
  now: () => Date;
  send: (message: Outgoing) => Message;
}

const E164 = /^\+[1-9]\d{6,14}$/;
const WHATSAPP_NAME = /^whatsapp:(?:\+[1-9]\d{6,14}|[A-Z]{2}(?:\.[A-Za-z0-9]{1,128}){1,2})$/;
/** Twilio's limit for one Body (error 21617). */
const MAX_BODY = 1600;
/** Twilio takes seconds, ten hours at most (channels.md 1.6). */
const MAX_VALIDITY = 36_000;
const GEO = /^geo:(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)(?:\|(.*))?$/s;

export function answerMessages(options: MessagesOptions, { method, form, query }: ApiRequest): ApiAnswer {
  if (method === 'GET') return list(options, query);
  if (method !== 'POST') return NOT_ALLOWED();
  const read = outgoingIn(options, form);
  return 'status' in read ? read : ok(resource(options, options.send(read)), 201);
}

export function answerMessage(options: MessagesOptions, request: ApiRequest, message: Message): ApiAnswer {
  const { log, now } = options;
  const fact = { at: now().toISOString(), sid: message.sid };
  if (request.method === 'GET') return ok(resource(options, message));
  if (request.method === 'DELETE') {
    if (isUnfinished(message))
      return problem(409, 20009, 'Cannot delete this resource before it is complete');
    log.append({ type: 'removed', ...fact });
    return GONE;
  }
  if (request.method !== 'POST') return NOT_ALLOWED();
  if (request.form.get('Status') !== null)
    return problem(400, 30409, 'Only a scheduled message can be canceled');
  if (request.form.get('Body') !== '') return problem(400, 20001, "'Body' can only be emptied");
  log.append({ type: 'redacted', ...fact });
  return ok(resource(options, message));
}

/** What is asked for, or why not; the order of the refusals is ours. */
function outgoingIn(options: MessagesOptions, form: URLSearchParams): Outgoing | ApiAnswer {
  const { log, senders } = options;
  const [to, from] = [form.get('To') ?? '', form.get('From') ?? ''];
  const body = form.get('Body') ?? '';
  const callback = form.get('StatusCallback') || undefined;
  const validity = Number(form.get('ValidityPeriod') ?? MAX_VALIDITY);
  if (!E164.test(to) && !WHATSAPP_NAME.test(to)) return problem(400, 21211, "Invalid 'To' Phone Number");
  if (from === '') return problem(400, 21603, "A 'From' phone number is required");
  if (isWhatsapp(from) !== isWhatsapp(to))
    return problem(400, 21910, 'Invalid From and To pair. From and To should be of the same channel');
  if (!senders.includes(from))
    return isWhatsapp(from)
      ? problem(400, 63007, 'Twilio could not find a Channel with the specified From address')
      : problem(400, 21606, "The 'From' number is not yours to send from");
  const contentSid = form.get('ContentSid');
  const media = form.getAll('MediaUrl');
  const place = placeIn(form.get('PersistentAction'));
  if (body === '' && contentSid === null && media.length === 0 && !place)
    return problem(400, 21602, 'Message body is required');
  if (body.length > MAX_BODY)
    return problem(400, 21617, 'The concatenated message body exceeds 1600 characters');
  if (callback !== undefined && !URL.canParse(callback))
    return problem(400, 21609, "The 'StatusCallback' URL is not a valid URL");
  if (!Number.isInteger(validity) || validity < 1 || validity > MAX_VALIDITY)
    return problem(400, 20001, `The 'ValidityPeriod' must be between 1 and ${MAX_VALIDITY} seconds`);
  if (media.some((url) => !/^https?:/.test(url) || !URL.canParse(url)))
    return problem(400, 21620, 'Invalid media URL(s)');
  if (!isWhatsapp(to) && log.numbers.get(to)?.landline)
    return problem(400, 21614, "'To' number is not a valid mobile number");
  if (!isWhatsapp(to) && log.numbers.get(to)?.optedOut)
    return problem(400, 21610, 'Attempt to send to unsubscribed recipient');
  const ends = { from, to, callback };
  if (contentSid === null)
    return {
      ...ends,
      body,
      rich: { ...(media.length > 0 && { media }), ...(place && { place }) },
      isTemplate: false,
    };
  const variables = form.get('ContentVariables') ?? undefined;
  const rendered = renderContent(log, options.templates, contentSid, variables);
  return 'status' in rendered ? rendered : { ...ends, ...rendered };
}

function placeIn(action: string | null): Rich['place'] {
  const [, latitude, longitude, name] = GEO.exec(action ?? '') ?? [];
  if (latitude === undefined || longitude === undefined) return undefined;
  return { latitude: Number(latitude), longitude: Number(longitude), ...(name && { name }) };
}

function list(options: MessagesOptions, query: URLSearchParams): ApiAnswer {
  const dates = ['DateSent', 'DateSent>', 'DateSent<'].map((name) => Date.parse(query.get(name) ?? '1970'));
  if (dates.some(Number.isNaN)) return problem(400, 20001, "'DateSent' is not a valid date");
  const found = options.log.messages
    .filter((message) => !message.removed && matches(message, query))
    .reverse();
  const page = pageOf(found, query);
  return ok({
    messages: page.shown.map((message) => resource(options, message)),
    ...pageIn2010(page, `${accountOf(options)}/Messages.json`),
  });
}

/** What is still queued has no DateSent; it counts from its creation, or a look-up would miss what was just taken. */
function matches(message: Message, query: URLSearchParams): boolean {
  const at = Date.parse(message.sentAt ?? message.createdAt);
  const on = query.get('DateSent');
  const after = query.get('DateSent>');
  const before = query.get('DateSent<');
  return (
    [message.to, null, ''].includes(query.get('To')) &&
    [message.from, null, ''].includes(query.get('From')) &&
    (on === null || new Date(at).toISOString().startsWith(new Date(on).toISOString().slice(0, 10))) &&
    (after === null || at >= Date.parse(after)) &&
    (before === null || at <= Date.parse(before))
  );
}

export const accountOf = ({ accountSid }: { accountSid: string }): string =>
  `/${API_VERSION}/Accounts/${accountSid}`;

/** The fields that SDK 6.2 reads. */
function resource(options: MessagesOptions, message: Message): Record<string, unknown> {
  const uri = `${accountOf(options)}/Messages/${message.sid}`;
  const { code, redacted, body } = message;
  return {
    sid: message.sid,
    account_sid: options.accountSid,
    api_version: API_VERSION,
    direction: message.direction,
    status: message.direction === 'inbound' ? 'received' : message.state,
    from: message.from,
    to: message.to,
    body: redacted ? '' : body,
    num_segments: String(measure(body).parts),
    num_media: String(message.media?.length ?? message.rich?.media?.length ?? 0),
    date_created: rfc2822(message.createdAt),
    date_updated: rfc2822(message.updatedAt),
    date_sent: message.sentAt ? rfc2822(message.sentAt) : null,
    error_code: code ?? null,
    error_message: code === undefined ? null : `Error ${code}`,
    messaging_service_sid: null,
    price: null,
    price_unit: 'USD',
    uri: `${uri}.json`,
    subresource_uris: { media: `${uri}/Media.json` },
  };
}
