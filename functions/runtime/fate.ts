/**
 * What follows from what a provider says of a message, at once or by receipt (channels.md 1.5): who has opted out has
 * opted out, who cannot be reached is not written to, what was refused as a whole stops the channel.
 */
import { HOUR, inParis, MINUTE } from '../../conversations/hours.ts';
import { type Address, type Cause, channelOf, type Provider, type SendOutcome } from '../channels/channel.ts';
import type { Known, TurnItem } from '../store/turn-item.ts';
import type { Deps } from './deps.ts';
import { note, type Owing } from './hand-over.ts';
import { describe } from './log.ts';
import { takeTurn } from './take-turn.ts';

export type Next = 'done' | 'later' | 'another-way';

export interface Outcome {
  outcome: SendOutcome;
  provider: Provider;
  to: Address;
  lane: string;
}

/** After this many handings-over a message that still fails is given up. */
const ATTEMPTS = 4;
/** An unknown outcome is looked up after this long. */
const LOOK_UP_AFTER = MINUTE;
const STOPPED = 5 * MINUTE;
const MOST_WAIT = 15 * MINUTE;
/** Three soft bounces in thirty days, or two hard ones on different days: nobody is there (twilio-errors.json, 30003, 30005). */
const SOFT_BOUNCES = 3;
const BOUNCE_DAYS = 30;

/** Who refuses for these reasons has looked at whom a message is for: there is nothing wrong with the lane. */
const ABOUT_ONE = new Set<Cause>(['permanent', 'unreachable', 'optout', 'window']);

/** Full jitter: those who were refused together do not come back together. */
const jitter = (deps: Deps, seconds: number, attempt: number): number =>
  Math.ceil(deps.random() * Math.min(MOST_WAIT, seconds * 1000 * 2 ** attempt));

export async function settleOutcome(deps: Deps, owing: Owing, about: Outcome): Promise<Next> {
  const { outcome, provider, to, lane } = about;
  const now = deps.now();
  const { attempt } = owing.message;
  switch (outcome.kind) {
    case 'accepted':
      await reopened(deps, lane);
      await note(deps, owing, { state: 'accepted', provider, to, providerId: outcome.id });
      try {
        await owing.done();
      } catch (error) {
        // It is out; the look-up before a second sending finds it.
        deps.log.error('sent-unmarked', describe(error));
      }
      return 'done';
    case 'throttled':
      await owing.postpone(new Date(now.getTime() + 1000 + jitter(deps, outcome.after, attempt)));
      return 'later';
    case 'unknown':
      await note(deps, owing, { state: 'unknown', provider, to, code: outcome.cause });
      await owing.postpone(new Date(now.getTime() + LOOK_UP_AFTER));
      return 'later';
    case 'rejected':
      return rejected(deps, owing, { ...about, outcome });
  }
}

async function rejected(
  deps: Deps,
  owing: Owing,
  { outcome, provider, to, lane }: Outcome & { outcome: Extract<SendOutcome, { kind: 'rejected' }> },
): Promise<Next> {
  const { code, cause, after } = outcome;
  const now = deps.now();
  if (cause === 'config') {
    await stopLane(deps, lane, code);
    // Another provider of the channel may carry it; else the message waits for staff.
    if ((deps.carriers[channelOf(to)]?.length ?? 0) > 1) return 'another-way';
    await owing.postpone(new Date(now.getTime() + STOPPED));
    return 'later';
  }
  if (cause === 'transient' && owing.message.attempt < ATTEMPTS) {
    await owing.postpone(new Date(now.getTime() + jitter(deps, after ?? 60, owing.message.attempt) + 1000));
    return 'later';
  }
  if (ABOUT_ONE.has(cause)) await reopened(deps, lane);
  if (cause === 'permanent' || cause === 'unreachable') {
    await markBad(deps, owing.item, to, code);
    return hasOther(owing.item, to) ? 'another-way' : failed(deps, owing, { provider, to, code, cause });
  }
  if (cause === 'window' && owing.item.known.heard) {
    await forgetWindow(deps, owing.item, to);
    return 'another-way';
  }
  await failed(deps, owing, { provider, to, code, cause });
  if (cause === 'optout') await optedOut(deps, owing.item, owing.message.id);
  if (cause === 'bug' || cause === 'content')
    await deps.announcer.alarm({ kind: 'refused', at: now.toISOString(), what: `${provider}-${code}` });
  return 'done';
}

