/** Two hundred residents, planned before the first word is said: who they are, what they mean, how they behave. */
import { LANGUAGES, type Tongue } from '../support/twelve.ts';
import { type Asked, type Given, ORDER, STOPS, type Value } from './way.ts';
import { PLACES, WRONG } from './words.ts';

export const RESIDENTS = 200;
export const CHANNELS = ['sms', 'whatsapp', 'messenger'] as const;
export type ChannelName = (typeof CHANNELS)[number];

/**
 * - `value` says it; `pass` passes; `unsure` does not know
 * - `stumble` says nonsense first, `lost` nonsense three times
 * - `breach` says first what may not be, `stubborn` three times
 */
export type Manner = 'value' | 'pass' | 'unsure' | 'stumble' | 'lost' | 'breach' | 'stubborn';

export interface Plan {
  index: number;
  channel: ChannelName;
  tongue: Tongue;
  /** Taps where there is something to tap. */
  taps: boolean;
  /** What decides what they mean, by question; the second is what they correct it to. */
  draws: Record<Asked, [number, number]>;
  manners: Record<Asked, Manner>;
  /** What they do after so many questions; who only looks says nothing to the first words. */
  ending: { how: 'finish' | 'abandon' | 'stop' | 'decline' | 'look'; at: number };
  /** MODIF after so many questions, of one of those answered. */
  corrects?: { at: number; which: number };
  /** MODIF once it is over. */
  amends?: Asked;
}

/** A small generator of its own (Numerical Recipes), so that a run is the same everywhere. */
function generator(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Any words answer these: there is no nonsense. */
const OPEN: Asked[] = ['pourquoi', 'lieu'];
const HELD: Asked[] = ['enfants', 'visite'];

function mannerOf(id: Asked, of: number): Manner {
  if (of < 8) return 'pass';
  if (of < 13) return 'unsure';
  if (of < 20) return OPEN.includes(id) ? 'value' : 'stumble';
  if (of < 25) return OPEN.includes(id) ? 'value' : 'lost';
  if (of < 36 && HELD.includes(id)) return of < 33 ? 'breach' : 'stubborn';
  return 'value';
}

export function plans(seed = 6): Plan[] {
  const random = generator(seed);
  const forEach = <T>(make: (id: Asked) => T): Record<Asked, T> =>
    Object.fromEntries(ORDER.map((id) => [id, make(id)])) as Record<Asked, T>;
  return Array.from({ length: RESIDENTS }, (_, index) => {
    const end = random(100);
    const how =
      end < 70 ? 'finish' : end < 84 ? 'abandon' : end < 93 ? 'stop' : end < 96 ? 'decline' : 'look';
    const finishes = how === 'finish';
    return {
      index,
      channel: CHANNELS[index % 3] as ChannelName,
      tongue: LANGUAGES[Math.floor(index / 3) % 5] as Tongue,
      taps: random(100) < 65,
      draws: forEach(() => [random(1_000_000), random(1_000_000)]),
      manners: forEach((id) => mannerOf(id, random(100))),
      ending: { how, at: 1 + random(9) },
      ...(random(100) < 45 && { corrects: { at: 2 + random(7), which: random(1_000) } }),
      ...(finishes &&
        random(100) < 20 && { amends: (['depense', 'avis', 'lieu'] as const)[random(3)] as Asked }),
    };
  });
}

/** What this resident means by their answer to this question, given what they answered before. */
export function meant(plan: Plan, id: Asked, given: Given, turn: 0 | 1): Value {
  const draw = plan.draws[id][turn];
  const before = (of: Asked): Value | undefined => {
    const outcome = given[of];
    return outcome && 'v' in outcome ? outcome.v : undefined;
  };
  switch (id) {
    case 'secteur':
      return 1 + (draw % 4);
    case 'arret': {
      const stops = STOPS[Number(before('secteur'))] as number[];
      return stops[draw % stops.length] as number;
    }
    case 'foyer':
      return 1 + (draw % 6);
    case 'enfants':
      return draw % Number(before('foyer'));
    case 'livraison':
      return draw % 2 === 0;
    case 'moyens': {
      const set = 1 + (draw % 31);
      return [1, 2, 3, 4, 5].filter((number) => (set >> (number - 1)) & 1);
    }
    case 'ordre':
      return shuffled(before('moyens') as number[], draw);
    case 'depense':
      return [0, 5, 12, 12.5, 30, 7.25, 150][draw % 7] as number;
    case 'avis':
      return 1 + (draw % 5);
    case 'pourquoi':
      return WRONG[plan.tongue][draw % 3] as string;
    case 'visite':
      return `2026-12-${String(1 + (draw % 30)).padStart(2, '0')}`;
    case 'lieu':
      return PLACES[plan.tongue][draw % 3] as string;
  }
}

function shuffled(numbers: number[], draw: number): number[] {
  const random = generator(draw);
  const left = [...numbers];
  return numbers.flatMap(() => left.splice(random(left.length), 1));
}
