/**
 * What Amazon SNS says when an SMS does not go out, at once (`Publish`) or later (delivery log), and what it means for
 * us: tables. A name that is not in them is safe: nothing is sent twice, nobody is opted out or marked.
 * Names: API_Publish.html, "Common errors"; sentences: sms_stats_cloudwatch.html, and those that people have met.
 */
import type { Cause, SendOutcome } from './channel.ts';

type Verdict = Cause | 'throttled' | 'unknown';

/** By the error's name, without the `Exception` that the SDK puts behind some of them. */
const BY_NAME: Record<string, Verdict> = {
  OptedOut: 'optout',
  Throttled: 'throttled',
  Throttling: 'throttled',
  KMSThrottling: 'throttled',
  RequestLimitExceeded: 'throttled',
  RequestThrottled: 'throttled',
  SlowDown: 'throttled',
  TooManyRequests: 'throttled',
  // Our clock was wrong; the SDK has set it right by now, and nothing was processed.
  RequestExpired: 'throttled',
  RequestInTheFuture: 'throttled',
  RequestTimeTooSkewed: 'throttled',
  AccessDenied: 'config',
  AuthorizationError: 'config',
  CredentialsProviderError: 'config',
  ExpiredToken: 'config',
  IncompleteSignature: 'config',
  InvalidClientTokenId: 'config',
  InvalidSecurity: 'config',
  InvalidSignature: 'config',
  KMSAccessDenied: 'config',
  KMSDisabled: 'config',
  KMSInvalidState: 'config',
  KMSNotFound: 'config',
  KMSOptInRequired: 'config',
  MissingAuthenticationToken: 'config',
  NotAuthorized: 'config',
  OptInRequired: 'config',
  SignatureDoesNotMatch: 'config',
  TokenProviderError: 'config',
  UnrecognizedClient: 'config',
  InternalError: 'unknown',
  InternalFailure: 'unknown',
  ServiceUnavailable: 'unknown',
};

/** These names say only that something is wrong with the request; what, stands in the sentence. */
const TELLING = new Set(['InvalidParameter', 'InvalidParameterValue', 'Validation', 'UserError']);
const BY_SENTENCE: [RegExp, Cause][] = [
  [/opted[ -]?out/i, 'optout'],
  // Also what a region without SMS answers to every number (aws-sdk-js#1217): ours has it (aws-sms.json, smsRegions).
  [/PhoneNumber.*not valid to publish|parameter: PhoneNumber\b|invalid phone number/i, 'permanent'],
  [/max ?price/i, 'price'],
  [/spend|quota|sandbox|not verified|additional review|origination|sender ?id/i, 'config'],
  [/message body is invalid/i, 'content'],
];

/** The connection was never made, so nothing can have gone out; other failures of the network prove nothing. */
const NOT_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);
/** SNS names no pause; its quota is by the second. */
const AFTER_THROTTLE = 1;
const AFTER_NETWORK = 30;

/** The error's sentence may hold the number, so only its name goes on as `code`. */
export function outcomeOfError(error: unknown): SendOutcome {
  const { name, code: low, status, message } = partsOf(error);
  const verdict = verdictOf(name, message, status);
  if (verdict === 'throttled') return { kind: 'throttled', after: AFTER_THROTTLE, code: name };
  if (verdict !== 'unknown') return { kind: 'rejected', code: name, cause: verdict };
  if (status !== undefined) return { kind: 'unknown', cause: `http-${status}` };
  if (NOT_SENT.has(low)) return { kind: 'throttled', after: AFTER_NETWORK, code: low };
  return { kind: 'unknown', cause: name === 'TimeoutError' || low === 'ETIMEDOUT' ? 'timeout' : 'network' };
}

function verdictOf(name: string, message: string, status: number | undefined): Verdict {
  // Whatever it is called: with a 5xx, or an answer that could not be read, nobody knows whether it went out.
  if (status !== undefined && (status >= 500 || status < 400)) return 'unknown';
  const known = BY_NAME[name];
  if (known) return known;
  if (TELLING.has(name)) return BY_SENTENCE.find(([pattern]) => pattern.test(message))?.[1] ?? 'bug';
  if (status === undefined) return 'unknown';
  if (status === 429) return 'throttled';
  return status === 401 || status === 403 ? 'config' : 'bug';
}

function partsOf(error: unknown) {
  const {
    name,
    message,
    code,
    $metadata: metadata,
  } = (error ?? {}) as {
    name?: unknown;
    message?: unknown;
    code?: unknown;
    $metadata?: { httpStatusCode?: number };
  };
  const short = typeof name === 'string' ? name.replace(/Exception$/, '') : '';
  return {
    name: /^[A-Za-z]\w{1,49}$/.test(short) ? short : 'unnamed',
    message: typeof message === 'string' ? message : '',
    code: typeof code === 'string' ? code : '',
    status: metadata?.httpStatusCode,
  };
}

/** By the beginning of `providerResponse`, in small letters. */
const LOG_CAUSES: [string, Cause][] = [
  ['phone number is opted out', 'optout'],
  ['invalid phone number', 'permanent'],
  ['phone carrier is currently unreachable/unavailable', 'transient'],
  ['phone is currently unreachable/unavailable', 'transient'],
  ['unknown error attempting to reach phone', 'transient'],
  ['blocked as spam by phone carrier', 'blocked'],
  ['destination is on a blocked list', 'blocked'],
  ['destination is blacklisted', 'blocked'],
  ['phone carrier has blocked this message', 'blocked'],
  ['phone has blocked sms', 'blocked'],
  ['phone is on a blocked list', 'blocked'],
  ['phone is blacklisted', 'blocked'],
  ['message body is invalid', 'content'],
  ['this delivery would exceed max price', 'price'],
  // The monthly spend is used up: `Publish` goes on accepting, only the log says so.
  ['no quota left for account', 'config'],
  ['your account requires additional review', 'config'],
];

/** Undefined where the sentence is new: the delivery has failed, and nothing follows from it. */
export function deliveryLogCause(providerResponse: string): Cause | undefined {
  const said = providerResponse.trim().toLowerCase();
  return LOG_CAUSES.find(([begins]) => said.startsWith(begins))?.[1];
}
