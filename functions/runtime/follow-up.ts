/**
 * The minute's look at visits: ends what is over, makes the messages that follow from a visit, each once (`tied.ts`), and
 * tells who has moved up.
 */
import { followUps } from '../../conversations/follow-up.ts';
import { DAY, nextPermitted } from '../../conversations/hours.ts';
import { codeOf, movedUp, type Party, told } from '../../conversations/seats.ts';
import { beginsAt, endsAt, type Visit } from '../../conversations/visit.ts';
import { finishVisit, REPORT_DAYS } from '../../conversations/visit-end.ts';
import { noticeText } from '../../conversations/visit-words.ts';
import type { Entry } from '../store/journal.ts';
import { seenBefore } from '../store/turn-item.ts';
import { seatedVisit } from '../store/visits.ts';
import type { Deps } from './deps.ts';
import { handOver } from './hand-over.ts';
import { describe } from './log.ts';
import { move, settle } from './take-turn.ts';
import { AHEAD, callOff, SERVICE, scheduleNoted, tiedAnnouncement } from './tied.ts';

/** What is noted on a visit is scheduled within this time, or is of no use any more. */
const LOOKED_AT = (REPORT_DAYS + 7) * DAY;

type About = 'reminder' | 'moved' | 'cancelled' | 'report';
interface Due {
  /** As the visit notes it. */
  name: string;
  about: About;
  who: 'coming' | 'registered' | 'took-part';
  at: Date;
}

/** One visit's failure is not another's. */
export async function lookAfterVisits(deps: Deps): Promise<void> {
  for await (const entry of deps.visits.list())
    await look(deps, entry).catch((error) => deps.log.error('visit-failed', describe(error)));
}

async function look(deps: Deps, entry: Entry<Visit>): Promise<void> {
  const now = deps.now();
  const { state } = entry.thing;
  if (state === 'draft' || now.getTime() - endsAt(entry.thing).getTime() > LOOKED_AT) return;
  let current = entry;
  const ended = finishVisit(entry.thing, now);
  if (ended) {
    const written = await write(deps, current, ended, 'terminer');
    if (!written) return;
    current = written;
  }
  for (const due of dueOf(current.thing, deps)) {
    const made = await plan(deps, current, due);
    if (!made) return;
    current = made;
  }
  await scheduleNoted(deps, current.thing.planned);
  if (current.thing.state === 'open') await tellMovedUp(deps, current.thing);
}

/** What is to be made now and is not noted yet. */
function dueOf(visit: Visit, { now, world }: Pick<Deps, 'now' | 'world'>): Due[] {
  const at = now();
  return plannedFor(visit, world.city.sending).filter(
    (due) => visit.planned[due.name] === undefined && due.at.getTime() - AHEAD <= at.getTime(),
  );
}

function plannedFor(visit: Visit, sending: Deps['world']['city']['sending']): Due[] {
  const { state, approved, moves, cancelled, report, day } = visit;
  if (!approved) return [];
  const begins = beginsAt(visit);
  const all = followUps({ day, begins }, sending, new Date(moves.at(-1)?.at ?? approved.at));
  const momentOf = (name: string): Date | undefined => all.find((each) => each.name === name)?.at;
  const due: Due[] = [];
  const add = (name: string, about: About, who: Due['who'], at: Date | undefined): void => {
    if (at) due.push({ name, about, who, at });
  };
  if (state === 'cancelled' && cancelled) {
    add('cancelled', 'cancelled', 'registered', new Date(Date.parse(cancelled.at) + AHEAD));
    return due;
  }
  if (state === 'open') {
    const last = moves.at(-1);
    if (last) add(`moved#${moves.length}`, 'moved', 'registered', new Date(Date.parse(last.at) + AHEAD));
    add('week', 'reminder', 'coming', momentOf('week'));
    add('eve', 'reminder', 'coming', momentOf('eve'));
  }
  if (report?.approved) {
    const earliest = momentOf('after') ?? endsAt(visit);
    const approvedAt = new Date(Date.parse(report.approved.at) + AHEAD);
    add('report', 'report', 'took-part', approvedAt > earliest ? approvedAt : earliest);
  }
  return due;
}

/** Made and noted, or noted that it has no use any more. Undefined where another has acted meanwhile. */
async function plan(deps: Deps, entry: Entry<Visit>, due: Due): Promise<Entry<Visit> | undefined> {
  const now = deps.now();
  const before = entry.thing;
  const isBefore = due.about === 'reminder' || due.about === 'moved' || due.about === 'cancelled';
  const earliest = nextPermitted(due.at > now ? due.at : now, deps.world.city.sending);
  const tooLate = isBefore && earliest >= beginsAt(before);
  // A reminder of last evening, after a night without us, would come beside the next.
  const stale = due.about === 'reminder' && now.getTime() - due.at.getTime() > DAY / 2;
  const visit =
    due.name === 'eve' || due.name === 'week'
      ? { ...before, subjects: await subjectsOf(deps, before) }
      : before;
  if ((due.about === 'moved' || due.about === 'cancelled') && !(await callOffOf(deps, before)))
    return undefined;
  const id = tooLate || stale ? 'none' : await made(deps, visit, due);
  const noted: Visit = { ...visit, planned: { ...visit.planned, [due.name]: id } };
  return (await write(deps, entry, noted, `message ${due.name}`)) || undefined;
}

