/** `npm run live -- bilan ID`: how many asked, voted and were answered, and whether the answers were of use. */
import { questionState } from '../../conversations/live-board.ts';
import { Refused } from '../command/refused.ts';
import { questionsOf, ranked } from './questions-of.ts';
import { liveLine, votesWord } from './said.ts';
import { findLive, withLives } from './saved.ts';
import { isOpen } from './unanswered.ts';

const MOST = 100_000;
const TOP = 10;

export async function run([id, ...more]: string[]): Promise<void> {
  if (id === undefined || more.length > 0) throw new Refused('usage: npm run live -- bilan ID');
  await withLives(async (saved) => {
    const { thing: live } = await findLive(saved, id);
    const { questions } = await questionsOf(saved, live);
    const states: Record<string, number> = {};
    for (const { moderated } of questions) {
      const state = questionState(moderated);
      states[state] = (states[state] ?? 0) + 1;
    }
    const voters = new Set<string>();
    for await (const { voter } of saved.rows.votes(live.number)) voters.add(voter);
    const useful = { yes: 0, no: 0 };
    for await (const each of saved.rows.useful(live.number)) useful[each.useful ? 'yes' : 'no'] += 1;
    const askers = new Set(questions.flatMap(({ asked }) => (asked ? [asked.hash] : [])));
    const followers = await saved.rows.followers(live.number, '', MOST);
    console.log(
      [
        liveLine(live),
        `questions: ${questions.length}${
          questions.length > 0
            ? ` (${Object.entries(states)
                .map(([state, count]) => `${count} ${state}`)
                .join(', ')})`
            : ''
        }`,
        `ont posé une question: ${askers.size}; ont voté: ${voters.size}; voulaient le lien: ${followers.length}`,
        `sans réponse: ${questions.filter(isOpen).length}`,
        `réponse utile: ${useful.yes} oui, ${useful.no} non`,
        'les plus demandées:',
        ...ranked(questions, ['approved', 'asked', 'answered'])
          .slice(0, TOP)
          .map(({ moderated, votes }) => `  ${votesWord(votes)}  ${moderated?.titles?.fr ?? ''}`),
      ].join('\n'),
    );
  });
}
