/**
 * Twilio's REST side of the stand-in: creating, fetching and listing messages, in the JSON that the real SDK
 * reads. Owns the resource's shape and the refusals; what is sent goes back to the carrier.
 */
import { timingSafeEqual } from 'node:crypto';
import { measure } from '../../conversations/shape.ts';
import type { CarrierLog, Message } from './carrier-log.ts';
import { API_VERSION } from './twilio-forms.ts';

export interface ApiRequest {
  method: string;
  /** From the version on: `/2010-04-01/Accounts/AC…/Messages.json`. */
  path: string;
  query: URLSearchParams;
  form: URLSearchParams;
  authorization?: string;
}
export interface ApiAnswer {
  status: number;
  json: Record<string, unknown>;
}

export interface ApiOptions {
  accountSid: string;
  authToken: string;
  /** The city's number: the only sender this account has. */
  number: string;
  log: CarrierLog;
  send: (sms: { to: string; body: string; callback?: string }) => Message;
}

const E164 = /^\+[1-9]\d{6,14}$/;
/** Twilio's limit for one Body (error 21617). */
const MAX_BODY = 1600;
const PAGE_SIZE = 50;
const MAX_PAGE_SIZE = 1000;
/** Twilio takes seconds, ten hours at most (channels.md 1.6). */
const MAX_VALIDITY = 36_000;

export function createApi(options: ApiOptions): (request: ApiRequest) => ApiAnswer {
  const account = `/${API_VERSION}/Accounts/${options.accountSid}`;
  const expected = `Basic ${Buffer.from(`${options.accountSid}:${options.authToken}`).toString('base64')}`;
  return (request) => {
    if (!same(request.authorization ?? '', expected)) return problem(401, 20003, 'Authenticate');
    const sid = /\/Messages\/([A-Za-z0-9]+)\.json$/.exec(request.path)?.[1];
    const place = `${account}/Messages${sid ? `/${sid}` : ''}.json`;
    const message = sid ? options.log.find(sid) : undefined;
    if (request.path !== place || (sid && !message))
      return problem(404, 20404, 'The requested resource was not found');
    if (message && request.method === 'GET') return { status: 200, json: resource(message, account) };
    if (!sid && request.method === 'GET') return list(options.log.messages, request.query, account);
    if (!sid && request.method === 'POST') return create(options, request.form, account);
    return problem(405, 20004, 'Method not allowed');
  };
}

function create({ number, send }: ApiOptions, form: URLSearchParams, account: string): ApiAnswer {
  const to = form.get('To') ?? '';
  const body = form.get('Body') ?? '';
  const callback = form.get('StatusCallback') ?? undefined;
  const validity = Number(form.get('ValidityPeriod') ?? MAX_VALIDITY);
  if (!E164.test(to)) return problem(400, 21211, "Invalid 'To' Phone Number");
  if (!form.get('From')) return problem(400, 21603, "A 'From' phone number is required");
  if (form.get('From') !== number) return problem(400, 21606, "The 'From' number is not yours to send from");
  if (body === '') return problem(400, 21602, 'Message body is required');
  if (body.length > MAX_BODY)
    return problem(400, 21617, 'The concatenated message body exceeds 1600 characters');
  if (callback !== undefined && !URL.canParse(callback))
    return problem(400, 21609, "The 'StatusCallback' URL is not a valid URL");
  if (!Number.isInteger(validity) || validity < 1 || validity > MAX_VALIDITY)
    return problem(400, 20001, `The 'ValidityPeriod' must be between 1 and ${MAX_VALIDITY} seconds`);
  return { status: 201, json: resource(send({ to, body, callback }), account) };
}

function list(messages: readonly Message[], query: URLSearchParams, account: string): ApiAnswer {
  const size = Math.min(MAX_PAGE_SIZE, whole(query.get('PageSize')) || PAGE_SIZE);
  const page = whole(query.get('Page'));
  const dates = ['DateSent', 'DateSent>', 'DateSent<'].map((name) => Date.parse(query.get(name) ?? '1970'));
  if (dates.some(Number.isNaN)) return problem(400, 20001, "'DateSent' is not a valid date");

  const found = messages.filter((message) => matches(message, query)).reverse();
  const shown = found.slice(page * size, (page + 1) * size);
  const uriOf = (number: number): string => {
    const parameters = new URLSearchParams(query);
    parameters.set('PageSize', String(size));
    parameters.set('Page', String(number));
    return `${account}/Messages.json?${parameters}`;
  };
  return {
    status: 200,
    json: {
      messages: shown.map((message) => resource(message, account)),
      page,
      page_size: size,
      start: page * size,
      end: page * size + Math.max(0, shown.length - 1),
      uri: uriOf(page),
      first_page_uri: uriOf(0),
      previous_page_uri: page > 0 ? uriOf(page - 1) : null,
      next_page_uri: found.length > (page + 1) * size ? uriOf(page + 1) : null,
    },
  };
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

/** The fields that SDK 6.2 reads; times in RFC 2822, to the second. */
function resource(message: Message, account: string): Record<string, unknown> {
  const uri = `${account}/Messages/${message.sid}`;
  return {
    sid: message.sid,
    account_sid: account.slice(account.lastIndexOf('/') + 1),
    api_version: API_VERSION,
    direction: message.direction,
    status: message.direction === 'inbound' ? 'received' : message.state,
    from: message.from,
    to: message.to,
    body: message.body,
    num_segments: String(measure(message.body).parts),
    num_media: '0',
    date_created: rfc2822(message.createdAt),
    date_updated: rfc2822(message.updatedAt),
    date_sent: message.sentAt ? rfc2822(message.sentAt) : null,
    error_code: null,
    error_message: null,
    messaging_service_sid: null,
    price: null,
    price_unit: 'USD',
    uri: `${uri}.json`,
    subresource_uris: { media: `${uri}/Media.json` },
  };
}

const rfc2822 = (iso: string): string => new Date(iso).toUTCString().replace('GMT', '+0000');

const whole = (text: string | null): number => (/^\d{1,9}$/.test(text ?? '') ? Number(text) : 0);

function problem(status: number, code: number, message: string): ApiAnswer {
  return { status, json: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status } };
}

function same(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