const write = (deps: Deps, entry: Entry<Visit>, to: Visit, what: string) =>
  deps.visits.write(to.number, entry, to, { by: SERVICE, what, at: deps.now() });

async function subjectsOf(deps: Deps, { id }: Visit): Promise<number> {
  let count = 0;
  for await (const each of deps.rsvps.raised('subject')) if (each.visit === id) count += 1;
  return count;
}

/**
 * Of a visit that is called off all that was to go out about it, of one that is moved its old reminders (an invitation
 * says the new day by itself).
 */
function callOffOf(deps: Deps, { id, state, planned }: Visit): Promise<boolean> {
  const noted = Object.values(planned);
  return callOff(
    deps,
    `visite ${id}`,
    ({ visit, tied, id: own }) => visit === id && (state === 'cancelled' || (!!tied && !noted.includes(own))),
  );
}

/** Approved with its visit: two people have said that it takes place, and that those who come are told. */
function made(deps: Deps, visit: Visit, { name, about, who, at }: Due): Promise<string> {
  const { city } = deps.world;
  const texts = Object.fromEntries(
    city.languages.map((language) => [
      language,
      about === 'report'
        ? (visit.report?.texts[language] ?? visit.report?.texts.fr ?? '')
        : noticeText(visit, about, language, city, at),
    ]),
  );
  const approved =
    (about === 'report' && visit.report?.approved) || (visit.approved as NonNullable<Visit['approved']>);
  return tiedAnnouncement(deps, {
    tied: `${visit.id}#${name}`,
    author: visit.author,
    approved,
    what: `message de la visite ${visit.id}`,
    at,
    draft: { kind: 'visit', texts, visit: visit.id, about, audience: { group: { event: visit.id, who } } },
  });
}

/** In permitted hours, by a turn of their own; noted when the turn stands, so that nobody is told twice. */
async function tellMovedUp(deps: Deps, visit: Visit): Promise<void> {
  const now = deps.now();
  if (nextPermitted(now, deps.world.city.sending) > now || now >= beginsAt(visit)) return;
  const seats = await deps.seats.read(visit.number);
  for (const party of seats ? movedUp(seats) : []) await tellOne(deps, visit, party);
}

async function tellOne(deps: Deps, visit: Visit, party: Party): Promise<void> {
  const id = `wv${visit.number}-${party.number}`;
  const item = await deps.turns.find(party.hash);
  if (item && item.session.id !== '') {
    // The place is kept, and they hear of it afterwards.
    if ((await tellableFrom(deps, party)) > deps.now()) return;
    if (item.pending) await settle(deps, item);
    const { people } = party;
    const event = { type: 'movedUp', id, visit: visit.id, code: codeOf(party), people } as const;
    const saved = seenBefore(item, id) ? item : await move(deps, item, event, 'api');
    // Another turn came between: the next minute sees what it left.
    if (!saved) return;
    if (saved.reply?.id === id) await handOver(deps, saved, saved !== item);
  }
  await deps.seats.change(seatedVisit(visit, deps.world.city.notice.messageDays), (all) =>
    told(all, party.resident, party.number),
  );
}

/** In permitted hours, and not while a person of the city is speaking with them. */
async function tellableFrom({ now, turns, world }: Deps, { hash }: Party): Promise<Date> {
  const relieved = new Date((await turns.find(hash))?.session.relieved?.until ?? 0);
  return nextPermitted(relieved > now() ? relieved : now(), world.city.sending);
}

/** When there is something to do next: for a clock that is turned forward. */
export async function nextFollowUp(deps: Deps, upTo: Date): Promise<Date | undefined> {
  const { sending } = deps.world.city;
  const times: Date[] = [];
  for await (const { thing: visit } of deps.visits.list()) {
    if (visit.state === 'draft') continue;
    for (const { name, at } of plannedFor(visit, sending))
      if (visit.planned[name] === undefined) times.push(new Date(at.getTime() - AHEAD));
    if (visit.state !== 'open') continue;
    times.push(endsAt(visit));
    const seats = await deps.seats.read(visit.number);
    for (const party of seats ? movedUp(seats) : []) {
      const told = await tellableFrom(deps, party);
      if (told < beginsAt(visit)) times.push(told);
    }
  }
  return times.filter((time) => time <= upTo).sort((a, b) => a.getTime() - b.getTime())[0];
}
