/**
 * Who comes to a visit: parties in the order in which they asked, never more people than there are places, and a waiting
 * list of which the first who fits moves up. Pure; `functions/store/seats.ts` keeps one such value a visit.
 *
 * A decision is known by the event that asked for it: asked again it changes nothing, and says how the party stands.
 */

import { checkDigit } from './reference.ts';

/** `moved`: has moved up and not been told yet. `here`: how many were counted at the meeting point. */
export interface Party {
  resident: string;
  /** Of their turn item: how they are reached. */
  hash: string;
  people: number;
  /** From 1, in the order of asking; the code that they are told is made of it. */
  number: number;
  state: 'coming' | 'waiting' | 'left';
  /** The last events that were decided for them. */
  events: string[];
  moved?: true;
  here?: number;
}

export interface Seats {
  capacity: number;
  /** Of the next party. */
  next: number;
  /** In the order of asking: whoever comes back after leaving is the last. */
  parties: Party[];
}

/** `people` of one who comes are those that a place is kept for: a party may grow only as far as there is room. */
export interface Standing {
  state: 'coming' | 'waiting' | 'none';
  code?: string;
  /** Parties before them on the waiting list. */
  ahead?: number;
  people?: number;
}

export interface Asking {
  resident: string;
  hash: string;
  event: string;
  /** None only looks; 0 gives the places back. */
  people?: number | undefined;
}

/** Parties that one visit holds: its item stays far below DynamoDB's 400 kB. */
export const MOST_PARTIES = 2000;
/** Of those who left, whose late copies might still come. */
const MOST_LEFT = 200;
/** A resident changes their mind so often before a late copy of the first word is forgotten. */
const EVENTS = 3;

export const newSeats = (capacity: number): Seats => ({ capacity, next: 1, parties: [] });

const isIn = ({ state }: Party): boolean => state !== 'left';

/** People who have a place. */
export const taken = ({ parties }: Seats): number =>
  parties.reduce((sum, { state, people }) => sum + (state === 'coming' ? people : 0), 0);

export const waiting = ({ parties }: Seats): Party[] => parties.filter(({ state }) => state === 'waiting');
const free = (seats: Seats): number => seats.capacity - taken(seats);
const find = ({ parties }: Seats, resident: string): Party | undefined =>
  parties.find((each) => each.resident === resident);

/** `V-315` of the 31st party: what is shown or said at the meeting point. */
export function codeOf({ number }: Pick<Party, 'number'>): string {
  const digits = String(number).padStart(2, '0');
  return `V-${digits}${checkDigit(digits)}`;
}

export function standingOf(seats: Seats, resident: string): Standing {
  const party = find(seats, resident);
  if (!party || party.state === 'left') return { state: 'none' };
  const { state, people } = party;
  const ahead = waiting(seats).indexOf(party);
  return { state, code: codeOf(party), people, ...(state === 'waiting' && { ahead }) };
}

/** What is asked, decided. `open`: the visit still takes people; leaving it always can be. */
export function decide(seats: Seats, asking: Asking, open: boolean): { seats: Seats; standing: Standing } {
  const after = decided(seats, asking, open);
  return { seats: after, standing: standingOf(after, asking.resident) };
}

function decided(seats: Seats, { resident, hash, event, people }: Asking, open: boolean): Seats {
  const party = find(seats, resident);
  if (people === undefined || party?.events.includes(event)) return seats;
  if (people === 0) return party ? leave(seats, party, event) : seats;
  if (!open) return seats;
  const events = [...(party?.events ?? []), event].slice(-EVENTS);
  if (!party || party.state === 'left') {
    if (seats.parties.filter(isIn).length >= MOST_PARTIES) return seats;
    const state = people <= free(seats) ? 'coming' : 'waiting';
    const made: Party = { resident, hash, people, number: seats.next, state, events };
    const others = seats.parties.filter((each) => each !== party);
    return { ...seats, next: seats.next + 1, parties: [...others, made] };
  }
  // Nobody loses the places they have by asking for more.
  const fits = party.state === 'waiting' || people - party.people <= free(seats);
  return moveUp(replace(seats, party, { ...party, hash, events, people: fits ? people : party.people }));
}

const replace = (seats: Seats, party: Party, by: Party): Seats => ({
  ...seats,
  parties: seats.parties.map((each) => (each === party ? by : each)),
});

