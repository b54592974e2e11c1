/**
 * The stand-in for Meta: it takes what we post to Graph, and posts signed webhooks back, echoes, receipts and retries
 * included. Owns the life of a message on Messenger; what Graph refuses is in `meta-graph.ts`, its memory in `meta-log.ts`.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Act,
  bodyOf,
  deliveryOf,
  type Ends,
  echoOf,
  INBOX,
  isByResident,
  type MetaPost,
  messagingOf,
  postBody,
} from './meta-events.ts';
import {
  conversations,
  type GraphReply,
  type GraphRequest,
  json,
  problem,
  refusalOf,
  SendBody,
  strangerIn,
  WINDOW,
} from './meta-graph.ts';
import type { MetaLog, Told } from './meta-log.ts';
import { type MetaItem, threadOf } from './meta-thread.ts';

/**
 * What a call meets. `late` waits: on `send` the echo then comes before the API's own answer. `duplicate`, `reordered`
 * are webhooks, twice and receipt before echo. The rest is for our calls: `429`, `500`, `html` (503) and Graph's own
 * codes (`190`, `10/2018278`, also with HTTP 200: `200:1200`) refuse; `timeout` swallows, `timeout-after-accept` takes
 * and does not answer, `reset` cuts the line before anybody saw it.
 */
export type MetaFault =
  | 'none'
  | 'late'
  | 'duplicate'
  | 'reordered'
  | '429'
  | '500'
  | 'html'
  | 'timeout'
  | 'timeout-after-accept'
  | 'reset'
  | `${number}/${number}`
  | `200:${number}`
  | `${number}`;

export interface MetaCall {
  kind: 'send' | 'find' | 'webhook';
  psid: string;
}

export interface MetaOptions {
  pageId: string;
  token: string;
  appSecret: string;
  /** Ours, as it stands in echoes. */
  appId?: string;
  /** Where our webhook listens. */
  webhookUrl: string;
  now: () => Date;
  post: MetaPost;
  log: MetaLog;
  fault?: (call: MetaCall) => MetaFault;
}

