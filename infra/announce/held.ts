/** `npm run announce -- retenus ID`: who was not told and why, by our own id of each, never by a number. */
import { inParis } from '../../conversations/hours.ts';
import { heldOf } from '../../functions/runtime/announcement-report.ts';
import { heldWord } from '../../functions/runtime/progress-words.ts';
import { createLedger } from '../../functions/store/ledger.ts';
import { createTurnStore } from '../../functions/store/turns.ts';
import { Refused } from '../command/refused.ts';
import { oneLine, people } from './said.ts';
import { find, withAnnouncements } from './saved.ts';

export async function run([id, ...more]: string[]): Promise<void> {
  if (id === undefined || more.length > 0) throw new Refused('usage: npm run announce -- retenus ID');
  await withAnnouncements(async (saved) => {
    const { announcement } = await find(saved, id);
    const { db, city } = saved;
    const turns = createTurnStore(db);
    const stores = {
      ledger: createLedger(db, city.notice.messageDays),
      residentOf: async (hash: string) => (await turns.find(hash))?.session.id || undefined,
    };
    console.log(oneLine(announcement));
    const counts = new Map<string, number>();
    for await (const { resident, why, at, language } of heldOf(announcement.number, stores)) {
      counts.set(why, (counts.get(why) ?? 0) + 1);
      const { date, time } = inParis(new Date(at));
      console.log(`  ${date} ${time}  ${resident ?? 'effacé'}  ${language ?? ''}  ${heldWord(why)}`);
    }
    if (counts.size === 0) console.log("personne n'a été retenu");
    for (const [why, count] of [...counts].sort(([, a], [, b]) => b - a))
      console.log(`${people(count)}: ${heldWord(why)}`);
  });
}
