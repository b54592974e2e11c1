/**
 * `npm run visit -- programme --de QUI [--essai]`: a draft for every quartier without a visit within a year, spread over
 * the twelve months to come. Staff complete them (`modifier`), another person approves each; done again it adds nothing.
 */
import { places } from '../../conversations/city.ts';
import { parisTime } from '../../conversations/hours.ts';
import { type Visit, visitId } from '../../conversations/visit.ts';
import { visitOf } from '../../conversations/visit-acts.ts';
import { lintVisit } from '../../conversations/visit-lint.ts';
import { programme } from '../../conversations/visit-programme.ts';
import { findingLines } from '../command/findings.ts';
import { personOf } from '../command/person.ts';
import { readArgs } from '../command/read-args.ts';
import { Refused } from '../command/refused.ts';
import { visitLine } from './said.ts';
import { withVisits } from './saved.ts';

const OPTIONS = {
  de: { type: 'string' },
  sans: { type: 'string', multiple: true },
  essai: { type: 'boolean', default: false },
} as const;
const USAGE =
  'usage: npm run visit -- programme --de QUI [--sans QUARTIER]… [--essai: montrer sans rien écrire]';

export async function run(args: string[]): Promise<void> {
  const { values, positionals } = readArgs(args, OPTIONS, USAGE);
  const { sans = [] } = values;
  if (positionals.length > 0) throw new Refused(USAGE);
  const by = personOf(values.de);
  await withVisits(async (saved) => {
    const { city, visits, now } = saved.around;
    const known = places(city).map(({ id }) => id);
    const strange = sans.filter((id) => !known.includes(id));
    if (strange.length > 0)
      throw new Refused(`--sans est un quartier (${known.join(', ')}), reçu « ${strange.join(', ')} »`);
    const made = programme(city, visits, now, sans);
    if ('refused' in made) throw new Refused(made.refused);
    const all: Visit[] = [...visits];
    for (const { draft, after, incomplete } of made.proposed) {
      const make = (number: number): Visit => visitOf(draft, visitId(number, parisTime(now)), number, by);
      const what = { by, what: 'programme', at: now, note: `d'après ${after}` };
      const visit = values.essai
        ? make((all.at(-1)?.number ?? 0) + 1)
        : (await saved.visits.create(make, what)).thing;
      all.push(visit);
      const note = incomplete ? `  le lieu est à préciser: modifier ${visit.id} --lieu …` : '';
      console.log(`${visitLine(visit)}  (comme ${after})${note}`);
      const unwise = lintVisit(visit, { ...saved.around, visits: all });
      for (const line of findingLines(unwise.filter(({ rule }) => rule !== 'no-place'))) console.log(line);
    }
    const count = made.proposed.length;
    if (count === 0) console.log('rien à ajouter: chaque quartier a une visite en un an');
    else if (values.essai) console.log(`essai: rien n'a été écrit (${count} à prévoir)`);
    else console.log('à compléter (modifier), puis à valider par une autre personne (approuver)');
  });
}
