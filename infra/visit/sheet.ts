/** `npm run visit -- feuille ID [--sortie FICHIER.html]`: the attendance sheet, a page to print from a browser. */
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { newSeats } from '../../conversations/seats.ts';
import { fontFiles } from '../../functions/pages/fonts.ts';
import { attendancePage, type ToSee } from '../../functions/posters/attendance.tsx';
import { readArgs } from '../command/read-args.ts';
import { Refused } from '../command/refused.ts';
import { numberOf } from './raised.ts';
import { findVisit, withVisits } from './saved.ts';

const USAGE = 'usage: npm run visit -- feuille ID [--sortie FICHIER.html]';
const FONTS = 'fonts';

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
    const folder = path.join(path.dirname(file), FONTS);
    try {
      await mkdir(folder, { recursive: true });
      for (const font of fontFiles()) await copyFile(font, path.join(folder, path.basename(font)));
      await writeFile(file, page);
    } catch (cause) {
      throw new Refused(`impossible d'écrire « ${file} »: ${(cause as NodeJS.ErrnoException).code}`, {
        cause,
      });
    }
    console.log(`${file}: ouvrez-la dans un navigateur et imprimez-la (A4)`);
  });
}
