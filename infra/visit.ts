/**
 * `npm run visit -- COMMANDE …`: visits from a terminal, until the console does it. Owns which commands there are; each
 * is in a file of `visit/`, loaded only when it is asked for.
 */
import { type Commands, runCommand, unknownCommand } from './command/run-command.ts';

const commands: Commands = {
  nouvelle: async () => (await import('./visit/write.ts')).created,
  modifier: async () => (await import('./visit/write.ts')).changed,
  approuver: async () => (await import('./visit/act.ts')).approving,
  liste: () => import('./visit/list.ts'),
  voir: () => import('./visit/show.ts'),
  inviter: () => import('./visit/invite.ts'),
  inscrits: () => import('./visit/registered.ts'),
  feuille: () => import('./visit/sheet.ts'),
  presents: () => import('./visit/present.ts'),
  deplacer: async () => (await import('./visit/act.ts')).moving,
  annuler: async () => (await import('./visit/act.ts')).cancelling,
  sujets: () => import('./visit/raised.ts'),
  bilan: async () => (await import('./visit/act.ts')).reporting,
  couverture: () => import('./visit/coverage.ts'),
  programme: () => import('./visit/programme.ts'),
};

await runCommand(commands, { unknown: unknownCommand('visit', commands) });
