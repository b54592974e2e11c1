/** `npm run visit -- feuille ID [--sortie FICHIER.html]`: the attendance sheet, a page to print from a browser. */
import path from 'node:path';
import { newSeats } from '../../conversations/seats.ts';
import { attendancePage, type ToSee } from '../../functions/posters/attendance.tsx';
import { FONTS, writePage } from '../command/page-file.ts';
import { readArgs } from '../command/read-args.ts';
import { Refused } from '../command/refused.ts';
import { numberOf } from './raised.ts';
import { findVisit, withVisits } from './saved.ts';

const USAGE = 'usage: npm run visit -- feuille ID [--sortie FICHIER.html]';

export async function run(args: string[]): Promise<void> {
  const { values, positionals } = readArgs(args, { sortie: { type: 'string' } } as const, USAGE);
  const [id, ...more] = positionals;
  if (id === undefined || more.length > 0) throw new Refused(USAGE);
  await withVisits(async (saved) => {
    const { thing: visit } = await findVisit(saved, id);
    const seats = (await saved.seats.read(visit.number)) ?? newSeats(visit.capacity);
    const subjects: ToSee[] = [];
    for await (const { visit: about, number, text, hash } of saved.rsvps.raised('subject'))
      if (about === visit.id) subjects.push({ number: numberOf('P', number), text, hash });
    const file = path.resolve(values.sortie ?? `feuille-${visit.id}.html`);
    const fetched = new Set<string>();
    for await (const { hash, transport } of saved.rsvps.answers(visit.number))
      if (transport) fetched.add(hash);
    const page = await attendancePage(
      visit,
      seats,
      { subjects, fetched },
      {
        fonts: FONTS,
        city: saved.around.city.name,
      },
    );
    await writePage(file, page);
    console.log(`${file}: ouvrez-la dans un navigateur et imprimez-la (A4)`);
  });
}
