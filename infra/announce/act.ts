/** `npm run announce -- proposer|retirer|approuver|programmer|suspendre|reprendre|annuler ID --de QUI …`: what is done with one. */
import { type Announcement, ParisTime } from '../../conversations/announcement.ts';
import { type ActName, actedOn } from '../../functions/runtime/act-on-announcement.ts';
import { personOf } from '../command/person.ts';
import { readArgs } from '../command/read-args.ts';
import { Refused } from '../command/refused.ts';
import { writeThing } from '../command/things.ts';
import { counting } from './counting.ts';
import { oneLine } from './said.ts';
import { changedMeanwhile, find, withAnnouncements } from './saved.ts';

/** What one of them takes besides who does it. */
const TAKES: Record<string, string> = {
  approuver: ' [--verifie "ce que vous avez vérifié"]',
  programmer: ' [--quand AAAA-MM-JJTHH:MM]',
};

export async function run(args: string[], name: string): Promise<void> {
  const { id, de, note, quand, verifie } = read(args, name);
  const by = personOf(de);
  await withAnnouncements(async (saved) => {
    const before = await find(saved, id);
    const { now, around } = saved;
    const given = { by, now, at: quand, reviewed: verifie };
    const acted = await actedOn(name as ActName, before, given, { around, counting: counting(saved) });
    const said = note ?? verifie;
    const act = { by, what: name, at: now, ...(said !== undefined && { note: said }) };
    await writeThing<Announcement>(
      { thing: 'refused' in acted ? undefined : acted.announcement, ...acted },
      {
        write: (after) => saved.announcements.write(before, after, act),
        line: oneLine,
        changed: changedMeanwhile(id),
      },
    );
  });
}

const OPTIONS = {
  de: { type: 'string' },
  note: { type: 'string' },
  quand: { type: 'string' },
  verifie: { type: 'string' },
} as const;
const ONLY: Record<string, string> = { quand: 'programmer', verifie: 'approuver' };

function read(args: string[], name: string) {
  const usage = `usage: npm run announce -- ${name} ID --de QUI [--note "…"]${TAKES[name] ?? ''}`;
  const { values, positionals } = readArgs(args, OPTIONS, usage);
  const [id, ...more] = positionals;
  const misplaced = Object.keys(values).some((each) => (ONLY[each] ?? name) !== name);
  if (id === undefined || more.length > 0 || misplaced) throw new Refused(usage);
  const { quand } = values;
  if (quand !== undefined && !ParisTime.safeParse(quand).success)
    throw new Refused(
      `--quand est AAAA-MM-JJTHH:MM à l'heure de Paris, par exemple 2026-11-24T10:00, reçu « ${quand} »`,
    );
  return { id, ...values };
}
