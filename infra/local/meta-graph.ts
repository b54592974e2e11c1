/**
 * What Graph checks before it takes a message, and the JSON it answers with. Owns the refusals and the conversations;
 * what is sent goes back to whoever asked (`meta-api.ts`).
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import type { MetaLog } from './meta-log.ts';

export interface GraphRequest {
  method: string;
  /** `/v25.0/PAGE/messages` */
  path: string;
  query: URLSearchParams;
  /** Names in lower case. */
  headers: Record<string, string | undefined>;
  body: string;
}

export interface GraphReply {
  status: number;
  body: string;
  headers?: Record<string, string>;
}

/** From channel-limits.json. */
const MOST_TEXT = 2000;
const MOST_REPLIES = 13;
const MOST_PAYLOAD = 1000;
const MOST_METADATA = 1000;
export const WINDOW = 86_400_000;
const PAGE_SIZE = 25;

const QuickReply = z.object({
  content_type: z.literal('text'),
  title: z.string().min(1),
  payload: z.string().min(1).max(MOST_PAYLOAD),
});
export const SendBody = z.object({
  recipient: z.object({ id: z.string() }),
  messaging_type: z.enum(['RESPONSE', 'UPDATE', 'MESSAGE_TAG', 'UTILITY']).optional(),
  message: z
    .object({
      text: z.string().optional(),
      attachment: z
        .object({
          type: z.enum(['image', 'audio', 'video', 'file']),
          payload: z.object({ url: z.url(), is_reusable: z.boolean().optional() }),
        })
        .optional(),
      quick_replies: z.array(QuickReply).optional(),
      metadata: z.string().max(MOST_METADATA).optional(),
    })
    .optional(),
  sender_action: z.enum(['typing_on', 'typing_off', 'mark_seen']).optional(),
});
export type SendBody = z.infer<typeof SendBody>;

export const json = (status: number, value: unknown, headers?: Record<string, string>): GraphReply => ({
  status,
  body: JSON.stringify(value),
  ...(headers && { headers }),
});

export function problem(status: number, code: number, message: string, subcode?: number): GraphReply {
  return json(status, {
    error: {
      message: `(#${code}) ${message}`,
      type: 'OAuthException',
      code,
      ...(subcode && { error_subcode: subcode }),
      fbtrace_id: randomBytes(8).toString('base64url'),
    },
  });
}

/** Undefined where whoever asks is the page. */
export function strangerIn(
  { headers, query, body }: GraphRequest,
  { token, appSecret }: { token: string; appSecret?: string },
): GraphReply | undefined {
  const given = /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1] ?? query.get('access_token') ?? '';
  if (!same(given, token)) return problem(400, 190, 'Invalid OAuth access token.');
  const proof = query.get('appsecret_proof') ?? proofIn(body);
  const expected = appSecret && createHmac('sha256', appSecret).update(token).digest('hex');
  if (proof && expected && !same(proof, expected))
    return problem(400, 100, 'Invalid appsecret_proof provided in the API argument');
  return undefined;
}

/** Undefined where the message may go. `heard`: when the person last did something. */
export function refusalOf(
  { message, messaging_type: type, sender_action: action, recipient }: SendBody,
  about: { now: Date; heard?: Date; owner: 'app' | 'inbox' },
): GraphReply | undefined {
  if (about.heard === undefined || !recipient.id) return problem(400, 100, 'No matching user found', 2018001);
  if (action) return message ? problem(400, 100, 'Cannot send both message and state') : undefined;
  if (!type) return problem(400, 100, 'Param messaging_type is required');
  if (!message || (message.text === undefined) === (message.attachment === undefined))
    return problem(400, 100, 'Message cannot be empty, must provide valid attachment or text', 2018034);
  if (message.text !== undefined && (message.text === '' || message.text.length > MOST_TEXT))
    return problem(400, 100, `Length of param message[text] must be less than or equal to ${MOST_TEXT}`);
  if ((message.quick_replies?.length ?? 0) > MOST_REPLIES)
    return problem(400, 100, `Param message[quick_replies] has too many elements: at most ${MOST_REPLIES}`);
  if (type === 'MESSAGE_TAG') return problem(400, 100, 'The message tag is no longer supported', 1893061);
  if (about.owner === 'inbox')
    return problem(
      403,
      10,
      'Message failed to send because another app is controlling this thread now.',
      2018300,
    );
  if (about.now.getTime() - about.heard.getTime() > WINDOW)
    return problem(403, 10, 'This message is sent outside of allowed window.', 2018278);
  return undefined;
}

/** `GET /{page}/conversations?platform=messenger&user_id=…&fields=messages.limit(20){…}`, newest first as Graph has it. */
export function conversations(log: MetaLog, query: URLSearchParams, pageId: string): GraphReply {
  const psid = query.get('user_id') ?? '';
  if (query.get('platform')?.toLowerCase() !== 'messenger') return json(200, { data: [] });
  const { size, after, names } = fieldsIn(query.get('fields') ?? '');
  const all = [...fromPage(log, psid, pageId), ...fromResident(log, psid)].sort(
    (one, other) => other.order - one.order,
  );
  if (all.length === 0) return json(200, { data: [] });
  const shown = all.slice(after, after + size);
  const more = after + size < all.length;
  const data = shown.map((each) => Object.fromEntries(names.map((name) => [name, (each as never)[name]])));
  const paging = { cursors: { before: String(after), ...(more && { after: String(after + size) }) } };
  return json(200, {
    data: [{ messages: { data, paging }, id: `t_${psid}` }],
    paging: { cursors: { before: 'a', after: 'b' } },
  });
}

function fieldsIn(fields: string): { size: number; after: number; names: string[] } {
  const inner = /^messages((?:\.\w+\([^)]*\))*)\{([\w,]+)\}$/.exec(fields);
  const modifier = (name: string): string | undefined =>
    new RegExp(`\\.${name}\\(([^)]*)\\)`).exec(inner?.[1] ?? '')?.[1];
  return {
    size: Number(modifier('limit') ?? PAGE_SIZE),
    after: Number(modifier('after') ?? 0),
    names: (inner?.[2] ?? 'id').split(','),
  };
}

const graphTime = (at: string): string => `${at.slice(0, 19)}+0000`;

const fromPage = (log: MetaLog, psid: string, pageId: string) =>
  log.sent.flatMap(({ psid: to, mid, message, at, order }) =>
    to === psid
      ? [
          {
            id: mid,
            message: String(message.text ?? ''),
            from: { name: 'Page', id: pageId },
            created_time: graphTime(at),
            order,
          },
        ]
      : [],
  );

const fromResident = (log: MetaLog, psid: string) =>
  log.events.flatMap(({ psid: from, event, at, id, byResident, order }) => {
    const said = (event.message ?? event.postback) as { mid?: string; text?: string; title?: string };
    if (from !== psid || !byResident || !said) return [];
    return [
      {
        id: said.mid ?? id,
        message: said.text ?? said.title ?? '',
        from: { name: 'Resident', id: psid },
        created_time: graphTime(at),
        order,
      },
    ];
  });

function proofIn(body: string): string | undefined {
  try {
    const { appsecret_proof: proof } = JSON.parse(body) as { appsecret_proof?: unknown };
    return typeof proof === 'string' ? proof : undefined;
  } catch {
    return undefined;
  }
}

function same(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
