/** `npm run live -- liste`: every live, a line each. */
import { Refused } from '../command/refused.ts';
import { liveLine } from './said.ts';
import { withLives } from './saved.ts';

export async function run(args: string[]): Promise<void> {
  if (args.length > 0) throw new Refused('usage: npm run live -- liste');
  await withLives(async ({ around }) => {
    for (const live of around.lives) console.log(liveLine(live));
    if (around.lives.length === 0) console.log('pas encore de direct: npm run live -- nouvelle …');
  });
}
