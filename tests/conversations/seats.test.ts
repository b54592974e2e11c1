/** Whatever order people ask, change their minds and leave in: never more than there are places, nobody lost. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  codeOf,
  decide,
  forget,
  groupOf,
  join,
  movedUp,
  newSeats,
  noteHere,
  resize,
  type Seats,
  standingOf,
  taken,
  told,
  unqueue,
  waiting,
} from '../../conversations/seats.ts';

type Step =
  | { does: 'ask'; who: number; people: number }
  | { does: 'again'; who: number }
  | { does: 'forget' | 'unqueue' | 'told'; who: number }
  | { does: 'resize'; capacity: number }
  | { does: 'join'; who: number; to: number };

const who = fc.nat(7);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ does: fc.constant('ask' as const), who, people: fc.nat(6) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('again' as const), who }) },
  fc.record({ does: fc.constantFrom('forget', 'unqueue', 'told'), who }) as fc.Arbitrary<Step>,
  fc.record({ does: fc.constant('resize' as const), capacity: fc.integer({ min: 1, max: 12 }) }),
  fc.record({ does: fc.constant('join' as const), who, to: who }),
);

const name = (number: number): string => `r${number}`;
const asking = (number: number, event: string, people?: number) => ({
  resident: name(number),
  hash: `h${number}`,
  event,
  people,
});

function take(
  seats: Seats,
  each: Step,
  at: number,
  last: Map<string, [event: string, people: number]>,
): Seats {
  switch (each.does) {
    case 'ask':
      last.set(name(each.who), [`e${at}`, each.people]);
      return decide(seats, asking(each.who, `e${at}`, each.people), true).seats;
    case 'again': {
      const [event, people] = last.get(name(each.who)) ?? [];
      if (event === undefined) return seats;
      return decide(seats, asking(each.who, event, people), true).seats;
    }
    case 'forget':
      last.delete(name(each.who));
      return forget(seats, name(each.who));
    case 'unqueue':
      return unqueue(seats, name(each.who), `e${at}`);
    case 'told': {
      const party = movedUp(seats).find(({ resident }) => resident === name(each.who));
      return party ? told(seats, party.resident, party.number) : seats;
    }
    case 'resize':
      return resize(seats, each.capacity) ?? seats;
    case 'join':
      last.delete(name(each.who));
      last.delete(name(each.to));
      return join(seats, name(each.who), { resident: name(each.to), hash: `h${each.to}` });
  }
}

describe('places on a visit', () => {
  it('never too many people, nobody twice, nobody waits who would fit, the line keeps its order', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let seats = newSeats(8);
        const last = new Map<string, [string, number]>();
        for (const [at, each] of steps.entries()) {
          const before = seats;
          seats = take(seats, each, at, last);
          expect(taken(seats)).toBeLessThanOrEqual(seats.capacity);
          const residents = seats.parties.map(({ resident }) => resident);
          expect(new Set(residents).size).toBe(residents.length);
          const codes = seats.parties.map(codeOf);
          expect(new Set(codes).size).toBe(codes.length);
          const room = seats.capacity - taken(seats);
          for (const party of waiting(seats)) expect(party.people).toBeGreaterThan(room);
          const inLine = waiting(seats).map(({ number }) => number);
          if (each.does !== 'join') expect(inLine).toEqual([...inLine].sort((a, b) => a - b));
          if (each.does === 'again') expect(seats).toBe(before);
          // Nobody but who asked, was forgotten, or stopped waiting is out afterwards.
          for (const party of before.parties.filter(({ state }) => state !== 'left'))
            if (!('who' in each) || name(each.who) !== party.resident)
              expect(standingOf(seats, party.resident).state).not.toBe('none');
          // A place that someone had is not taken from them by others.
          for (const party of before.parties.filter(({ state }) => state === 'coming'))
            if (!('who' in each) || (name(each.who) !== party.resident && each.does !== 'join'))
              expect(standingOf(seats, party.resident)).toMatchObject({ state: 'coming' });
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('the 31st person for 30 places waits, and moves up when someone gives a place back', () => {
    let seats = newSeats(30);
    for (let at = 1; at <= 30; at += 1) seats = decide(seats, asking(at, `e${at}`, 1), true).seats;
    const late = decide(seats, asking(31, 'e31', 1), true);
    expect(late.standing).toEqual({ state: 'waiting', code: 'V-315', ahead: 0, people: 1 });
    const after = decide(late.seats, asking(7, 'x7', 0), true);
    expect(after.standing).toEqual({ state: 'none' });
    expect(standingOf(after.seats, 'r31')).toEqual({ state: 'coming', code: 'V-315', people: 1 });
    expect(movedUp(after.seats).map(({ resident }) => resident)).toEqual(['r31']);
    expect(movedUp(told(after.seats, 'r31', 31))).toEqual([]);
    // Told of an earlier party of theirs: that was not it.
    expect(movedUp(told(after.seats, 'r31', 30))).toHaveLength(1);
  });

  it('the first who fits moves up, and the others keep their order', () => {
    let seats = decide(newSeats(4), asking(1, 'a', 4), true).seats;
    for (const [at, people] of [3, 2, 1].entries())
      seats = decide(seats, asking(at + 2, `w${at}`, people), true).seats;
    const less = decide(seats, asking(1, 'b', 2), true).seats;
    // Nobody is reminded of a place that they do not know of yet.
    expect(groupOf(less, 'coming')).toEqual(['h1']);
    expect(groupOf(told(less, 'r3', 3), 'coming')).toEqual(['h1', 'h3']);
    expect(waiting(less).map(({ resident }) => resident)).toEqual(['r2', 'r4']);
  });

  it('whoever asks for more than there is keeps what they have', () => {
    let seats = decide(newSeats(4), asking(1, 'a', 2), true).seats;
    seats = decide(seats, asking(2, 'b', 2), true).seats;
    expect(decide(seats, asking(1, 'c', 3), true).standing).toMatchObject({ state: 'coming', people: 2 });
    expect(decide(seats, asking(1, 'd', 1), true).standing).toMatchObject({ state: 'coming', people: 1 });
  });

  it('takes nobody any more once it is closed, and still lets them go', () => {
    const seats = decide(newSeats(4), asking(1, 'a', 2), true).seats;
    expect(decide(seats, asking(2, 'b', 1), false).standing).toEqual({ state: 'none' });
    expect(decide(seats, asking(1, 'c', 0), false).seats.parties[0]).toMatchObject({ state: 'left' });
  });

  it('a late copy of "I come" does not undo "I do not"', () => {
    const came = decide(newSeats(4), asking(1, 'a', 2), true).seats;
    const gone = decide(came, asking(1, 'b', 0), true).seats;
    expect(decide(gone, asking(1, 'a', 2), true)).toEqual({ seats: gone, standing: { state: 'none' } });
    expect(decide(gone, asking(1, 'c', 2), true).standing).toMatchObject({ state: 'coming', code: 'V-026' });
  });

  it('counts who was there, by the code on the sheet', () => {
    const seats = decide(newSeats(4), asking(1, 'a', 3), true).seats;
    expect(groupOf(seats, 'took-part')).toEqual([]);
    const here = noteHere(seats, 'V-018', 2) as Seats;
    expect(groupOf(here, 'took-part')).toEqual(['h1']);
    expect(groupOf(noteHere(here, 'V-018', 0) as Seats, 'took-part')).toEqual([]);
    expect(noteHere(seats, 'V-019')).toBeUndefined();
  });
});
