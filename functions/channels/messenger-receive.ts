/**
 * What Meta posts to us: is it Meta, and what does it say. The signature is over the bytes as they came, since Meta
 * escapes letters in a way of its own (channels.md 2); the older `X-Hub-Signature` (SHA-1) is not looked at.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { type Answer, text } from '../runtime/http.ts';
import type { Received, Receiver } from './channel.ts';
import { type EventOptions, readBatch } from './messenger-events.ts';

/** Exactly as Meta writes it: any other spelling is not from there. */
const SIGNATURE = /^sha256=([0-9a-f]{64})$/;
/** Meta's are ten digits or so. */
const MOST_CHALLENGE = 1024;

export interface MessengerReceiverOptions extends EventOptions {
  /** The app's secret, and the one before it while it is rotated. */
  appSecrets: string[];
  /** What was typed into Meta's form beside the webhook's URL. */
  verifyToken?: string;
}

export interface MessengerReceiver extends Receiver {
  /** Answers the GET with which Meta makes sure that the URL is ours. `query` without the question mark. */
  verify(query: string): Answer;
}

export function createMessengerReceiver(options: MessengerReceiverOptions): MessengerReceiver {
  const secrets = options.appSecrets.filter(Boolean);
  return {
    provider: 'meta',
    verify: (query) => verify(query, options.verifyToken),
    read(request): Received {
      const bytes = request.bytes ?? Buffer.from(request.body);
      if (!isSigned(secrets, bytes, request.headers['x-hub-signature-256'])) return { kind: 'forbidden' };
      // A signed batch is always answered with 200, or Meta sends it for hours and then unsubscribes the page.
      return { kind: 'incoming', incoming: readBatch(json(bytes), options) };
    },
  };
}

/** Never throws. */
function isSigned(secrets: string[], bytes: Buffer, header: string | undefined): boolean {
  const given = SIGNATURE.exec(header ?? '')?.[1];
  if (!given) return false;
  const signature = Buffer.from(given, 'hex');
  return secrets.some((secret) =>
    timingSafeEqual(createHmac('sha256', secret).update(bytes).digest(), signature),
  );
}

/** Undefined where it is none; `null` reads as no batch just as well. */
function json(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** `hub.mode=subscribe`, our token, and the challenge goes back as it came: https://developers.facebook.com/docs/messenger-platform/webhooks */
export function verify(query: string, token: string | undefined): Answer {
  const asked = new URLSearchParams(query);
  const challenge = asked.get('hub.challenge') ?? '';
  const isOurs =
    Boolean(token) &&
    asked.get('hub.mode') === 'subscribe' &&
    same(asked.get('hub.verify_token') ?? '', token as string) &&
    challenge !== '' &&
    challenge.length <= MOST_CHALLENGE;
  const answer = isOurs ? text(200, challenge) : text(403, 'the token is missing or wrong');
  // Whatever stands in it, a browser shows it as text.
  return { ...answer, headers: { ...answer.headers, 'x-content-type-options': 'nosniff' } };
}

/** In the same time for every wrong token, whatever its length. */
const same = (given: string, expected: string): boolean => timingSafeEqual(digest(given), digest(expected));
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
