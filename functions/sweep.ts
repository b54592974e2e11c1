/**
 * The daily round through the whole table: forgets residents who have been silent for as long as the city keeps
 * contacts, takes off the lists who has not been reached for long, deletes what has outlived its time, carries out what
 * a crash left undone. Forgetting is the same turn as EFFACER, so that there is one way in which a resident is erased.
 */
import { isCut, withoutWays } from '../conversations/anonymous.ts';
import type { Deps } from './runtime/deps.ts';
import { optedOut } from './runtime/fate.ts';
import { scheduleLambda } from './runtime/lambda.ts';
import { describe } from './runtime/log.ts';
import { prepareOffers } from './runtime/prepare.ts';
import { move, settle } from './runtime/take-turn.ts';
import { leaveUnreachable } from './runtime/unreachable.ts';
import type { TurnItem } from './store/turn-item.ts';

/** Returns how many residents were forgotten. One resident's failure is not another's. */
export const create = (deps: Deps) => async (): Promise<number> => {
  let forgotten = 0;
  let unreachable = 0;
  // By what is known: the round is made again tomorrow.
  await deps.shelf.refresh().catch((error) => deps.log.error('surveys-unrefreshed', describe(error)));
  for await (const hash of deps.turns.everyone())
    try {
      const item = await deps.turns.find(hash);
      if (!item) continue;
      if (item.pending) await settle(deps, item);
      if (isIdle(deps, item) && (await retire(deps, item))) forgotten += 1;
      else if (await leaveUnreachable(deps, item)) unreachable += 1;
      else await forgetWays(deps, item);
    } catch (error) {
      deps.log.error('sweep-failed', describe(error));
    }
  const cut = await anonymise(deps);
  const released = await releaseSheets(deps);
  const expired = await deps.turns.expire(deps.now());
  const offers = await prepareOffers(deps);
  const mirrored = await mirrorOptOuts(deps);
  await deps.lists
    .noteCleaned({ at: deps.now().toISOString(), forgotten, unreachable })
    .catch((error) => deps.log.error('cleaning-unnoted', describe(error)));
  deps.log.info('swept', { forgotten, unreachable, cut, released, expired, offers, mirrored });
  return forgotten;
};

/**
 * Anonymous surveys that have closed: every sheet is cut from who gave it, but for those who are still in it; their
 * session ends, and the next round cuts theirs. What turns left undone was carried out above.
 */
async function anonymise(deps: Deps): Promise<number> {
  let cut = 0;
  for (const survey of deps.world.surveys.all()) {
    if (!isCut(survey, deps.now())) continue;
    const { key } = survey;
    const open = new Set<string>();
    for await (const hash of deps.turns.open(key)) {
      const item = await deps.turns.find(hash);
      if (item) open.add(deps.hashes.pseudonym(item.session.id, key));
    }
    for await (const { pseudonym, loose } of deps.sheets.all(key)) {
      if (loose || open.has(pseudonym)) continue;
      try {
        if (await deps.sheets.anonymise(key, pseudonym, deps.freshId)) cut += 1;
      } catch (error) {
        deps.log.error('sheet-uncut', describe(error));
      }
    }
  }
  return cut;
}

/** Of a survey that closed long enough ago only what can be counted stays, tied to nobody. */
async function releaseSheets(deps: Deps): Promise<number> {
  let released = 0;
  for (const survey of deps.world.surveys.all()) {
    if (addMonths(survey.closes, deps.world.city.notice.answerMonths) > deps.now()) continue;
    for await (const { pseudonym, loose } of deps.sheets.all(survey.key))
      if (!loose && (await deps.sheets.release(survey.key, pseudonym, deps.freshId))) released += 1;
    await deps.words.forget(survey.key);
    await deps.tags.forget(survey.key);
  }
  return released;
}

/** Of an anonymous survey that has closed only that they took part. A turn that comes between waits for tomorrow. */
async function forgetWays(deps: Deps, item: TurnItem): Promise<void> {
  const session = withoutWays(item.session, deps.world.surveys, deps.now());
  if (session !== item.session) await deps.turns.rewrite(item, session);
}

function addMonths(from: string, months: number): Date {
  const end = new Date(from);
  end.setUTCMonth(end.getUTCMonth() + months);
  return end;
}

/** Who has opted out at a provider that does not tell us has opted out here. Returns how many had not. */
async function mirrorOptOuts(deps: Deps): Promise<number> {
  let count = 0;
  try {
    for await (const number of deps.optOuts?.() ?? []) {
      const item = await deps.turns.find(deps.hashes.address(`sms:${number}`));
      if (!item || item.session.id === '' || item.session.consent === 'stopped') continue;
      await optedOut(deps, item, `l${item.version}`);
      count += 1;
    }
  } catch (error) {
    deps.log.error('opt-outs-unread', describe(error));
  }
  return count;
}

/** The last turn counts, whoever began it: a reminder is at most a week younger than the last word. */
function isIdle(deps: Deps, item: TurnItem): boolean {
  if (item.session.id === '' || !item.reply) return false;
  return addMonths(item.reply.at, deps.world.city.notice.contactMonths) <= deps.now();
}

const retire = (deps: Deps, item: TurnItem): Promise<TurnItem | false> =>
  move(
    deps,
    item,
    { type: 'retired', id: `r${deps.hashes.event(`${item.hash}${item.version}`)}` },
    'response',
  );

export const handler = scheduleLambda(create);
