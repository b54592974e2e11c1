/**
 * `npm run contacts -- COMMANDE …`: the lists of the city and who is on them. `DATA_DIR` is honoured. Owns which commands
 * there are; nothing that is printed says who somebody is.
 */
import { describe } from '../functions/runtime/log.ts';
import { Refused } from './survey/refused.ts';

interface Command {
  /** Does the work and prints, in French. Throws `Refused` with a sentence for who typed it. */
  run(args: string[]): Promise<void>;
}

const commands: Record<string, () => Promise<Command>> = {
  import: () => import('./contacts/import.ts'),
  remove: () => import('./contacts/remove.ts'),
  list: () => import('./contacts/list.ts'),
  lists: () => import('./contacts/lists.ts'),
  members: () => import('./contacts/members.ts'),
};

const [name = '', ...args] = process.argv.slice(2);
const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
try {
  if (!load)
    throw new Refused(
      `commande inconnue: « ${name} ». Usage: npm run contacts -- ${Object.keys(commands).join('|')} …`,
    );
  await (await load()).run(args);
} catch (error) {
  if (error instanceof Refused) console.error(error.message);
  else {
    // Not its message, which may quote a number.
    const { error: kind, code } = describe(error);
    console.error(`la commande n'a pas pu se faire: ${kind}${code ? ` ${code}` : ''}`);
  }
  process.exitCode = 1;
}
