/**
 * `npm run contacts -- remove ID`: takes one contact off a list. The number is read from the input, not from the command
 * line, which the shell's history keeps.
 */
import { createInterface } from 'node:readline/promises';
import { inParis } from '../../conversations/hours.ts';
import { parseNumber } from '../../functions/channels/numbers.ts';
import { removeContact } from '../../functions/runtime/enrol.ts';
import { readArgs } from '../command/read-args.ts';
import { Refused } from '../command/refused.ts';
import { listOf, withStore } from './of-city.ts';

const USAGE = `usage: npm run contacts -- remove LISTE [--demande]
  le numéro est demandé ensuite; --demande: la personne elle-même le veut`;

export async function run(args: string[]): Promise<void> {
  const { list: id, why } = readCommand(args);
  await withStore(async (deps) => {
    const list = await listOf(deps, id);
    const input = createInterface({ input: process.stdin, output: process.stderr });
    const typed = await input.question('Numéro: ').finally(() => input.close());
    const parsed = parseNumber(typed, { region: 'FR', fiction: deps.world.city.example });
    if ('invalid' in parsed) throw new Refused("ce n'est pas un numéro de téléphone: rien n'est changé");
    const on = inParis(deps.now()).date;
    const removed = await removeContact(deps, parsed.e164, { list: id, why, on });
    console.log(removed ? `retiré de « ${list.name} »` : `pas sur « ${list.name} »: rien n'est changé`);
  });
}

function readCommand(args: string[]): { list: string; why: 'asked' | 'staff' } {
  const { values, positionals } = readArgs(args, { demande: { type: 'boolean' } }, USAGE);
  const [list] = positionals;
  if (!list || positionals.length > 1) throw new Refused(USAGE);
  return { list, why: values.demande ? 'asked' : 'staff' };
}
