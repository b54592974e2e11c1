/**
 * `npm run contacts -- COMMANDE …`: the lists of the city and who is on them. `DATA_DIR` is honoured. Owns which commands
 * there are; nothing that is printed says who somebody is.
 */
import { describe } from '../functions/runtime/log.ts';
import { type Commands, runCommand, unknownCommand } from './command/run-command.ts';

const commands: Commands = {
  import: () => import('./contacts/import.ts'),
  remove: () => import('./contacts/remove.ts'),
  list: () => import('./contacts/list.ts'),
  lists: () => import('./contacts/lists.ts'),
  members: () => import('./contacts/members.ts'),
};

await runCommand(commands, {
  unknown: unknownCommand('contacts', commands),
  failed(error) {
    // Not its message, which may quote a number.
    const { error: kind, code } = describe(error);
    return `la commande n'a pas pu se faire: ${kind}${code ? ` ${code}` : ''}`;
  },
});
