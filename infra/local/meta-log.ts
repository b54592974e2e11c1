/**
 * The stand-in for Meta's memory: one JSON line a fact, written before anyone relies on it, and the threads that the
 * lines add up to. Owns the file, where there is one; decides nothing.
 */
import { appendFileSync, closeSync, mkdirSync, openSync, readFileSync, truncateSync } from 'node:fs';
import { dirname } from 'node:path';
import * as z from 'zod';

const json = z.record(z.string(), z.unknown());
const Line = z.discriminatedUnion('type', [
  /** The page has written: {"type":"sent","mid":"m_…","psid":"5678","by":"app","message":{"text":"1/4 …"}} */
  z.object({
    type: z.literal('sent'),
    at: z.string(),
    mid: z.string(),
    psid: z.string(),
    by: z.enum(['app', 'person']),
    message: json,
  }),
  /** Something our webhook has to be told, as it stands in `messaging[]` or `standby[]`. */
  z.object({
    type: z.literal('event'),
    at: z.string(),
    id: z.string(),
    psid: z.string(),
    /** The resident did it: it opens the 24 hours. */
    byResident: z.boolean(),
    standby: z.boolean(),
    event: json,
  }),
  /** Our webhook took it, or every try failed. */
  z.object({ type: z.literal('told'), at: z.string(), id: z.string(), taken: z.boolean() }),
  /** Who answers in this thread. */
  z.object({ type: z.literal('owner'), at: z.string(), psid: z.string(), owner: z.enum(['app', 'inbox']) }),
]);
export type Line = z.infer<typeof Line>;
type Event = Extract<Line, { type: 'event' }>;

export interface Sent {
  mid: string;
  psid: string;
  by: 'app' | 'person';
  at: string;
  message: Record<string, unknown>;
  /** Among all lines: two things may happen in one millisecond. */
  order: number;
  state: 'sent' | 'delivered' | 'read';
}

export interface Told extends Event {
  order: number;
  /** Undefined while it is under way. */
  taken?: boolean;
}

export interface MetaLog {
  /** In the order they came. */
  sent: readonly Sent[];
  events: readonly Told[];
  ownerOf(psid: string): 'app' | 'inbox';
  /** Durable when it returns, where there is a file: it outlives `kill -9`, though not a power cut. */
  append(line: Line): void;
  close(): void;
}

/** Without a file it lives as long as the process. */
export function openMetaLog(file?: string): MetaLog {
  const state = { sent: [] as Sent[], events: [] as Told[], owners: new Map<string, 'app' | 'inbox'>() };
  const byMid = new Map<string, Sent>();
  const byId = new Map<string, Told>();
  let order = 0;
  const apply = (line: Line): void => {
    order += 1;
    if (line.type === 'sent') {
      const { type: _, ...rest } = line;
      const sent: Sent = { ...rest, order, state: 'sent' };
      state.sent.push(sent);
      byMid.set(sent.mid, sent);
    } else if (line.type === 'event') {
      const told: Told = { ...line, order };
      state.events.push(told);
      byId.set(told.id, told);
      noteReceipt(told, state.sent, byMid);
    } else if (line.type === 'owner') state.owners.set(line.psid, line.owner);
    else {
      const told = byId.get(line.id);
      if (!told)
        throw new Error(`the log of the stand-in for Meta speaks of event ${line.id}, which it never saw`);
      told.taken = line.taken;
    }
  };
  const handle = file === undefined ? undefined : openSync(prepared(file), 'a+', 0o600);
  if (file !== undefined) for (const line of linesIn(file)) apply(line);
  return {
    sent: state.sent,
    events: state.events,
    ownerOf: (psid) => state.owners.get(psid) ?? 'app',
    append(line) {
      if (handle !== undefined) appendFileSync(handle, `${JSON.stringify(line)}\n`);
      apply(line);
    },
    close() {
      if (handle !== undefined) closeSync(handle);
    },
  };
}

/** A receipt says how far messages of the page got; a watermark speaks of all before it. */
function noteReceipt({ event, psid }: Event, sent: Sent[], byMid: Map<string, Sent>): void {
  const { mids } = (event.delivery ?? {}) as { mids?: string[] };
  for (const mid of mids ?? []) {
    const message = byMid.get(mid);
    if (message?.state === 'sent') message.state = 'delivered';
  }
  const { watermark } = (event.read ?? {}) as { watermark?: number };
  if (watermark !== undefined)
    for (const message of sent)
      if (message.psid === psid && Date.parse(message.at) <= watermark) message.state = 'read';
}

function prepared(file: string): string {
  mkdirSync(dirname(file), { recursive: true });
  return file;
}

function linesIn(file: string): Line[] {
  const bytes = readFileSync(file);
  const whole = bytes.lastIndexOf(0x0a) + 1;
  // A crash can leave half a line. It goes, or the next line would be glued to it.
  if (whole < bytes.length) truncateSync(file, whole);
  return bytes
    .subarray(0, whole)
    .toString('utf8')
    .split('\n')
    .slice(0, -1)
    .map((text, index) => readLine(text, index + 1));
}

/** The error names the line, not what is in it: ids and texts stand there. */
function readLine(text: string, number: number): Line {
  try {
    return Line.parse(JSON.parse(text));
  } catch {
    throw new Error(
      `line ${number} of the log of the stand-in for Meta is not valid; delete the line, or the file to start anew`,
    );
  }
}
