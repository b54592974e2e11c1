/** `npm run announce -- approuver|programmer|suspendre|reprendre|annuler ID --de QUI …`: what is done with one. */
import { parseArgs } from 'node:util';
import { ParisTime } from '../../conversations/announcement.ts';
import {
  type Acted,
  approve,
  cancel,
  pause,
  resume,
  schedule,
} from '../../conversations/announcement-acts.ts';
import type { Kept } from '../../functions/store/announcements.ts';
import { Refused } from '../command/refused.ts';
import { estimateOf, priced } from './priced.ts';
import { findingLines, oneLine } from './said.ts';
import { find, personOf, type Saved, withAnnouncements } from './saved.ts';

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
    const findings = findingLines(acted.findings ?? []);
    if ('refused' in acted) throw new Refused([acted.refused, ...findings].join('\n'));
    const { announcement } = acted;
    const after =
      name === 'programmer'
        ? { ...announcement, estimate: estimateOf((await priced(saved, announcement)).price, saved.now) }
        : announcement;
    const said = note ?? given.verifie;
    const act = { by, what: name, at: saved.now, ...(said !== undefined && { note: said }) };
    if (!(await saved.announcements.write(before, after, act)))
      throw new Refused(
        `quelqu'un vient d'agir sur l'annonce ${id}: regardez-la de nouveau (voir ${id}), puis recommencez`,
      );
    console.log([oneLine(after), ...(acted.told ? [acted.told] : []), ...findings].join('\n'));
  });
}

function read(args: string[], name: string): Omit<Given, 'by'> & { id: string; de?: string; note?: string } {
  const usage = `usage: npm run announce -- ${name} ID --de QUI [--note "…"]${TAKES[name] ?? ''}`;
  const options = {
    de: { type: 'string' },
    note: { type: 'string' },
    ...(name === 'programmer' && { quand: { type: 'string' as const } }),
    ...(name === 'approuver' && { verifie: { type: 'string' as const } }),
  } as const;
  let parsed: { values: Record<string, string | boolean | undefined>; positionals: string[] };
  try {
    parsed = parseArgs({ args, options, allowPositionals: true });
  } catch {
    // parseArgs says it in English; the usage says it all.
    throw new Refused(usage);
  }
  const { values, positionals } = parsed;
  const [id, ...more] = positionals;
  if (id === undefined || more.length > 0) throw new Refused(usage);
  const { quand } = values;
  if (quand !== undefined && !(ParisTime.safeParse(quand).success && isDay(String(quand).slice(0, 10))))
    throw new Refused(
      `--quand est AAAA-MM-JJTHH:MM à l'heure de Paris, par exemple 2026-11-24T10:00, reçu « ${quand} »`,
    );
  return { id, ...(values as Omit<Given, 'by'> & { de?: string; note?: string }) };
}

/** 31 February is none. */
const isDay = (day: string): boolean => {
  const at = new Date(`${day}T12:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day);
};
