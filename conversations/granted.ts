/** A turn that asks for what others want too: somebody decides, and the turn is taken again with what it was granted. */

import type { Claim, Granted } from './claim.ts';
import type { Turn } from './engine.ts';
import type { Event } from './events.ts';

/** A message asks for as much at most; more is a bug of ours, and must not go round for ever. */
const MOST = 4;

/** `grant` decides the same again for the same event: where the turn is lost, what it was granted is not given away. */
export async function takeGranted(
  take: (event: Event) => Turn | Promise<Turn>,
  event: Event,
  grant: (claim: Claim) => Granted | Promise<Granted>,
): Promise<Turn> {
  let asking = event;
  for (let round = 0; round <= MOST; round += 1) {
    const turn = await take(asking);
    const claim = claimOf(turn);
    if (!claim) return turn;
    asking = withGranted(asking, await grant(claim));
  }
  throw new Error('the turn asks for ever');
}

export const claimOf = ({ effects }: Turn): Claim | undefined =>
  effects.find((effect) => effect.type === 'ask')?.claim;

export function withGranted(event: Event, granted: Granted): Event {
  if (event.type !== 'said') throw new Error(`only what is said can ask, not "${event.type}"`);
  return { ...event, granted: { ...event.granted, ...granted } };
}
