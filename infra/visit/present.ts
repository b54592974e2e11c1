/** `npm run visit -- presents ID V-018 V-026=2 …`: who was there, by the codes on the sheet; `=0` takes it back. */
import { noteHere, type Seats } from '../../conversations/seats.ts';
import { beginsAt } from '../../conversations/visit.ts';
import { visitStateName } from '../../conversations/visit-acts.ts';
import { seatedVisit } from '../../functions/store/visits.ts';
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
    if (visit.state === 'cancelled' || visit.state === 'draft')
      throw new Refused(
        `la visite ${visit.id} est ${visitStateName(visit.state)}: elle n'a pas lieu, personne n'y est`,
      );
    if (saved.now < beginsAt(visit))
      throw new Refused(`la visite ${visit.id} n'a pas commencé: personne n'y est encore`);
    const unknown: string[] = [];
    const all = await saved.seats.change(seatedVisit(visit, saved.messageDays), (seats) => {
      unknown.length = 0;
      let after: Seats = seats;
      for (const { code, people } of noted) {
        const next = noteHere(after, code, people);
        if (next) after = next;
        else unknown.push(code);
      }
      // All or nothing: a code that was misread is looked at again first.
      return unknown.length > 0 ? undefined : after;
    });
    if (!all)
      throw new Refused(`pas de code ${unknown.join(', ')} à la visite ${visit.id}: rien n'a été noté`);
    const here = all.parties.reduce((sum, party) => sum + (party.here ?? 0), 0);
    console.log(`${visit.id}: ${peopleWord(here)} sur place`);
  });
}

function codeIn(given: string): { code: string; people?: number } {
  const [, digits, people] = /^V-?(\d{3,5})(?:=(\d{1,2}))?$/i.exec(given) ?? [];
  if (digits === undefined) throw new Refused(`un code est V-018 ou V-018=2, reçu « ${given} »`);
  return { code: `V-${digits}`, ...(people !== undefined && { people: Number(people) }) };
}
