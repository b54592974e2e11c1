/**
 * The minute's look at lives: ends what is over, and makes the messages that follow from a live, each once (`tied.ts`):
 * the link to who wants it, a change, what became of each question.
 */
import type { Announcement } from '../../conversations/announcement.ts';
import { DAY, HOUR, nextPermitted } from '../../conversations/hours.ts';
import { beginsAt, isOn, type Live, linkAt, overAt } from '../../conversations/live.ts';
import { finishLive } from '../../conversations/live-acts.ts';
import type { Board } from '../../conversations/live-board.ts';
import { type Notice, noticeOf } from '../../conversations/live-notices.ts';
import type { Entry } from '../store/journal.ts';
import type { Deps } from './deps.ts';
import { describe } from './log.ts';
import { AHEAD, callOff, SERVICE, scheduleNoted, tiedAnnouncement } from './tied.ts';

/** Answers are promised within days; after this long nobody waits for one. */
const LOOKED_AT = 35 * DAY;
/** A change or a link that comes later than this says nothing true any more. */
const STALE = HOUR;

interface Due {
  /** As the live notes it. */
  name: string;
  notice: Notice;
  who: string;
  at: Date;
  approved: { by: string; at: string };
}

/** One live's failure is not another's. */
export async function lookAfterLives(deps: Deps): Promise<void> {
  for await (const entry of deps.lives.list())
    await look(deps, entry).catch((error) => deps.log.error('live-failed', describe(error)));
}

async function look(deps: Deps, entry: Entry<Live>): Promise<void> {
  const now = deps.now();
  // One that was never open has nothing to say; one that is changed has called off what it had.
  if (!entry.thing.approved || now.getTime() - overAt(entry.thing).getTime() > LOOKED_AT) return;
  if (entry.thing.state === 'draft') {
    await callOffOf(deps, entry.thing);
    return;
  }
  const ended = finishLive(entry.thing, now);
  let current = ended ? await write(deps, entry, ended, 'terminer') : entry;
  if (!current) return;
  const { board } = await deps.lives.board(current.thing.number);
  for (const due of dueOf(current.thing, board, deps)) {
    current = await plan(deps, current, board, due);
    if (!current) return;
  }
  await scheduleNoted(deps, current.thing.planned);
}

const write = async (deps: Deps, before: Entry<Live>, to: Live, what: string) =>
  (await deps.lives.write(to.number, before, to, { by: SERVICE, what, at: deps.now() })) || undefined;

/** What is to be made now and is not noted yet. */
const dueOf = (live: Live, board: Board, { now, world }: Pick<Deps, 'now' | 'world'>): Due[] =>
  plannedFor(live, board, world.city.sending).filter(
    ({ name, at }) => live.planned[name] === undefined && at.getTime() - AHEAD <= now().getTime(),
  );

function plannedFor(live: Live, board: Board, sending: Deps['world']['city']['sending']): Due[] {
  const { approved, cancelled, moves, state } = live;
  if (!approved) return [];
  const after = (at: string): Date => new Date(Date.parse(at) + AHEAD);
  const due = ofQuestions(board);
  if (cancelled) {
    const at = after(cancelled.at);
    const off: Due = {
      name: 'cancelled',
      notice: { about: 'cancelled', at },
      who: 'concerned',
      at,
      approved: { by: cancelled.by, at: cancelled.at },
    };
    return [off, ...due];
  }
  if (!isOn(live)) return due;
  const link = linkAt(live, sending, new Date(approved.at));
  if (link)
    due.push({ name: 'link', notice: { about: 'link', at: link }, who: 'interested', at: link, approved });
  // What was begun by hand needs no word of another hour.
  if (moves.length > 0 && state === 'open') {
    const at = after(approved.at);
    due.push({
      name: `moved#${moves.length}`,
      notice: { about: 'moved', at },
      who: 'concerned',
      at,
      approved,
    });
  }
  return due;
}

/** One for each group of questions, once another person has read it. */
const ofQuestions = ({ questions }: Board): Due[] =>
  questions.flatMap(({ number, into, state, signed }): Due[] => {
    if (into !== undefined || !signed || (state !== 'answered' && state !== 'refused')) return [];
    const about = state === 'answered' ? 'answer' : 'refused';
    const at = new Date(Date.parse(signed.at) + AHEAD);
    return [
      {
        name: `${about}#${number}`,
        notice: { about, question: number },
        who: `asked#${number}`,
        at,
        approved: signed,
      },
    ];
  });

/** Made and noted, or noted that it has no use any more. Undefined where another has acted meanwhile. */
async function plan(
  deps: Deps,
  entry: Entry<Live>,
  board: Board,
  due: Due,
): Promise<Entry<Live> | undefined> {
  const now = deps.now();
  const live = entry.thing;
  const { about } = due.notice;
  const earliest = nextPermitted(due.at > now ? due.at : now, deps.world.city.sending);
  const until = about === 'cancelled' ? overAt(live) : beginsAt(live);
  const before = about === 'link' || about === 'moved' || about === 'cancelled';
  const tooLate = before && earliest >= until;
  const stale = about === 'link' && now.getTime() - due.at.getTime() > STALE;
  if (before && !(await callOffOf(deps, live))) return undefined;
  const id = tooLate || stale ? 'none' : await made(deps, { live, board }, due);
  const noted: Live = { ...live, planned: { ...live.planned, [due.name]: id } };
  return write(deps, entry, noted, `message ${due.name}`);
}

/** Of a live that is called off all but what becomes of its questions; of one that is changed its link as it was. */
function callOffOf(deps: Deps, { id, state, planned }: Live): Promise<boolean> {
  const noted = Object.values(planned);
  const isVoid = ({ live, tied, about, id: own }: Announcement): boolean =>
    live === id &&
    about !== 'answer' &&
    about !== 'refused' &&
    (state === 'cancelled' || (tied !== undefined && !noted.includes(own)));
  return callOff(deps, `direct ${id}`, isVoid);
}

function made(
  deps: Deps,
  staged: { live: Live; board: Board },
  { name, notice, who, at, approved }: Due,
): Promise<string> {
  const { city } = deps.world;
  const { live } = staged;
  return tiedAnnouncement(deps, {
    tied: `${live.id}#${name}`,
    author: live.author,
    approved,
    what: `message du direct ${live.id}`,
    at,
    draft: {
      kind: 'live',
      texts: Object.fromEntries(
        city.languages.map((language) => [language, noticeOf(staged, notice, language, city)]),
      ),
      live: live.id,
      about: notice.about,
      ...('question' in notice && { question: notice.question }),
      audience: { group: { event: live.id, who } },
    },
  });
}

/** When there is something to do next: for a clock that is turned forward. */
export async function nextLiveFollowUp(deps: Deps, upTo: Date): Promise<Date | undefined> {
  const { sending } = deps.world.city;
  const times: Date[] = [];
  for await (const { thing: live } of deps.lives.list()) {
    if (live.state === 'draft') continue;
    const { board } = await deps.lives.board(live.number);
    for (const { name, at } of plannedFor(live, board, sending))
      if (live.planned[name] === undefined) times.push(new Date(at.getTime() - AHEAD));
    if (isOn(live)) times.push(overAt(live));
  }
  return times.filter((time) => time <= upTo).sort((a, b) => a.getTime() - b.getTime())[0];
}
