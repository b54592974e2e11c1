/**
 * Amazon SNS's side of the stand-in: the query protocol and the XML that the real SDK speaks, AWS's list of who has
 * opted out, and its delivery log. Owns what "AWS" knows; whoever serves it over HTTP passes the form on.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { measure } from '../../conversations/shape.ts';
import { AWS_STOP_WORDS } from '../../functions/channels/sns-receive.ts';

/**
 * What the next `Publish` meets. `throttled`, `error` (500), `opted-out`, `invalid`: refused at once. `price`, `quota`,
 * `unreachable`: taken, and failed in the log, which is how AWS does it. `timeout`: taken, and no answer comes.
 */
export type SnsFault =
  | 'throttled'
  | 'error'
  | 'denied'
  | 'opted-out'
  | 'invalid'
  | 'timeout'
  | 'price'
  | 'quota'
  | 'unreachable';

export interface SentSms {
  id: string;
  to: string;
  /** A name or a short code; none where AWS may choose. */
  from?: string;
  text: string;
  type: string;
  at: string;
  parts: number;
  /** `suppressed`: accepted, and never sent. */
  state: 'sent' | 'suppressed';
}

export interface Published {
  id: string;
  topic: string;
  subject?: string;
  message: string;
  attributes: Record<string, string>;
}

export interface SnsApiOptions {
  accessKeyId: string;
  /** The city's short code. */
  number: string;
  /** `aws`: AWS opts out and answers whoever begins with one of its words. */
  optOuts: 'ours' | 'aws';
  now: () => Date;
  /** Takes an inbound SMS as raw delivery puts it on the queue. */
  inbound: (body: string) => void;
  /** Takes a line of the delivery log. */
  log?: (line: string) => void;
  /** How long `timeout` keeps quiet: longer than the client waits. */
  silence?: number;
}

export interface SnsAnswer {
  status: number;
  /** XML. */
  body: string;
}

export interface SnsApi {
  answer(request: { form: URLSearchParams; authorization?: string }): Promise<SnsAnswer>;
  /** Oldest first. */
  sent: readonly SentSms[];
  /** To topics. */
  published: readonly Published[];
  /** Numbers on AWS's list. */
  optedOut: ReadonlySet<string>;
  fail(...faults: SnsFault[]): void;
  /** What the next calls meet, one each; emptied, everything is mended. */
  faults: SnsFault[];
  /** A phone writes to the city's number. */
  receive(sms: { from: string; text: string }): void;
}

/** More than any client waits. */
const SILENCE = 15_000;
const PAGE = 100;
const MAX_BYTES = 1600;
const MONTH = 30 * 86_400_000;
const E164 = /^\+[1-9]\d{7,14}$/;
const NAME = /^(?=.*[A-Za-z])[A-Za-z0-9-]{3,11}$/;
const IN_LOG: Partial<Record<SnsFault, string>> = {
  price: 'This delivery would exceed max price',
  quota: 'No quota left for account',
  unreachable: 'Phone is currently unreachable/unavailable',
};
/** What AWS itself says to STOP; its text can be changed in the console. */
const STOPPED = 'You have opted out of messages from this number.';

