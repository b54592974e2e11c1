/** Decides what a turn asks for, in the store: the same again for the same message. */
import type { Claim, Granted } from '../../conversations/claim.ts';
import type { Event } from '../../conversations/events.ts';
import { takesPeople, visitNumber } from '../../conversations/visit.ts';
import type { TurnItem } from '../store/turn-item.ts';
import { seatedVisit } from '../store/visits.ts';
import type { Deps } from './deps.ts';

export async function grant(deps: Deps, item: TurnItem, event: Event, claim: Claim): Promise<Granted> {
  switch (claim.for) {
    case 'number':
      return { number: await deps.numbers.next(claim.series, event.id, deps.now()) };
    case 'seat':
      return { seat: await seatFor(deps, item, event, claim) };
  }
}

type SeatClaim = Extract<Claim, { for: 'seat' }>;

/** The visit as it is in the store, not as this instance last saw it: one that is full or called off takes nobody. */
async function seatFor(
  deps: Deps,
  { hash, session }: TurnItem,
  event: Event,
  { visit: id, people }: SeatClaim,
): Promise<NonNullable<Granted['seat']>> {
  const number = visitNumber(id);
  const visit = number === undefined ? undefined : (await deps.visits.get(number))?.thing;
  if (!visit) return { state: 'none' };
  const asking = { resident: session.id, hash, event: event.id, people };
  return deps.seats.decide(
    seatedVisit(visit, deps.world.city.notice.messageDays),
    asking,
    takesPeople(visit, deps.now()),
  );
}
