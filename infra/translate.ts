/**
 * `npm run translate -- COMMANDE …`: our texts and those of surveys to translators and back, as PO or CSV files.
 * Owns which commands there are; docs/translating.md says how they are used.
 */
import { type Commands, runCommand } from './command/run-command.ts';
import { USAGE } from './translate/options.ts';

const commands: Commands = {
  export: () => import('./translate/export.ts'),
  import: () => import('./translate/import.ts'),
  status: () => import('./translate/status.ts'),
};

await runCommand(commands, {
  unknown: () => USAGE,
  // parseArgs says in English what it did not know; the usage says it all.
  failed: (error) => ((error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS') ? USAGE : undefined),
});
