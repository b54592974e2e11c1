/** `npm run announce -- liste`: every announcement, a line each, the latest last. */
import { Refused } from '../command/refused.ts';
import { oneLine } from './said.ts';
import { withAnnouncements } from './saved.ts';

export async function run(args: string[]): Promise<void> {
  if (args.length > 0) throw new Refused('usage: npm run announce -- liste');
  await withAnnouncements(async ({ announcements }) => {
    let count = 0;
    for await (const { announcement } of announcements.list()) {
      count += 1;
      console.log(oneLine(announcement));
    }
    if (count === 0) console.log("pas encore d'annonce: npm run announce -- nouvelle …");
  });
}
