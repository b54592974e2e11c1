/**
 * `npm run survey -- COMMANDE …`: what staff do with surveys from a terminal. Owns which commands there are;
 * each is a file of `survey/`.
 */
import { type Commands, runCommand, unknownCommand } from './command/run-command.ts';

const commands: Commands = {
  import: () => import('./survey/import.ts'),
  export: () => import('./survey/export.ts'),
  lint: () => import('./survey/lint.ts'),
  diff: () => import('./survey/diff.ts'),
  preview: () => import('./survey/preview.ts'),
};

await runCommand(commands, { unknown: unknownCommand('survey', commands) });
