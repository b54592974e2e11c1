/**
 * `npm run survey -- COMMANDE …`: what staff do with surveys from a terminal. Owns which commands there are;
 * each is a file of `survey/`, loaded only when it is asked for.
 */
import { Refused } from './survey/refused.ts';

interface Command {
  /** Does the work and prints, in French. Throws `Refused` with a sentence for who typed it. */
  run(args: string[]): Promise<void>;
}

const commands: Record<string, () => Promise<Command>> = {
  import: () => import('./survey/import.ts'),
  export: () => import('./survey/export.ts'),
  lint: () => import('./survey/lint.ts'),
  diff: () => import('./survey/diff.ts'),
  preview: () => import('./survey/preview.ts'),
};

const [name = '', ...args] = process.argv.slice(2);
const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
try {
  if (!load)
    throw new Refused(
      `commande inconnue: « ${name} ». Usage: npm run survey -- ${Object.keys(commands).join('|')} …`,
    );
  await (await load()).run(args);
} catch (error) {
  if (!(error instanceof Refused)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
