/** The lines of the carrier's log: one JSON object a fact. What is added is optional, so that old files still load. */
import * as z from 'zod';
import { Choice, Place } from '../../conversations/events.ts';

const Step = z.enum(['sent', 'delivered', 'read', 'failed', 'undelivered']);
/** How far an outgoing message got. */
export type Step = z.infer<typeof Step>;

/** What a phone shows beside the words of a message of the city's. */
const Rich = z.object({
  /** Approved beforehand: what may begin a conversation. */
  template: z.object({ sid: z.string(), variables: z.record(z.string(), z.string()) }).optional(),
  buttons: z.array(Choice).optional(),
  list: z.object({ button: z.string(), items: z.array(Choice) }).optional(),
  /** Public addresses. */
  media: z.array(z.string()).optional(),
  place: Place.optional(),
});
export type Rich = z.infer<typeof Rich>;

const Tapped = Choice.extend({ kind: z.enum(['button', 'list']) });
/** What a phone sends beside words. */
const Sent = z.object({
  choice: Tapped.optional(),
  /** The bytes lie beside the log (twilio-media.ts). */
  media: z.array(z.object({ sid: z.string(), type: z.string() })).optional(),
  place: Place.optional(),
});
export type Sent = z.infer<typeof Sent>;

/** What was asked of the Content API, as it was asked. */
export const Content = z.object({
  friendly_name: z.string().optional(),
  language: z.string(),
  variables: z.record(z.string(), z.string()).optional(),
  types: z.record(z.string(), z.unknown()),
});
export type Content = z.infer<typeof Content>;

const Reply = z.object({
  sid: z.string(),
  body: z.string(),
  callback: z.string().optional(),
  /** Twilio's code where it will not arrive. */
  fails: z.int().optional(),
});
const Fact = { at: z.string(), sid: z.string() };
const Words = { from: z.string(), to: z.string(), body: z.string() };

export const Line = z.discriminatedUnion('type', [
  /** A phone has sent: {"type":"inbound","sid":"SM…","token":"…","from":"+33…","to":"38123","body":"SQUARE"} */
  z.object({ type: z.literal('inbound'), ...Fact, ...Words, token: z.string(), ...Sent.shape }),
  /** Our webhook took it, and these are its replies: one line, so that a crash has both or none. */
  z.object({
    type: z.literal('answered'),
    ...Fact,
    replies: z.array(Reply),
    /** Twilio's own code where the answer was no TwiML (12100): nothing is sent, nothing retried. */
    fault: z.int().optional(),
  }),
  /** Every try failed: the provider gives up. */
  z.object({ type: z.literal('unanswered'), ...Fact }),
  /** The API took a message. */
  z.object({
    type: z.literal('outbound'),
    ...Fact,
    ...Words,
    callback: z.string().optional(),
    rich: Rich.optional(),
    fails: z.int().optional(),
  }),
  z.object({ type: z.literal('status'), ...Fact, status: Step, code: z.int().optional() }),
  /** The status callback is over: taken by our functions, or given up. */
  z.object({ type: z.literal('told'), ...Fact, status: Step, taken: z.boolean() }),
  /** The city is writing: the message it answers counts as read. */
  z.object({ type: z.literal('typing'), ...Fact }),
  /** Emptied, or gone, at Twilio; a phone keeps what it got. */
  z.object({ type: z.literal('redacted'), ...Fact }),
  z.object({ type: z.literal('removed'), ...Fact }),
  z.object({ type: z.literal('media-removed'), ...Fact, media: z.string() }),
  z.object({ type: z.literal('content'), ...Fact, content: Content }),
  z.object({ type: z.literal('content-removed'), ...Fact }),
  /** What is true of one number: {"type":"number","address":"+33…","landline":true} */
  z.object({
    type: z.literal('number'),
    at: z.string(),
    address: z.string(),
    landline: z.boolean().optional(),
    optedOut: z.boolean().optional(),
  }),
]);
export type Line = z.infer<typeof Line>;
