/** `npm run announce -- approuver|programmer|suspendre|reprendre|annuler ID --de QUI …`: what is done with one. */
import { type Announcement, ParisTime } from '../../conversations/announcement.ts';
import {
  type Acted,
  approve,
  cancel,
  pause,
  resume,
  schedule,
} from '../../conversations/announcement-acts.ts';
import type { Kept } from '../../functions/store/announcements.ts';
import { personOf } from '../command/person.ts';
import { isDay, readArgs } from '../command/read-args.ts';
import { Refused } from '../command/refused.ts';
import { writeThing } from '../command/things.ts';
import { estimateOf, priced } from './priced.ts';
import { oneLine } from './said.ts';
import { changedMeanwhile, find, type Saved, withAnnouncements } from './saved.ts';

interface Given {
  by: string;
  quand?: string;
  verifie?: string;
}

const ACTS: Record<string, (kept: Kept, given: Given, saved: Saved) => Acted> = {
  approuver: ({ announcement }, { by, verifie }, { now, around }) =>
    approve(announcement, { by, now }, around, verifie),
  programmer: ({ announcement }, { by, quand }, { now, around }) =>
    schedule(announcement, { by, now }, around, quand),
  suspendre: ({ announcement }) => pause(announcement),
  reprendre: ({ announcement }, { by }, { now, around }) => resume(announcement, { by, now }, around),
  annuler: ({ announcement }) => cancel(announcement),
};
/** What one of them takes besides who does it. */
const TAKES: Record<string, string> = {
  approuver: ' [--verifie "ce que vous avez vérifié"]',
  programmer: ' [--quand AAAA-MM-JJTHH:MM]',
};

export async function run(args: string[], name: string): Promise<void> {
  const { id, de, note, ...given } = read(args, name);
  const by = personOf(de);
  await withAnnouncements(async (saved) => {
    const before = await find(saved, id);
    const acted = (ACTS[name] as (typeof ACTS)[string])(before, { by, ...given }, saved);
    const said = note ?? given.verifie;
    const act = { by, what: name, at: saved.now, ...(said !== undefined && { note: said }) };
    await writeThing<Announcement>(
      { thing: await afterIt(acted, name, saved), ...acted },
      {
        write: (after) => saved.announcements.write(before, after, act),
        line: oneLine,
        changed: changedMeanwhile(id),
      },
    );
  });
}

/** Planned, it keeps what it was thought to cost. */
async function afterIt(acted: Acted, name: string, saved: Saved): Promise<Announcement | undefined> {
  if ('refused' in acted) return undefined;
  const { announcement } = acted;
  return name === 'programmer'
    ? { ...announcement, estimate: estimateOf((await priced(saved, announcement)).price, saved.now) }
    : announcement;
}

const OPTIONS = {
  de: { type: 'string' },
  note: { type: 'string' },
  quand: { type: 'string' },
  verifie: { type: 'string' },
} as const;
const ONLY: Record<string, string> = { quand: 'programmer', verifie: 'approuver' };

function read(args: string[], name: string): Omit<Given, 'by'> & { id: string; de?: string; note?: string } {
  const usage = `usage: npm run announce -- ${name} ID --de QUI [--note "…"]${TAKES[name] ?? ''}`;
  const { values, positionals } = readArgs(args, OPTIONS, usage);
  const [id, ...more] = positionals;
  const misplaced = Object.keys(values).some((each) => (ONLY[each] ?? name) !== name);
  if (id === undefined || more.length > 0 || misplaced) throw new Refused(usage);
  const { quand } = values;
  if (quand !== undefined && !(ParisTime.safeParse(quand).success && isDay(quand.slice(0, 10))))
    throw new Refused(
      `--quand est AAAA-MM-JJTHH:MM à l'heure de Paris, par exemple 2026-11-24T10:00, reçu « ${quand} »`,
    );
  return { id, ...values };
}
