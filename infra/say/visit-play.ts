/** Visits in a dialogue: their places as the store would decide them, and what the city says first about them. */
import type { Claim, Granted } from '../../conversations/claim.ts';
import type { Event } from '../../conversations/events.ts';
import type { World } from '../../conversations/moment.ts';
import { codeOf, decide, movedUp, newSeats, type Seats, told } from '../../conversations/seats.ts';
import { takesPeople, type Visit } from '../../conversations/visit.ts';
import { invitationText, noticeText } from '../../conversations/visit-words.ts';

type Announced = Extract<Event, { type: 'announced' }>;
const ABOUT: Record<string, VisitAbout> = {
  invitation: 'invitation',
  rappel: 'reminder',
  déplacée: 'moved',
  annulée: 'cancelled',
};
type VisitAbout = 'invitation' | 'reminder' | 'moved' | 'cancelled';
/** As `createDialogue` names its one resident. */
const RESIDENT = 'resident';

export interface VisitPlay {
  world: World;
  decide(claim: Extract<Claim, { for: 'seat' }>, event: string, now: Date): NonNullable<Granted['seat']>;
  /** Other people say that they come, one by one, or that they do not. */
  others(people: number, come: boolean, now: Date): void;
  /** The resident's own moving up, once. */
  movedUp(): { visit: string; code: string; people: number } | undefined;
  announced(
    what: { about: string; detail: string | undefined; visit: string; id: string },
    now: Date,
  ): Announced;
}

const movedFrom = ({ day, time, meeting }: Visit, now: Date): Visit['moves'][number] => ({
  ...{ day, time, meeting },
  by: 'agent@exemple',
  at: now.toISOString(),
});

export function createVisitPlay(shipped: World): VisitPlay {
  const visits = new Map((shipped.visits ?? []).map((visit) => [visit.id, visit]));
  const seats = new Map<string, Seats>();
  const world: World = {
    city: shipped.city,
    get surveys() {
      return shipped.surveys;
    },
    get lives() {
      return shipped.lives ?? [];
    },
    get visits() {
      return [...visits.values()];
    },
  };
  const known = (id: string): Visit => {
    const visit = visits.get(id);
    if (!visit) throw new Error(`il n'y a pas de visite ${id}`);
    return visit;
  };
  const seatsOf = (visit: Visit): Seats => seats.get(visit.id) ?? newSeats(visit.capacity);
  let count = 0;
  return {
    world,
    decide({ visit: id, people }, event, now) {
      const visit = known(id);
      const asking = { resident: RESIDENT, hash: RESIDENT, event, people };
      const made = decide(seatsOf(visit), asking, takesPeople(visit, now));
      seats.set(id, made.seats);
      return made.standing;
    },
    others(people, come, now) {
      for (const visit of visits.values()) {
        let all = seatsOf(visit);
        const there = all.parties.filter(
          ({ resident, state }) => resident !== RESIDENT && state === 'coming',
        );
        for (let at = 0; at < people; at += 1) {
          const resident = come ? `other-${count++}` : (there[at]?.resident ?? '');
          const asking = { resident, hash: resident, event: `o${count}-${at}`, people: come ? 1 : 0 };
          all = decide(all, asking, takesPeople(visit, now)).seats;
        }
        seats.set(visit.id, all);
      }
    },
    movedUp() {
      for (const [visit, all] of seats)
        for (const party of movedUp(all).filter(({ resident }) => resident === RESIDENT)) {
          seats.set(visit, told(all, RESIDENT, party.number));
          return { visit, code: codeOf(party), people: party.people };
        }
      return undefined;
    },
    announced({ about: word, detail, visit: id, id: event }, now) {
      const about = ABOUT[word] as VisitAbout;
      const before = known(id);
      const visit: Visit = {
        ...before,
        ...(about === 'reminder' && detail && { subjects: Number(detail) }),
        ...(about === 'moved' && detail && { day: detail, moves: [...before.moves, movedFrom(before, now)] }),
        ...(about === 'cancelled' && {
          state: 'cancelled' as const,
          cancelled: {
            by: 'agent@exemple',
            at: now.toISOString(),
            ...(detail && { why: { fr: detail } }),
          },
        }),
      };
      visits.set(id, visit);
      const { city } = world;
      const texts = city.languages.map((language) => [
        language,
        about === 'invitation'
          ? invitationText(visit, language, city)
          : noticeText(visit, about, language, city, now),
      ]);
      return {
        type: 'announced',
        id: event,
        announcement: `A-2026-${String(++count).padStart(3, '0')}`,
        kind: 'visit',
        base: 'fr',
        texts: Object.fromEntries(texts),
        visit: id,
        about,
      };
    },
  };
}
