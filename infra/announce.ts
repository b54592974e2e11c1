/**
 * `npm run announce -- COMMANDE …`: announcements from a terminal, until the console does it. Owns which commands there
 * are; each is in a file of `announce/`, loaded only when it is asked for.
 */
import { Refused } from './command/refused.ts';

interface Command {
  /** Does the work and prints, in French. Throws `Refused` with a sentence for who typed it. */
  run(args: string[], name: string): Promise<void>;
}

const write = () => import('./announce/write.ts');
const act = () => import('./announce/act.ts');
const commands: Record<string, () => Promise<Command>> = {
  nouvelle: write,
  modifier: write,
  liste: () => import('./announce/list.ts'),
  voir: () => import('./announce/show.ts'),
  apercu: () => import('./announce/preview.ts'),
  compter: () => import('./announce/count.ts'),
  bilan: () => import('./announce/report.ts'),
  relance: () => import('./announce/remind.ts'),
  essai: () => import('./announce/try-out.ts'),
  retenus: () => import('./announce/held.ts'),
  proposer: act,
  retirer: act,
  approuver: act,
  programmer: act,
  suspendre: act,
  reprendre: act,
  annuler: act,
};

const [name = '', ...args] = process.argv.slice(2);
const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
try {
  if (!load)
    throw new Refused(
      `commande inconnue: « ${name} ». Usage: npm run announce -- ${Object.keys(commands).join('|')} …`,
    );
  await (await load()).run(args, name);
} catch (error) {
  if (!(error instanceof Refused)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
