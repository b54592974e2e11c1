/** `npm run visit -- presents ID V-018 V-026=2 …`: who was there, by the codes on the sheet; `=0` takes it back. */
import { type Counted, countHere } from '../../functions/runtime/visit-people.ts';
import { personOf } from '../command/person.ts';
import { readArgs } from '../command/read-args.ts';
import { Refused } from '../command/refused.ts';
import { peopleWord } from './said.ts';
import { findVisit, withVisits } from './saved.ts';

const USAGE = 'usage: npm run visit -- presents ID --de QUI CODE[=N]…, par exemple: V-018 V-026=2';

export async function run(args: string[]): Promise<void> {
  const { values, positionals } = readArgs(args, { de: { type: 'string' } } as const, USAGE);
  personOf(values.de);
  const [id, ...codes] = positionals;
  if (id === undefined || codes.length === 0) throw new Refused(USAGE);
  const noted = codes.map(codeIn);
  await withVisits(async (saved) => {
    const { thing: visit } = await findVisit(saved, id);
    const counted = await countHere(saved.seats, visit, noted, saved);
    if ('refused' in counted) throw new Refused(counted.refused);
    console.log(`${visit.id}: ${peopleWord(counted.here)} sur place`);
  });
}

function codeIn(given: string): Counted {
  const [, digits, people] = /^V-?(\d{3,5})(?:=(\d{1,2}))?$/i.exec(given) ?? [];
  if (digits === undefined) throw new Refused(`un code est V-018 ou V-018=2, reçu « ${given} »`);
  return { code: `V-${digits}`, ...(people !== undefined && { people: Number(people) }) };
}