function leave(seats: Seats, party: Party, event: string): Seats {
  const { moved: _, here: __, ...rest } = party;
  const events = [...party.events, event].slice(-EVENTS);
  const gone: Party = { ...rest, state: 'left', people: 0, events };
  return moveUp(withoutOldLeft(replace(seats, party, gone)));
}

function withoutOldLeft(seats: Seats): Seats {
  const left = seats.parties.filter(({ state }) => state === 'left');
  const drop = new Set(left.slice(0, Math.max(0, left.length - MOST_LEFT)));
  return drop.size === 0 ? seats : { ...seats, parties: seats.parties.filter((each) => !drop.has(each)) };
}

/** The first on the waiting list who fits, and again until nobody does. */
function moveUp(seats: Seats): Seats {
  let room = free(seats);
  let changed = false;
  const parties = seats.parties.map((party): Party => {
    if (party.state !== 'waiting' || party.people > room) return party;
    room -= party.people;
    changed = true;
    return { ...party, state: 'coming', moved: true };
  });
  return changed ? { ...seats, parties } : seats;
}

/** Who has moved up and has still to be told. */
export const movedUp = ({ parties }: Seats): Party[] => parties.filter(({ moved }) => moved);

/** They know it now. `number`: of the party that was told, which may have left and come back since. */
export function told(seats: Seats, resident: string, number: number): Seats {
  const party = find(seats, resident);
  if (!party?.moved || party.number !== number) return seats;
  const { moved: _, ...rest } = party;
  return replace(seats, party, rest);
}

/** Other places than before; undefined where more people come already. */
export const resize = (seats: Seats, capacity: number): Seats | undefined =>
  capacity < taken(seats) ? undefined : moveUp({ ...seats, capacity });

/** Everything about a resident goes, and their places with them. `hashes`: of all their addresses. */
export function forget(seats: Seats, resident: string, hashes: readonly string[] = []): Seats {
  const left = seats.parties.filter((each) => each.resident !== resident && !hashes.includes(each.hash));
  return left.length < seats.parties.length ? moveUp({ ...seats, parties: left }) : seats;
}

/** Whoever hears nothing from the city any more cannot be told that they move up; a place they have they keep. */
export function unqueue(seats: Seats, resident: string, event: string): Seats {
  const party = find(seats, resident);
  return party?.state === 'waiting' && !party.events.includes(event) ? leave(seats, party, event) : seats;
}

/** Two addresses are one resident from now on: one party, the one that has a place, else the first that asked. */
export function join(seats: Seats, from: string, to: { resident: string; hash: string }): Seats {
  const other = find(seats, from);
  const own = find(seats, to.resident);
  if (!other || from === to.resident) return seats;
  const rank = ({ state, number }: Party): number =>
    number + { coming: 0, waiting: 1, left: 2 }[state] * (seats.next + 1);
  const [kept, dropped] = own && rank(own) <= rank(other) ? [own, other] : [other, own];
  const events = [...new Set([...(dropped?.events ?? []), ...kept.events])].slice(-EVENTS);
  const one = replace(seats, kept, { ...kept, ...to, events });
  return moveUp({ ...one, parties: one.parties.filter((each) => each !== dropped) });
}

/** How many of a party were there; 0 takes it back. Undefined where nobody who comes has that code. */
export function noteHere(seats: Seats, code: string, people?: number): Seats | undefined {
  const party = seats.parties.find((each) => isIn(each) && codeOf(each) === code);
  if (!party) return undefined;
  const { here: _, ...rest } = party;
  const count = people ?? party.people;
  return replace(seats, party, count === 0 ? rest : { ...rest, here: count });
}

/** Whom a message about the visit is for. */
export const GROUPS = ['coming', 'waiting', 'registered', 'took-part'] as const;
export type Group = (typeof GROUPS)[number];

const IN: Record<Group, (party: Party) => boolean> = {
  // Who has just moved up hears of that, and is not reminded of what they do not know yet.
  coming: ({ state, moved }) => state === 'coming' && !moved,
  waiting: ({ state }) => state === 'waiting',
  registered: isIn,
  'took-part': ({ here }) => here !== undefined,
};

/** Hashes of turn items, in order. */
export const groupOf = ({ parties }: Seats, who: Group): string[] =>
  [...new Set(parties.filter(IN[who]).map(({ hash }) => hash))].sort();
