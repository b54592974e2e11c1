/**
 * What Meta's answers mean for us: the reader of `meta-errors.json`. An error may come with HTTP 200, and a page of a
 * proxy with any status. A code that we do not know marks and stops nobody, and is not sent again by itself.
 */
import * as z from 'zod';
import type { Cause, SendOutcome } from './channel.ts';
import errors from './meta-errors.json';

export interface ErrorMeaning {
  cause?: Cause;
  /** Seconds before a new try makes sense. */
  after?: number;
  /** Refused before it was processed: safe to send again, as often as it takes. */
  throttled?: boolean;
  /** It may have gone out: looked up, not sent again. */
  uncertain?: boolean;
}

const TABLE = { ...errors.met, ...errors.documented, ...errors.shared } as Record<string, ErrorMeaning>;
/** Their subcodes speak of one person or one message; only without one, or as Meta's table has it, of the whole page. */
const SUBCODE_DECIDES = new Set([10, 100]);
/** Graph's permissions, one by one: https://developers.facebook.com/docs/graph-api/guides/error-handling */
const PERMISSIONS = { from: 200, to: 299 };
/** Where Meta does not say how long. */
const THROTTLED_AFTER = 60;
const MOST_AFTER = 3_600;

const ErrorBody = z.object({
  error: z.object({
    code: z.coerce.number().optional().catch(undefined),
    error_subcode: z.coerce.number().optional().catch(undefined),
    is_transient: z.boolean().optional().catch(undefined),
  }),
});
const Sent = z.object({ message_id: z.string().min(1).max(512) });
const Usage = z.record(
  z.string(),
  z.array(
    z.object({ estimated_time_to_regain_access: z.coerce.number().positive().optional().catch(undefined) }),
  ),
);

export interface GraphAnswer {
  statusCode: number;
  headers?: Record<string, string | string[] | undefined>;
  body: string;
}

/** The error in an answer, whatever its status; undefined where there is none. */
export function errorIn({ body }: GraphAnswer): z.infer<typeof ErrorBody>['error'] | undefined {
  const parsed = ErrorBody.safeParse(json(body));
  return parsed.success ? parsed.data.error : undefined;
}

/** What the answer to a sending says of the message. Nothing of the answer's words goes on: names may stand in them. */
export function outcomeOf(answer: GraphAnswer): SendOutcome {
  const { statusCode: status } = answer;
  const error = errorIn(answer);
  if (error) return refusal(error, status, answer.headers);
  const sent = Sent.safeParse(json(answer.body));
  if (sent.success && status >= 200 && status < 300) return { kind: 'accepted', id: sent.data.message_id };
  if (status === 429) return { kind: 'throttled', after: waitIn(answer.headers) ?? THROTTLED_AFTER };
  // No answer of Meta's at all. A 408 is a time-out that somebody on the way has put into words.
  if (status < 400 || status >= 500 || status === 408)
    return { kind: 'unknown', cause: status >= 200 && status < 300 ? 'no-id' : `http-${status}` };
  // A 404 that is not Graph's comes from another address than Graph's.
  const cause = status === 401 || status === 404 ? 'config' : 'bug';
  return { kind: 'rejected', code: `http-${status}`, cause };
}

function refusal(
  { code, error_subcode: subcode, is_transient: transient }: z.infer<typeof ErrorBody>['error'],
  status: number,
  headers: GraphAnswer['headers'],
): SendOutcome {
  const name = codeName(code, subcode) ?? `http-${status}`;
  const meaning = meaningOf(code, subcode);
  if (meaning?.uncertain) return { kind: 'unknown', cause: name };
  if (meaning?.throttled || (status === 429 && !meaning?.cause))
    return { kind: 'throttled', after: waitIn(headers) ?? meaning?.after ?? THROTTLED_AFTER, code: name };
  const isPassing = meaning ? meaning.cause === 'transient' : transient === true;
  // With a 5xx nobody can tell whether it went out, unless Meta names a reason that rules it out.
  if (status >= 500 && (!meaning || isPassing)) return { kind: 'unknown', cause: name };
  if (isPassing) return { kind: 'rejected', code: name, cause: 'transient', after: meaning?.after ?? 60 };
  const cause = meaning?.cause ?? (status === 401 ? 'config' : 'bug');
  return { kind: 'rejected', code: name, cause };
}

/** `10-2018278`, or `190`; undefined where Meta names none. */
export const codeName = (code?: number, subcode?: number): string | undefined =>
  code === undefined ? undefined : subcode ? `${code}-${subcode}` : String(code);

function meaningOf(code?: number, subcode?: number): ErrorMeaning | undefined {
  if (code === undefined) return undefined;
  const exact = inTable(`${code}/${subcode}`);
  if (exact) return exact;
  if (subcode && SUBCODE_DECIDES.has(code)) return undefined;
  if (inTable(String(code))) return inTable(String(code));
  return code >= PERMISSIONS.from && code <= PERMISSIONS.to ? { cause: 'config' } : undefined;
}

const inTable = (key: string): ErrorMeaning | undefined =>
  Object.hasOwn(TABLE, key) ? TABLE[key] : undefined;

/** Seconds: `Retry-After`, or the minutes in `X-Business-Use-Case-Usage`. */
function waitIn(headers: GraphAnswer['headers'] = {}): number | undefined {
  const after = Number(headers['retry-after']);
  if (after > 0) return Math.min(MOST_AFTER, Math.ceil(after));
  const usage = Usage.safeParse(json(String(headers['x-business-use-case-usage'] ?? '')));
  if (!usage.success) return undefined;
  const minutes = Object.values(usage.data)
    .flat()
    .map((each) => each.estimated_time_to_regain_access ?? 0);
  const longest = Math.max(0, ...minutes);
  return longest > 0 ? Math.min(MOST_AFTER, Math.ceil(longest * 60)) : undefined;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
