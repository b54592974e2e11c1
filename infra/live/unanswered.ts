/** `npm run live -- sans-reponse [ID]`: whoever asked and has neither an answer nor a reason yet; of one live, or of all. */
import { DAY } from '../../conversations/hours.ts';
import { beginsAt, type Live } from '../../conversations/live.ts';
import { Refused } from '../command/refused.ts';
import { lineOf } from './questions.ts';
import { type Question, questionsOf } from './questions-of.ts';
import { liveLine } from './said.ts';
import { findLive, withLives } from './saved.ts';

/** "every asker has an answer or a reason within 5 days, else listed" (participation.md, S2) */
const LATE = 5 * DAY;

export async function run([id, ...more]: string[]): Promise<void> {
  if (more.length > 0) throw new Refused('usage: npm run live -- sans-reponse [ID]');
  await withLives(async (saved) => {
    const one = id === undefined ? undefined : (await findLive(saved, id)).thing;
    let count = 0;
    for (const live of one ? [one] : saved.around.lives) {
      const open = (await questionsOf(saved, live)).questions.filter(isOpen);
      if (open.length === 0) continue;
      count += open.length;
      console.log(liveLine(live) + late(live, saved.now));
      for (const question of open) console.log(`  ${lineOf(question)}`);
    }
    if (count === 0) console.log('chaque question a une réponse ou un motif');
  });
}

/** Nothing has gone out to its asker, who is still there. */
export const isOpen = ({ asked, moderated }: Question): boolean =>
  asked !== undefined &&
  !(moderated?.signed && (moderated.state === 'answered' || moderated.state === 'refused'));

const late = (live: Live, now: Date): string =>
  now.getTime() - beginsAt(live).getTime() > LATE ? '  PLUS DE 5 JOURS' : '';
