/**
 * `npm run translate -- COMMANDE …`: our texts and those of surveys to translators and back, as PO or CSV files.
 * Owns which commands there are; docs/translating.md says how they are used.
 */
import { Refused } from './survey/refused.ts';
import { USAGE } from './translate/options.ts';

interface Command {
  /** Does the work and prints, in French. Throws `Refused` with a sentence for who typed it. */
  run(args: string[]): Promise<void>;
}

const commands: Record<string, () => Promise<Command>> = {
  export: () => import('./translate/export.ts'),
  import: () => import('./translate/import.ts'),
  status: () => import('./translate/status.ts'),
};

const [name = '', ...args] = process.argv.slice(2);
const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
try {
  if (!load) throw new Refused(USAGE);
  await (await load()).run(args);
} catch (error) {
  // parseArgs says in English what it did not know; the usage says it all.
  const isUnknown = (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS');
  if (!(error instanceof Refused) && !isUnknown) throw error;
  console.error(isUnknown ? USAGE : (error as Refused).message);
  process.exitCode = 1;
}
