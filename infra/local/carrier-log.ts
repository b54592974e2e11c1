/**
 * The carrier's durable log: one JSON line a fact, written before anyone relies on it, and the messages
 * the lines add up to. Owns the file; decides nothing.
 */
import { appendFileSync, closeSync, mkdirSync, openSync, readFileSync, truncateSync } from 'node:fs';
import { dirname } from 'node:path';
import * as z from 'zod';

const Reply = z.object({
  sid: z.string(),
  body: z.string(),
  callback: z.string().optional(),
});
const Fact = { at: z.string(), sid: z.string() };
const Sms = { from: z.string(), to: z.string(), body: z.string() };
const Step = z.enum(['sent', 'delivered']);

const Line = z.discriminatedUnion('type', [
  /** A phone has sent: {"type":"inbound","sid":"SM…","token":"…","from":"+33…","to":"38123","body":"SQUARE"} */
  z.object({ type: z.literal('inbound'), ...Fact, ...Sms, token: z.string() }),
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
  z.object({ type: z.literal('outbound'), ...Fact, ...Sms, callback: z.string().optional() }),
  z.object({ type: z.literal('status'), ...Fact, status: Step }),
  /** The status callback is over: taken by our functions, or given up. */
  z.object({ type: z.literal('told'), ...Fact, status: Step, taken: z.boolean() }),
]);
export type Line = z.infer<typeof Line>;
export type Step = z.infer<typeof Step>;

/** What one message has come to. */
export interface Message {
  sid: string;
  direction: 'inbound' | 'outbound-reply' | 'outbound-api';
  from: string;
  to: string;
  body: string;
  createdAt: string;
  updatedAt: string;
  sentAt?: string;
  /** Inbound: what became of the webhook. Outbound: how far it got. */
  state: 'sending' | 'received' | 'failed' | 'queued' | Step;
  /** Inbound: the same for every try, as Twilio does. */
  token: string;
  /** Outbound: where its status goes, absolute. */
  callback?: string;
  told: Step[];
}

export interface CarrierLog {
  /** In the order they came. */
  messages: readonly Message[];
  find(sid: string): Message | undefined;
  /** Durable when it returns: it outlives `kill -9`, though not a power cut (no fsync: it is a stand-in). */
  append(line: Line): void;
  close(): void;
}

export function openLog(file: string): CarrierLog {
  mkdirSync(dirname(file), { recursive: true });
  // Numbers and texts are in it: for its owner's eyes only.
  const handle = openSync(file, 'a+', 0o600);
  const messages: Message[] = [];
  const bySid = new Map<string, Message>();
  const add = (message: Message): void => {
    messages.push(message);
    bySid.set(message.sid, message);
  };

  const bytes = readFileSync(file);
  const whole = bytes.lastIndexOf(0x0a) + 1;
  // A crash can leave half a line. It goes, or the next line would be glued to it.
  if (whole < bytes.length) truncateSync(file, whole);
  const lines = bytes.subarray(0, whole).toString('utf8').split('\n').slice(0, -1);
  lines.forEach((text, index) => {
    apply(readLine(text, index + 1), add, bySid);
  });

  return {
    messages,
    find: (sid) => bySid.get(sid),
    append(line) {
      appendFileSync(handle, `${JSON.stringify(line)}\n`);
      apply(line, add, bySid);
    },
    close: () => closeSync(handle),
  };
}

/** The error names the line, not what is in it: numbers and texts stand there. */
function readLine(text: string, number: number): Line {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw new Error(
      `line ${number} of the carrier's log is not JSON; delete the line, or the file to start anew`,
    );
  }
  const parsed = Line.safeParse(data);
  if (parsed.success) return parsed.data;
  const places = parsed.error.issues.map((issue) => issue.path.join('.') || 'type').join(', ');
  throw new Error(
    `line ${number} of the carrier's log is not valid at ${places}; delete the file to start anew`,
  );
}

function apply(line: Line, add: (message: Message) => void, bySid: Map<string, Message>): void {
  const { at, sid } = line;
  const fresh = { sid, createdAt: at, updatedAt: at, told: [], token: '' };
  if (line.type === 'inbound') {
    const { from, to, body, token } = line;
    add({ ...fresh, direction: 'inbound', from, to, body, token, state: 'sending', sentAt: at });
    return;
  }
  if (line.type === 'outbound') {
    const { from, to, body, callback } = line;
    add({ ...fresh, direction: 'outbound-api', from, to, body, callback, state: 'queued' });
    return;
  }
  const message = bySid.get(sid);
  if (!message) throw new Error(`the carrier's log speaks of message ${sid}, which it never saw`);
  message.updatedAt = at;
  if (line.type === 'answered') {
    message.state = 'received';
    for (const { sid: own, body, callback } of line.replies) {
      const ends = { from: message.to, to: message.from };
      add({ ...fresh, ...ends, sid: own, direction: 'outbound-reply', body, callback, state: 'queued' });
    }
  } else if (line.type === 'unanswered') {
    message.state = 'failed';
  } else if (line.type === 'status') {
    message.state = line.status;
    if (line.status === 'sent') message.sentAt = at;
  } else {
    message.told.push(line.status);
  }
}
