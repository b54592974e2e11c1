/**
 * `npm run live -- COMMANDE …`: lives and their questions from a terminal, until the console does it. Owns which commands
 * there are; each is in a file of `live/`, loaded only when it is asked for.
 */
import { type Commands, runCommand, unknownCommand } from './command/run-command.ts';

const commands: Commands = {
  nouvelle: async () => (await import('./live/write.ts')).created,
  modifier: async () => (await import('./live/write.ts')).changed,
  approuver: async () => (await import('./live/act.ts')).approving,
  liste: () => import('./live/list.ts'),
  voir: () => import('./live/show.ts'),
  inviter: () => import('./live/invite.ts'),
  questions: () => import('./live/questions.ts'),
  importer: () => import('./live/import.ts'),
  accepter: async () => (await import('./live/moderate.ts')).accepting,
  refuser: async () => (await import('./live/moderate.ts')).refusing,
  grouper: async () => (await import('./live/moderate.ts')).grouping,
  degrouper: async () => (await import('./live/moderate.ts')).ungrouping,
  posee: async () => (await import('./live/moderate.ts')).asking,
  repondre: async () => (await import('./live/moderate.ts')).answering,
  'sans-reponse': () => import('./live/unanswered.ts'),
  ecran: () => import('./live/screen.ts'),
  demarrer: async () => (await import('./live/act.ts')).starting,
  terminer: async () => (await import('./live/act.ts')).ending,
  annuler: async () => (await import('./live/act.ts')).cancelling,
  bilan: () => import('./live/report.ts'),
};

await runCommand(commands, { unknown: unknownCommand('live', commands) });