export function createSnsApi(options: SnsApiOptions): SnsApi {
  const sent: SentSms[] = [];
  const published: Published[] = [];
  const optedOut = new Set<string>();
  const optedIn = new Map<string, number>();
  const faults: SnsFault[] = [];
  let lastId: string | undefined;

  const log = (sms: SentSms, failure?: string): void => {
    const { id, to, at, parts, type } = sms;
    const line = {
      notification: { messageId: id, timestamp: at.replace('T', ' ').replace('Z', '') },
      delivery: {
        ...(!failure && { numberOfMessageParts: parts }),
        destination: to,
        priceInUSD: failure ? 0 : 0.07 * parts,
        smsType: type,
        providerResponse: failure ?? 'Message has been accepted by phone carrier',
        dwellTimeMs: 599,
      },
      status: failure ? 'FAILURE' : 'SUCCESS',
    };
    options.log?.(JSON.stringify(line));
  };

  const actions: Record<string, (form: URLSearchParams) => SnsAnswer | Promise<SnsAnswer>> = {
    Publish: (form) => (form.has('PhoneNumber') ? toPhone(form) : toTopic(form)),
    CheckIfPhoneNumberIsOptedOut: (form) =>
      ok('CheckIfPhoneNumberIsOptedOut', tag('isOptedOut', optedOut.has(form.get('phoneNumber') ?? ''))),
    ListPhoneNumbersOptedOut(form) {
      const start = Number(form.get('nextToken') ?? 0);
      const members = [...optedOut].slice(start, start + PAGE).map((number) => tag('member', number));
      const more = start + PAGE < optedOut.size ? tag('nextToken', start + PAGE) : '';
      return ok('ListPhoneNumbersOptedOut', `<phoneNumbers>${members.join('')}</phoneNumbers>${more}`);
    },
    OptInPhoneNumber(form) {
      const number = form.get('phoneNumber') ?? '';
      const last = optedIn.get(number);
      const now = options.now().getTime();
      if (!E164.test(number) || (last !== undefined && now - last < MONTH))
        return problem(400, 'InvalidParameter', 'Invalid parameter: phoneNumber');
      if (optedOut.delete(number)) optedIn.set(number, now);
      return ok('OptInPhoneNumber', '');
    },
  };

  async function toPhone(form: URLSearchParams): Promise<SnsAnswer> {
    const fault = faults.shift();
    const refused = refusalOf(fault) ?? faultIn(form);
    if (refused) return refused;
    const attributes = attributesIn(form);
    const text = form.get('Message') ?? '';
    const to = form.get('PhoneNumber') as string;
    const failure = optedOut.has(to) ? 'Phone number is opted out' : fault && IN_LOG[fault];
    const sms: SentSms = {
      id: randomUUID(),
      to,
      from: attributes['AWS.MM.SMS.OriginationNumber'] ?? attributes['AWS.SNS.SMS.SenderID'],
      text,
      type: attributes['AWS.SNS.SMS.SMSType'] ?? 'Promotional',
      at: options.now().toISOString(),
      parts: measure(text).parts,
      state: failure ? 'suppressed' : 'sent',
    };
    sent.push(sms);
    lastId = sms.id;
    log(sms, failure);
    if (fault === 'timeout') {
      await sleep(options.silence ?? SILENCE, undefined, { ref: false });
      return problem(503, 'ServiceUnavailable', 'too late');
    }
    return ok('Publish', tag('MessageId', sms.id));
  }

  function toTopic(form: URLSearchParams): SnsAnswer {
    const topic = form.get('TopicArn') ?? form.get('TargetArn') ?? '';
    if (!topic.startsWith('arn:')) return problem(400, 'InvalidParameter', 'Invalid parameter: TopicArn');
    const message = form.get('Message') ?? '';
    const subject = form.get('Subject') ?? undefined;
    const id = randomUUID();
    published.push({ id, topic, subject, message, attributes: attributesIn(form) });
    return ok('Publish', tag('MessageId', id));
  }

  return {
    async answer({ form, authorization }) {
      if (!authorization?.includes(`Credential=${options.accessKeyId}/`))
        return problem(403, 'InvalidClientTokenId', 'The security token included in the request is invalid');
      const action = actions[form.get('Action') ?? ''];
      return action ? action(form) : problem(400, 'InvalidAction', 'The action is not valid');
    },
    sent,
    published,
    optedOut,
    fail: (...more) => void faults.push(...more),
    faults,
    receive({ from, text }) {
      const first = text.trim().split(/\s+/)[0]?.toUpperCase() ?? '';
      // AWS acts on the first word, and publishes the message all the same.
      if (options.optOuts === 'aws' && AWS_STOP_WORDS.includes(first)) {
        const at = options.now().toISOString();
        const { number } = options;
        sent.push({
          ...{ id: randomUUID(), to: from, from: number, text: STOPPED, at },
          ...{ type: 'Transactional', parts: 1, state: 'sent' },
        });
        optedOut.add(from);
      }
      const body = {
        originationNumber: from,
        destinationNumber: options.number,
        messageKeyword: `KEYWORD_${options.number}`,
        messageBody: text,
        inboundMessageId: randomUUID(),
        ...(lastId && { previousPublishedMessageId: lastId }),
      };
      options.inbound(JSON.stringify(body));
    },
  };
}

function refusalOf(fault: SnsFault | undefined): SnsAnswer | undefined {
  switch (fault) {
    case 'throttled':
      return problem(429, 'Throttled', 'Rate exceeded');
    case 'error':
      return problem(500, 'InternalError', 'An internal error occurred');
    case 'denied':
      return problem(403, 'AuthorizationError', 'not authorized to perform: SNS:Publish');
    case 'opted-out':
      return problem(400, 'OptedOut', 'The phone number is opted out');
    case 'invalid':
      return notValid();
    default:
      return undefined;
  }
}

function faultIn(form: URLSearchParams): SnsAnswer | undefined {
  const { 'AWS.SNS.SMS.SenderID': name, 'AWS.MM.SMS.OriginationNumber': number } = attributesIn(form);
  const text = form.get('Message') ?? '';
  if (!E164.test(form.get('PhoneNumber') ?? '')) return notValid();
  if (text === '') return problem(400, 'InvalidParameter', 'Invalid parameter: Empty message');
  if (Buffer.byteLength(text) > MAX_BYTES)
    return problem(400, 'InvalidParameter', 'Invalid parameter: Message too long');
  if (name !== undefined && !NAME.test(name))
    return problem(400, 'InvalidParameter', 'Invalid parameter: SenderID');
  if (number !== undefined && !/^\+?\d{5,14}$/.test(number))
    return problem(400, 'InvalidParameter', 'Invalid parameter: OriginationNumber');
  return undefined;
}

const notValid = (): SnsAnswer =>
  problem(400, 'InvalidParameter', 'Invalid parameter: PhoneNumber Reason: it is not valid to publish to');

/** `MessageAttributes.entry.1.Name`, `…entry.1.Value.StringValue`, and so on. */
function attributesIn(form: URLSearchParams): Record<string, string> {
  const found: Record<string, string> = {};
  for (let entry = 1; form.has(`MessageAttributes.entry.${entry}.Name`); entry += 1) {
    const at = `MessageAttributes.entry.${entry}`;
    found[form.get(`${at}.Name`) as string] = form.get(`${at}.Value.StringValue`) ?? '';
  }
  return found;
}

const XMLNS = 'http://sns.amazonaws.com/doc/2010-03-31/';
const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

const tag = (name: string, value: string | number | boolean): string =>
  `<${name}>${String(value).replace(/[&<>]/g, (sign) => ESCAPES[sign] as string)}</${name}>`;

const ok = (action: string, result: string): SnsAnswer => ({
  status: 200,
  body:
    `<${action}Response xmlns="${XMLNS}"><${action}Result>${result}</${action}Result>` +
    `<ResponseMetadata>${tag('RequestId', randomUUID())}</ResponseMetadata></${action}Response>`,
});

const problem = (status: number, code: string, message: string): SnsAnswer => ({
  status,
  body:
    `<ErrorResponse xmlns="${XMLNS}"><Error>${tag('Type', status < 500 ? 'Sender' : 'Receiver')}` +
    `${tag('Code', code)}${tag('Message', message)}</Error>${tag('RequestId', randomUUID())}</ErrorResponse>`,
});
