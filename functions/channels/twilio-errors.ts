/**
 * What Twilio's error codes mean for us: the reader of `twilio-errors.json`. A code's meaning is "subject to change" by
 * Twilio's own words, so the raw code is kept beside the cause, and a code we do not know marks and stops nobody.
 */
import type { Cause, SendOutcome } from './channel.ts';
import errors from './twilio-errors.json';

export interface ErrorMeaning {
  cause?: Cause;
  /** Seconds before a new try makes sense. */
  after?: number;
  /** Refused before it was processed: safe to send again, as often as it takes. */
  throttled?: boolean;
  /** It may have gone out (30410): looked up, not sent again. */
  uncertain?: boolean;
}

const TABLE = { ...errors.memory, ...errors.shared } as Record<string, ErrorMeaning>;
const NOTHING: ErrorMeaning = {};
/** Wrong or rotated credentials, an account that is closed: nothing was processed (channels.md 1.5, 20003). */
const REFUSED = new Set([401, 403]);
/** Where Twilio does not say how long. */
const THROTTLED_AFTER = 1;

const meaningOf = (code: string | number | undefined): ErrorMeaning =>
  code !== undefined && Object.hasOwn(TABLE, code) ? (TABLE[code] ?? NOTHING) : NOTHING;

/** Undefined where nothing follows from it: an unknown code, or one that leaves open whether the message went out. */
export function causeOf(code: string | number | undefined, status?: number): Cause | undefined {
  const { cause, uncertain } = meaningOf(code);
  if (cause || uncertain) return cause;
  if (status === undefined || status < 400 || status >= 500) return undefined;
  // A 404 without a code does not come from Twilio's API at all: the address of the API is wrong.
  return REFUSED.has(status) || (status === 404 && code === undefined) ? 'config' : 'bug';
}

export const afterOf = (code: string | number | undefined): number | undefined => meaningOf(code).after;

/** Nobody can say whether this message went out. */
export const isUncertain = (code: string | number | undefined): boolean => meaningOf(code).uncertain === true;

/** What an error of the SDK says of a message. `code` is Twilio's; a page of a proxy has only its HTTP status. */
export function outcomeOf(error: unknown): SendOutcome {
  const { status, code: given } = (error ?? {}) as { status?: unknown; code?: unknown };
  // Also an answer that is no JSON: whoever wrote it, the message may be out.
  if (typeof status !== 'number') return { kind: 'unknown', cause: 'network' };
  const code = typeof given === 'number' && given > 0 ? given : undefined;
  const { after, throttled, uncertain } = meaningOf(code);
  if (uncertain) return { kind: 'unknown', cause: String(code) };
  if (throttled || status === 429)
    return { kind: 'throttled', after: after ?? THROTTLED_AFTER, ...(code && { code: String(code) }) };
  // A 408 is a time-out that somebody on the way has put into words.
  if (status >= 500 || status === 408 || status < 400) return { kind: 'unknown', cause: `http-${status}` };
  const cause = causeOf(code, status) ?? 'bug';
  return {
    kind: 'rejected',
    code: String(code ?? `http-${status}`),
    cause,
    ...(cause === 'transient' && after !== undefined && { after }),
  };
}
