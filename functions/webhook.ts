/**
 * What providers post: inbound messages, answered in the response, and receipts. Checks who is speaking before
 * anything else; what cannot be done in time goes on the queue and is not lost.
 */
import MessagingResponse from 'twilio/lib/twiml/MessagingResponse.js';
import type { Event } from '../conversations/events.ts';
import { isSigned, readForm, readInbound, wasAnswered } from './channels/twilio-receive.ts';
import { unwrap } from './runtime/cjs.ts';
import type { Deps } from './runtime/deps.ts';
import { optedOut, receiptsUrl } from './runtime/hand-over.ts';
import { type Answer, type Handler, MAX_BODY, type Request, text } from './runtime/http.ts';
import { httpLambda } from './runtime/lambda.ts';
import { describe } from './runtime/log.ts';
import { takeTurn } from './runtime/take-turn.ts';
import type { TurnItem } from './store/turns.ts';

/** Twilio waits 15 s; a resident's patience and the queue's help end sooner. */
const BUDGET = 3_000;
const INBOUND = '/webhooks/twilio';
const RECEIPTS = '/webhooks/twilio/receipts';
/** How often a repeated message may find its reply claimed by another copy of itself. */
const CLAIMS = 4;

export const create = (deps: Deps): Handler => {
  const routes: Record<string, (deps: Deps, request: Request) => Promise<Answer>> = {
    [INBOUND]: inbound,
    [RECEIPTS]: receipt,
  };
  return async (request) => {
    const route = routes[request.path];
    if (!route) return text(404, 'there is nothing here');
    if (request.method !== 'POST')
      return text(405, `this address takes POST, got ${request.method.slice(0, 10)}`);
    if (Buffer.byteLength(request.body) > MAX_BODY) return text(413, `a form has at most ${MAX_BODY} bytes`);
    return route(deps, request);
  };
};

function formOf(deps: Deps, request: Request) {
  const form = readForm(request.body);
  const url = `${deps.publicUrl}${request.path}${request.query ? `?${request.query}` : ''}`;
  return isSigned(deps.twilio.tokens, request.headers['x-twilio-signature'], url, form) ? form : undefined;
}

async function inbound(deps: Deps, request: Request): Promise<Answer> {
  const form = formOf(deps, request);
  if (!form) return text(403, 'the signature is missing or wrong');
  const read = readInbound(form, deps.twilio.number, deps.hashes.event);
  if (read.kind === 'invalid') return text(400, `${read.what} is missing or empty`);
  if (read.kind === 'unanswerable' || form.OptOutType === 'HELP') return twiml();
  const { address, event } = read.sms;
  try {
    const answer = await inTime(answerTo(deps, address, event));
    return wasAnswered(form) ? twiml() : answer;
  } catch (error) {
    deps.log.error('turn-delayed', describe(error));
    return queued(deps, address, event);
  }
}

async function queued(deps: Deps, address: string, event: Event): Promise<Answer> {
  try {
    await deps.queue.send({ kind: 'turn', address, event });
    return twiml();
  } catch (error) {
    // Only now is it the provider's turn to try again.
    deps.log.error('turn-unqueued', describe(error));
    return text(503, 'try again');
  }
}

async function answerTo(deps: Deps, address: string, event: Event): Promise<Answer> {
  let item: TurnItem | undefined;
  for (let round = 0; round < CLAIMS; round += 1) {
    const taken = await takeTurn(deps, address, event, 'response');
    if (taken.kind === 'older') return twiml();
    item = taken.item;
    if (taken.kind === 'fresh') return reply(deps, item);
    // A repeat: the reply is owed until a receipt shows that it was taken. What the API hands over is not ours.
    if (!item.reply || item.reply.taken || item.reply.via === 'api') return twiml();
    if (await deps.turns.claim(item, 'response')) return reply(deps, item);
  }
  // Many copies at one instant: those that are accepted together count as one reply (design.md 3).
  return item ? reply(deps, item) : twiml();
}

const reply = (deps: Deps, item: TurnItem): Answer =>
  item.reply?.text ? twiml({ text: item.reply.text, action: receiptsUrl(deps, item) }) : twiml();

/** Rejects after the budget. The turn may still be written: the queue's copy of the event then finds it. */
async function inTime<Result>(work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('out of time')), BUDGET);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}

const D = /^([\w-]{22})\.([\w-]{1,12})$/;

/** Any receipt says that the provider has the message: a retry of what it answers gets nothing more. */
async function receipt(deps: Deps, request: Request): Promise<Answer> {
  const form = formOf(deps, request);
  if (!form) return text(403, 'the signature is missing or wrong');
  const [, hash, id] = D.exec(new URLSearchParams(request.query).get('d') ?? '') ?? [];
  if (!hash || !id) return text(400, 'd must be the one we gave');
  try {
    const item = await deps.turns.find(hash);
    if (item?.reply?.id === id && !item.reply.taken) await deps.turns.taken(hash, id);
    if (form.ErrorCode === '21610' && item && item.session.consent !== 'stopped') await optedOut(deps, item);
    return text(200, '');
  } catch (error) {
    deps.log.error('receipt-delayed', describe(error));
    return text(503, 'try again');
  }
}

function twiml(message?: { text: string; action: string }): Answer {
  const response = new (unwrap(MessagingResponse))();
  if (message) response.message({ action: message.action, method: 'POST' }, message.text);
  return { status: 200, headers: { 'content-type': 'text/xml; charset=utf-8' }, body: response.toString() };
}

export const handler = httpLambda(create);