async function failed(
  deps: Deps,
  owing: Owing,
  { provider, to, code, cause }: { provider: Provider; to: Address; code: string; cause: Cause },
): Promise<'done'> {
  await note(deps, owing, { state: 'failed', provider, to, code, cause });
  await owing.done();
  await announceFailure(deps, channelOf(to), cause);
  return 'done';
}

const hasOther = ({ address, others }: TurnItem, but: Address): boolean =>
  [{ address }, ...others].some((each) => each.address !== but && !('bad' in each && each.bad));

/** The whole lane stops, and staff are told once. */
export async function stopLane(deps: Deps, lane: string, code: string): Promise<void> {
  if (!(await deps.channels.stop(lane, code))) return;
  deps.log.error('channel-stopped', { lane, code });
  await deps.announcer.alarm({
    kind: 'channel-stopped',
    at: deps.now().toISOString(),
    what: `${lane}-${code}`,
  });
}

async function reopened(deps: Deps, lane: string): Promise<void> {
  if (deps.channels.isOpen(lane)) return;
  if (await deps.channels.resume(lane)) deps.log.info('channel-resumed', { lane });
}

/** Never written to again, until its owner writes. */
export async function markBad(deps: Deps, item: TurnItem, address: Address, code: string): Promise<void> {
  const { date } = inParis(deps.now());
  await change(deps, item, address, (known) => ({ ...known, bad: code, badOn: known.badOn ?? date }));
}

const forgetWindow = (deps: Deps, item: TurnItem, address: Address): Promise<void> =>
  change(deps, item, address, ({ heard: _, ...known }) => known);

/** A handset that was not reached today; when that has come too often the address is marked. */
export async function markBounce(deps: Deps, item: TurnItem, address: Address, code: string): Promise<void> {
  const { date } = inParis(deps.now());
  const oldest = inParis(new Date(deps.now().getTime() - BOUNCE_DAYS * 24 * HOUR)).date;
  await change(deps, item, address, (known) => {
    const days = [...new Set([...(known.bounces ?? []).filter((day) => day >= oldest), date])];
    return {
      ...known,
      bounces: days,
      ...(days.length >= SOFT_BOUNCES && { bad: code, badOn: known.badOn ?? date }),
    };
  });
}

async function change(
  deps: Deps,
  item: TurnItem,
  address: Address,
  to: (known: Known) => Known,
): Promise<void> {
  const apply = (known: Known): Known => (known.address === address ? to(known) : known);
  if (await deps.turns.know(item, apply)) {
    const { address: _, ...known } = apply({ address: item.address, ...item.known });
    item.known = known;
    item.others = item.others.map(apply);
  }
}

/** The carrier says that this person has opted out there: so they have here. */
export async function optedOut(deps: Deps, item: TurnItem, reply: string): Promise<void> {
  await takeTurn(deps, item.address, { type: 'stopped', id: `o${reply}`, by: 'provider' }, 'api');
}

/** What others may count, without who: https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html */
export const announceFailure = (deps: Deps, channel: string, cause: Cause): Promise<void> =>
  deps.announcer
    .publish({
      type: 'delivery',
      id: deps.freshId(),
      at: deps.now().toISOString(),
      channel,
      state: 'failed',
      cause,
    })
    .catch((error) => deps.log.error('event-unpublished', { ...describe(error), type: 'delivery' }));
