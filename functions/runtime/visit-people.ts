/** Who comes to a visit and what they raise there, for staff: by the code that each was told, without a number or a name. */
import { codeOf, newSeats, noteHere, type Party, type Seats } from '../../conversations/seats.ts';
import { beginsAt, type Visit } from '../../conversations/visit.ts';
import { visitStateName } from '../../conversations/visit-acts.ts';
import { channelOf } from '../channels/channel.ts';
import { attendancePage, type ToSee } from '../posters/attendance.tsx';
import type { Raised, RsvpStore } from '../store/rsvps.ts';
import type { SeatStore } from '../store/seats.ts';
import type { TurnStore } from '../store/turns.ts';
import { seatedVisit } from '../store/visits.ts';

export interface PeopleDeps {
  seats: SeatStore;
  rsvps: RsvpStore;
  turns: Pick<TurnStore, 'find'>;
}

export interface Registered extends Pick<Party, 'state' | 'people' | 'here'> {
  code: string;
  language: string;
  /** Where they last wrote from; undefined where they have no address any more. */
  channel?: string;
  transport: boolean;
  /** They get no message about it any more. */
  silent: boolean;
}

/** Who comes and who waits, in the order in which they asked. */
export async function registeredAt(
  { seats, rsvps, turns }: PeopleDeps,
  { number }: Pick<Visit, 'number'>,
): Promise<Registered[]> {
  const all = await seats.read(number);
  const transport = new Set<string>();
  for await (const { hash, transport: fetched } of rsvps.answers(number)) if (fetched) transport.add(hash);
  const registered: Registered[] = [];
  for (const party of all?.parties ?? []) {
    if (party.state === 'left') continue;
    const item = await turns.find(party.hash);
    const { consent, muted, language = 'fr' } = item?.session ?? {};
    registered.push({
      code: codeOf(party),
      state: party.state,
      people: party.people,
      language,
      ...(item?.address && { channel: channelOf(item.address) }),
      transport: transport.has(party.hash),
      silent: !item || consent === 'stopped' || (muted?.includes('visit') ?? false),
      ...(party.here !== undefined && { here: party.here }),
    });
  }
  return registered;
}

/** P-12, Q-77, D-0532 */
export const raisedNumber = (letter: string, number: number): string =>
  `${letter}-${letter === 'D' ? String(number).padStart(4, '0') : number}`;

const KINDS = [
  ['subject', 'P', 'à voir sur place'],
  ['question', 'Q', 'questions'],
  ['request', 'D', 'signalements'],
] as const;

export interface RaisedKind {
  title: string;
  raised: (Omit<Raised, 'number'> & { number: string })[];
}

/** What is to be seen, asked and raised, by its number: of one visit, or of all. Kinds of which there is nothing are left out. */
export async function raisedAt(rsvps: Pick<RsvpStore, 'raised'>, visit?: string): Promise<RaisedKind[]> {
  const kinds: RaisedKind[] = [];
  for (const [kind, letter, title] of KINDS) {
    const raised: RaisedKind['raised'] = [];
    for await (const each of rsvps.raised(kind))
      if (visit === undefined || each.visit === visit)
        raised.push({ ...each, number: raisedNumber(letter, each.number) });
    if (raised.length > 0) kinds.push({ title, raised });
  }
  return kinds;
}

/** The sheet to print. `fonts`: as `attendancePage` has it. */
export async function sheetOf(
  { seats, rsvps }: Omit<PeopleDeps, 'turns'>,
  visit: Visit,
  { fonts, city }: { fonts: string; city: string },
): Promise<string> {
  const all = (await seats.read(visit.number)) ?? newSeats(visit.capacity);
  const subjects: ToSee[] = [];
  for await (const { visit: about, number, text, language, hash } of rsvps.raised('subject'))
    if (about === visit.id) subjects.push({ number: raisedNumber('P', number), text, language, hash });
  const fetched = new Set<string>();
  for await (const { hash, transport } of rsvps.answers(visit.number)) if (transport) fetched.add(hash);
  return attendancePage(visit, all, { subjects, fetched }, { fonts, city });
}

export interface Counted {
  code: string;
  /** As many as registered where it is left out; 0 takes it back. */
  people?: number;
}

/** Who was there, all or nothing: a code that was misread is looked at again first. `here`: how many people in all. */
export async function countHere(
  seats: SeatStore,
  visit: Visit,
  noted: readonly Counted[],
  { now, messageDays }: { now: Date; messageDays: number },
): Promise<{ here: number } | { refused: string }> {
  if (visit.state === 'cancelled' || visit.state === 'draft')
    return {
      refused: `la visite ${visit.id} est ${visitStateName(visit.state)}: elle n'a pas lieu, personne n'y est`,
    };
  if (now < beginsAt(visit))
    return { refused: `la visite ${visit.id} n'a pas commencé: personne n'y est encore` };
  const unknown: string[] = [];
  const all = await seats.change(seatedVisit(visit, messageDays), (before) => {
    unknown.length = 0;
    let after: Seats = before;
    for (const { code, people } of noted) {
      const next = noteHere(after, code, people);
      if (next) after = next;
      else unknown.push(code);
    }
    return unknown.length > 0 ? undefined : after;
  });
  return all
    ? { here: hereIn(all) }
    : { refused: `pas de code ${unknown.join(', ')} à la visite ${visit.id}: rien n'a été noté` };
}

export const hereIn = ({ parties }: Seats): number => parties.reduce((sum, { here = 0 }) => sum + here, 0);