export interface Meta {
  /** What Graph answers, where it does. */
  api(request: GraphRequest): Promise<GraphReply | 'silence' | 'reset'>;
  /** Somebody does something on their phone. Resolves once our webhook has answered, or every retry has failed. */
  receive(psid: string, act: Act): Promise<{ mid: string; taken: boolean }>;
  /** Several in one request. */
  batch(acts: { psid: string; act: Act }[]): Promise<{ mids: string[]; taken: boolean }>;
  /** What one phone shows, oldest first. */
  thread(psid: string): MetaItem[];
  /** Until when we may answer. */
  windowEnds(psid: string): Date | undefined;
  /** At start, once our webhook listens: takes up what the last run left untold. */
  resume(): Promise<void>;
  /** Resolves when what is under way now, receipts and retries included, is over. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

const APP = '1517776481860111';
/** Between the states of a message, in real time: the API's answer comes first, and pages see it move. */
const STEP_PAUSE_MS = 20;
const LATE_MS = 200;

export function createMeta(options: MetaOptions): Meta {
  const { pageId, log, now, post, appSecret } = options;
  const appId = options.appId ?? APP;
  const fault = (call: MetaCall): MetaFault => options.fault?.(call) ?? 'none';
  const leftOver = log.events.filter(({ taken }) => taken === undefined);
  const closing = new AbortController();
  const { signal } = closing;
  const posting = { post, url: options.webhookUrl, appSecret, signal };
  const outstanding = new Set<Promise<void>>();
  let broken: unknown;

  const at = (): string => now().toISOString();
  const endsOf = (psid: string, mid: string): Ends => ({ psid, pageId, appId, mid, at: now().getTime() });

  /** Keeps what nobody waits for; a bug in it comes out of `settle`. */
  function track(work: Promise<unknown>): void {
    const watched: Promise<void> = work
      .then(() => undefined)
      .catch((error: unknown) => {
        if (!signal.aborted) broken ??= error;
      })
      .finally(() => outstanding.delete(watched));
    outstanding.add(watched);
  }

  function note(psid: string, event: Record<string, unknown>, byResident: boolean): Told {
    const id = randomBytes(8).toString('hex');
    const standby = byResident && log.ownerOf(psid) === 'inbox';
    log.append({ type: 'event', at: at(), id, psid, byResident, standby, event });
    return log.events.at(-1) as Told;
  }

  /** Tells our webhook, all in one request. */
  async function tell(events: Told[]): Promise<boolean> {
    const met = fault({ kind: 'webhook', psid: events[0]?.psid ?? '' });
    if (met === 'late') await sleep(LATE_MS, undefined, { signal });
    const body = bodyOf(pageId, now().getTime(), events);
    const taken = await postBody(posting, body);
    if (met === 'duplicate') await postBody(posting, body);
    for (const { id } of events) log.append({ type: 'told', at: at(), id, taken });
    return taken;
  }

  function actOf(psid: string, act: Act): { mid: string; told: Told } {
    const mid = newMid();
    if (act.kind === 'human')
      log.append({ type: 'sent', at: at(), mid, psid, by: 'person', message: { text: act.text } });
    const told = note(psid, messagingOf(act, endsOf(psid, mid)), isByResident(act));
    if (act.kind === 'take') log.append({ type: 'owner', at: at(), psid, owner: 'inbox' });
    if (act.kind === 'give-back') log.append({ type: 'owner', at: at(), psid, owner: 'app' });
    return { mid, told };
  }

  const heardOf = (psid: string): Date | undefined => {
    const last = log.events.findLast((each) => each.psid === psid && each.byResident);
    return last && new Date(last.at);
  };

  /** The echo, then the receipt: what follows a message that was taken. */
  async function follow(psid: string, mid: string, message: Record<string, unknown>): Promise<void> {
    const events = [
      () => note(psid, echoOf(message, endsOf(psid, mid)), false),
      () => note(psid, deliveryOf([mid], { psid, pageId, at: now().getTime() }), false),
    ];
    const order = fault({ kind: 'webhook', psid }) === 'reordered' ? events.reverse() : events;
    for (const event of order) {
      await sleep(STEP_PAUSE_MS, undefined, { signal });
      await tell([event()]);
    }
  }

  async function send(request: GraphRequest): Promise<GraphReply | 'silence' | 'reset'> {
    const parsed = SendBody.safeParse(parse(request.body));
    if (!parsed.success) {
      const where = parsed.error.issues[0]?.path.join('.') || 'body';
      return problem(400, 100, `Invalid parameter: ${where}`);
    }
    const { recipient, message, sender_action: action } = parsed.data;
    const psid = recipient.id;
    const met = fault({ kind: 'send', psid });
    if (met === 'timeout') return 'silence';
    if (met === 'reset') return 'reset';
    const refused =
      faultReply(met) ??
      refusalOf(parsed.data, { now: now(), heard: heardOf(psid), owner: log.ownerOf(psid) });
    if (refused) return refused;
    if (action || !message) return json(200, { recipient_id: psid });
    const mid = newMid();
    log.append({ type: 'sent', at: at(), mid, psid, by: 'app', message });
    const followed = follow(psid, mid, message);
    track(followed);
    if (met === 'timeout-after-accept') return 'silence';
    if (met === 'late') await followed;
    return json(200, { recipient_id: psid, message_id: mid });
  }

  function passThread(body: string): GraphReply {
    const { recipient, target_app_id: target } = (parse(body) ?? {}) as {
      recipient?: { id?: string };
      target_app_id?: unknown;
    };
    if (!recipient?.id || heardOf(recipient.id) === undefined)
      return problem(400, 100, 'No matching user found', 2018001);
    if (!target) return problem(400, 100, 'Param target_app_id is required');
    const owner = String(target) === INBOX ? 'inbox' : 'app';
    log.append({ type: 'owner', at: at(), psid: recipient.id, owner });
    return json(200, { success: true });
  }

  return {
    async api(request) {
      const stranger = strangerIn(request, options);
      if (stranger) return stranger;
      const [, version, page, edge] = request.path.split('/');
      if (!/^v\d+\.\d+$/.test(version ?? '') || (page !== pageId && page !== 'me'))
        return problem(400, 100, 'Unsupported request: no such object');
      const route = `${request.method} ${edge}`;
      if (route === 'POST messages') return send(request);
      if (route === 'POST pass_thread_control') return passThread(request.body);
      if (route !== 'GET conversations') return problem(400, 100, 'Unsupported request');
      const met = fault({ kind: 'find', psid: request.query.get('user_id') ?? '' });
      if (met === 'timeout' || met === 'timeout-after-accept') return 'silence';
      if (met === 'reset') return 'reset';
      return faultReply(met) ?? conversations(log, request.query, pageId);
    },

    async receive(psid, act) {
      signal.throwIfAborted();
      const { mid, told } = actOf(psid, act);
      const taken = tell([told]);
      track(taken);
      return { mid, taken: await taken };
    },

    async batch(acts) {
      signal.throwIfAborted();
      const done = acts.map(({ psid, act }) => actOf(psid, act));
      const taken = tell(done.map(({ told }) => told));
      track(taken);
      return { mids: done.map(({ mid }) => mid), taken: await taken };
    },

    thread: (psid) => threadOf(log, psid),

    windowEnds(psid) {
      const heard = heardOf(psid);
      return heard && new Date(heard.getTime() + WINDOW);
    },

    async resume() {
      for (const told of leftOver.splice(0)) await tell([told]);
    },

    async settle() {
      // A snapshot: under a steady stream of messages, waiting for none at all would never end.
      await Promise.all(outstanding);
      if (broken !== undefined) throw broken;
    },

    async close() {
      if (signal.aborted) return;
      closing.abort(new Error('the stand-in is closed; what was under way goes on at the next start'));
      await Promise.all(outstanding);
      log.close();
    },
  };
}

function faultReply(met: MetaFault): GraphReply | undefined {
  if (met === '429') return problem(429, 4, 'Application request limit reached');
  if (met === '500') return problem(500, 2, 'Service temporarily unavailable');
  if (met === 'html') return { status: 503, body: '<html><body>Sorry, something went wrong.</body></html>' };
  const [, with200, code, subcode] = /^(200:)?(\d+)(?:\/(\d+))?$/.exec(met) ?? [];
  if (!code) return undefined;
  return problem(with200 ? 200 : 400, Number(code), 'Refused', subcode ? Number(subcode) : undefined);
}

const newMid = (): string => `m_${randomBytes(24).toString('base64url')}`;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
