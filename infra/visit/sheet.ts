/** `npm run visit -- feuille ID [--sortie FICHIER.html]`: the attendance sheet, a page to print from a browser. */
import path from 'node:path';
import { sheetOf } from '../../functions/runtime/visit-people.ts';
import { FONTS, writePage } from '../command/page-file.ts';
import { readArgs } from '../command/read-args.ts';
import { Refused } from '../command/refused.ts';
import { findVisit, withVisits } from './saved.ts';

const USAGE = 'usage: npm run visit -- feuille ID [--sortie FICHIER.html]';

export async function run(args: string[]): Promise<void> {
  const { values, positionals } = readArgs(args, { sortie: { type: 'string' } } as const, USAGE);
  const [id, ...more] = positionals;
  if (id === undefined || more.length > 0) throw new Refused(USAGE);
  await withVisits(async (saved) => {
    const { thing: visit } = await findVisit(saved, id);
    const file = path.resolve(values.sortie ?? `feuille-${visit.id}.html`);
    const page = await sheetOf(saved, visit, { fonts: FONTS, city: saved.around.city.name });
    await writePage(file, page);
    console.log(`${file}: ouvrez-la dans un navigateur et imprimez-la (A4)`);
  });
}
