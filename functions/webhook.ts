/**
 * What providers post: inbound messages and receipts. Checks who is speaking before anything else; an SMS is answered
 * in the response, the rest from the outbox; what cannot be done in time goes on the queue and is not lost.
 */
import type { Event } from '../conversations/events.ts';
import type { Address, Incoming } from './channels/channel.ts';
import type { Deps } from './runtime/deps.ts';
import { deliveryId, receiptsUrl } from './runtime/hand-over.ts';
import { type Answer, type Handler, MAX_BODY, text } from './runtime/http.ts';
import { httpLambda } from './runtime/lambda.ts';
import { describe } from './runtime/log.ts';
import { receipt } from './runtime/receipt.ts';
import { takeTurn } from './runtime/take-turn.ts';
import type { TurnItem } from './store/turn-item.ts';

/** Twilio waits 15 s; a resident's patience and the queue's help end sooner. */
const BUDGET = 3_000;
/** How often a repeated message may find its reply claimed by another copy of itself. */
const CLAIMS = 4;
/** Meta sends up to a thousand updates at once (channels.md 2). */
const MAX_BATCH = 1024 * 1024;

const ROUTES: Record<string, 'twilio' | 'meta'> = {
  '/webhooks/twilio': 'twilio',
  '/webhooks/twilio/receipts': 'twilio',
  '/webhooks/messenger': 'meta',
};

export const create =
  (deps: Deps): Handler =>
  async (request) => {
    const provider = ROUTES[request.path];
    const receiver = provider && deps.receivers[provider];
    if (!provider || !receiver) return text(404, 'there is nothing here');
    if (request.method === 'GET' && receiver.provider === 'meta' && deps.receivers.meta)
      return deps.receivers.meta.verify(request.query);
    if (request.method !== 'POST')
      return text(405, `this address takes POST, got ${request.method.slice(0, 10)}`);
    const most = provider === 'meta' ? MAX_BATCH : MAX_BODY;
    if ((request.bytes?.length ?? Buffer.byteLength(request.body)) > most)
      return text(413, `a body has at most ${most} bytes`);
    const received = receiver.read(request);
    if (received.kind === 'forbidden') return text(403, 'the signature is missing or wrong');
    if (received.kind === 'invalid') return text(400, `${received.what} is missing or wrong`);
    return provider === 'twilio' ? one(deps, received.incoming[0]) : batch(deps, received.incoming);
  };

/** Twilio tells one thing at a time, and takes the reply in the response. */
async function one(deps: Deps, incoming: Incoming | undefined): Promise<Answer> {
  if (!incoming || incoming.kind === 'ignored') return twiml();
  if (incoming.kind === 'receipt')
    return (await noted(deps, incoming)) ? text(200, '') : text(503, 'try again');
  const { address, event, answered } = incoming;
  try {
    const answer = await inTime(answerTo(deps, address, event), BUDGET);
    return answered ? twiml() : answer;
  } catch (error) {
    deps.log.error('turn-delayed', describe(error));
    return (await queued(deps, address, event)) ? twiml() : text(503, 'try again');
  }
}

/**
 * Meta tells many at once and takes no reply: each is answered from the outbox. The batch is taken as a whole or
 * given back as a whole; a second copy changes nothing.
 */
async function batch(deps: Deps, all: Incoming[]): Promise<Answer> {
  const end = deps.now().getTime() + BUDGET;
  let whole = true;
  // Receipts may come in any order: people first.
  const ordered = [...all.filter(({ kind }) => kind === 'event'), ...all];
  for (const incoming of new Set(ordered)) {
    if (incoming.kind === 'ignored') continue;
    const left = end - deps.now().getTime();
    if (incoming.kind === 'receipt') {
      // A receipt that is lost is only a receipt.
      if (left > 0) await inTime(noted(deps, incoming), left).catch(() => undefined);
      continue;
    }
    const { address, event } = incoming;
    try {
      if (left <= 0) throw new Error('out of time');
      await inTime(answerTo(deps, address, event), left);
    } catch (error) {
      deps.log.error('turn-delayed', describe(error));
      whole = (await queued(deps, address, event)) && whole;
    }
  }
  return whole ? text(200, 'EVENT_RECEIVED') : text(503, 'try again');
}

async function noted(deps: Deps, incoming: Extract<Incoming, { kind: 'receipt' }>): Promise<boolean> {
  try {
    await receipt(deps, incoming);
    return true;
  } catch (error) {
    deps.log.error('receipt-delayed', describe(error));
    return false;
  }
}

/** Only where the queue fails too is it the provider's turn to try again. */
async function queued(deps: Deps, address: Address, event: Event): Promise<boolean> {
  try {
    await deps.queue.send({ kind: 'turn', address, event });
    return true;
  } catch (error) {
    deps.log.error('turn-unqueued', describe(error));
    return false;
  }
}

async function answerTo(deps: Deps, address: Address, event: Event): Promise<Answer> {
  let item: TurnItem | undefined;
  for (let round = 0; round < CLAIMS; round += 1) {
    const taken = await takeTurn(deps, address, event, 'response');
    if (taken.kind === 'older') return twiml();
    item = taken.item;
    if (item.reply?.via === 'api') {
      await askForDelivery(deps, item);
      return twiml();
    }
    if (taken.kind === 'fresh') return reply(deps, item);
    // A repeat: the reply is owed until a receipt shows that it was taken.
    if (!item.reply || item.reply.taken) return twiml();
    if (await deps.turns.claim(item, 'response', deps.now())) return reply(deps, item);
  }
  // Many copies at one instant: those that are accepted together count as one reply (design.md 3).
  return item ? reply(deps, item) : twiml();
}

/** The outbox is in the item: should this fail, the next minute finds it. */
async function askForDelivery(deps: Deps, item: TurnItem): Promise<void> {
  if (item.reply?.taken || item.reply?.attempt !== 0) return;
  await deps.outbound
    .send({ kind: 'deliver', hash: item.hash })
    .catch((error) => deps.log.error('delivery-unqueued', describe(error)));
}

const reply = (deps: Deps, item: TurnItem): Answer =>
  item.reply?.text
    ? twiml({ text: item.reply.text, action: receiptsUrl(deps, deliveryId(item, item.reply.id)) })
    : twiml();

/** Rejects after the budget. The turn may still be written: the queue's copy of the event then finds it. */
async function inTime<Result>(work: Promise<Result>, budget: number): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('out of time')), budget);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}

function twiml(message?: { text: string; action: string }): Answer {
  const said = message
    ? `<Message action="${escaped(message.action)}" method="POST">${escaped(message.text)}</Message>`
    : '';
  const body = `<?xml version="1.0" encoding="UTF-8"?><Response>${said}</Response>`;
  return { status: 200, headers: { 'content-type': 'text/xml; charset=utf-8' }, body };
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** What XML 1.0 cannot hold, escaped or not: https://www.w3.org/TR/xml/#charsets */
const NOT_XML = /[^\P{Cc}\t\n\r]|\p{Cs}|[\ufffe\uffff]/gu;

/** By hand: Twilio's builder brings an XML writer of 60 kB, for one element and four entities. */
const escaped = (text: string): string =>
  text.replace(NOT_XML, '').replace(/[&<>"]/g, (letter) => ENTITIES[letter] as string);

export const handler = httpLambda(create);
