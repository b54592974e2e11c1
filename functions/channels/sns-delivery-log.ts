/**
 * What became of an SMS that SNS took: one line of the delivery log in CloudWatch, up to 72 hours later. SNS calls
 * nobody back (channels.md 3), so this is where its receipts come from.
 */
import * as z from 'zod';
import type { Incoming } from './channel.ts';
import { deliveryLogCause } from './sns-errors.ts';

const Line = z.looseObject({
  notification: z.looseObject({ messageId: z.string().min(1) }),
  delivery: z.looseObject({
    destination: z.string().optional(),
    providerResponse: z.string().default(''),
  }),
  status: z.string(),
});

/** Never throws. The receipt carries SNS's id; the delivery is found by it under the address. */
export function readDeliveryLog(line: string): Incoming {
  const parsed = Line.safeParse(json(line));
  if (!parsed.success) return { kind: 'ignored', why: 'not-a-delivery' };
  const { notification, delivery, status } = parsed.data;
  const { destination, providerResponse } = delivery;
  const about = {
    kind: 'receipt' as const,
    provider: 'sns' as const,
    providerId: notification.messageId,
    ...(destination && /^\+\d{8,15}$/.test(destination) && { address: `sms:${destination}` }),
  };
  if (status === 'SUCCESS') return { ...about, state: onPhone(providerResponse) ? 'delivered' : 'sent' };
  if (status !== 'FAILURE') return about;
  const cause = deliveryLogCause(providerResponse);
  return { ...about, state: 'failed', code: codeOf(providerResponse), ...(cause && { cause }) };
}

/** The usual success says only that the carrier has it; a handset that confirms is named. */
const onPhone = (response: string): boolean => /accepted by (the )?(phone|handset)\s*$/i.test(response);

/** The sentence as a code, "phone-is-on-a-blocked-list": without digits, so that no number can be in it. */
const codeOf = (response: string): string =>
  response
    .toLowerCase()
    .replace(/https?:\S*/g, '')
    .replace(/[^a-z]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60) || 'unsaid';

function json(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
