/** Decides what a turn asks for, in the store: the same again for the same message. */
import type { Claim, Event, Granted } from '../../conversations/events.ts';
import type { TurnItem } from '../store/turn-item.ts';
import type { Deps } from './deps.ts';

export async function grant(deps: Deps, _item: TurnItem, event: Event, claim: Claim): Promise<Granted> {
  switch (claim.for) {
    case 'number':
      return { number: await deps.numbers.next(claim.series, event.id, deps.now()) };
    case 'seat':
      throw new Error('there are no visits yet');
  }
}
