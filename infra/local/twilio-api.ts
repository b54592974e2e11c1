/**
 * Twilio's REST side of the stand-in: who may ask, which resource is meant, and the faults that lie on the way. The
 * resources themselves are in `twilio-api-messages.ts`, `twilio-media.ts` and `twilio-content.ts`.
 */
import { timingSafeEqual } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Faults, isCode } from './carrier-faults.ts';
import { type ApiAnswer, type ApiRequest, NOT_ALLOWED, NOT_FOUND, ok, problem } from './twilio-api-answer.ts';
import { accountOf, answerMessage, answerMessages, type MessagesOptions } from './twilio-api-messages.ts';
import { answerContent, type ContentOptions, isContentPath } from './twilio-content.ts';
import { answerMedia, type MediaFolder } from './twilio-media.ts';

export interface ApiOptions extends MessagesOptions, ContentOptions {
  authToken: string;
  files: MediaFolder;
  faults: Faults;
  lateMs: number;
  signal: AbortSignal;
}

const TYPING = /^\/v[23]\/Indicators\/Typing\.json$/;
/** Statuses of refusals that are not 400. */
const STATUS: Record<string, number> = { 20003: 401, 20429: 429 };

export function createApi(options: ApiOptions): (request: ApiRequest) => Promise<ApiAnswer> {
  const account = accountOf(options);
  const expected = `Basic ${Buffer.from(`${options.accountSid}:${options.authToken}`).toString('base64')}`;
  return async (request) => {
    if (!same(request.authorization ?? '', expected)) return problem(401, 20003, 'Authenticate');
    if (isContentPath(request.path)) return answerContent(options, request);
    if (TYPING.test(request.path)) return answerTyping(options, request);
    const rest = request.path.startsWith(`${account}/Messages`)
      ? request.path.slice(`${account}/Messages`.length)
      : undefined;
    if (rest === undefined) return NOT_FOUND();
    if (rest === '.json')
      return request.method === 'POST' ? createdThrough(options, request) : answerMessages(options, request);
    const [, sid = '', below = ''] = /^\/([A-Za-z0-9]+)(.*)$/.exec(rest) ?? [];
    const message = options.log.find(sid);
    if (!message || message.removed) return NOT_FOUND();
    if (below === '.json') return answerMessage(options, request, message);
    if (!below.startsWith('/Media')) return NOT_FOUND();
    return answerMedia({ ...options, account }, request, message, below.slice('/Media'.length));
  };
}

/** A message is created; what lies on the way may refuse it, delay the answer or lose it. */
async function createdThrough(options: ApiOptions, request: ApiRequest): Promise<ApiAnswer> {
  const { faults, lateMs, signal } = options;
  const fault = faults.take('send', request.form.get('To') ?? '', () => true);
  if (fault === '429') return problem(429, 20429, 'Too Many Requests');
  if (fault === '500') return problem(500, 20500, 'Internal Server Error');
  if (fault === 'reset') return { ...ok({}, 500), lost: 'cut' };
  if (fault !== undefined && isCode(fault))
    return problem(STATUS[fault] ?? 400, Number(fault), `Error ${fault}`);
  const answer = answerMessages(options, request);
  if (fault === 'timeout-after-accept') return { ...ok({}, 504), lost: 'silent' };
  if (fault === 'late') await sleep(lateMs, undefined, { signal });
  return answer;
}

/** JSON in version 3, a form in version 2. */
function answerTyping({ log, now }: ApiOptions, { method, form, body }: ApiRequest): ApiAnswer {
  if (method !== 'POST') return NOT_ALLOWED();
  const named = /"messageId"\s*:\s*"(\w+)"/.exec(body ?? '')?.[1] ?? form.get('messageId') ?? '';
  const message = log.find(named);
  if (message?.direction !== 'inbound') return problem(400, 20001, "Invalid 'messageId'");
  log.append({ type: 'typing', at: now().toISOString(), sid: named });
  return ok({ success: true });
}

function same(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
