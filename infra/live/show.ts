/** `npm run live -- voir ID`: one live, its messages, what is wrong with it, and who has done what. */
import { spoken } from '../../conversations/announcement-acts.ts';
import { fullDate } from '../../conversations/hours.ts';
import { answeredBy, closesAt, linkAt } from '../../conversations/live.ts';
import { lintLive } from '../../conversations/live-lint.ts';
import { openingBySms } from '../../conversations/live-words.ts';
import { findingLines } from '../command/findings.ts';
import { Refused } from '../command/refused.ts';
import { liveLine } from './said.ts';
import { findLive, withLives } from './saved.ts';

const MESSAGES: Record<string, string> = {
  link: 'lien',
  moved: 'changement',
  cancelled: 'annulation',
  answer: 'réponse',
  refused: 'refus',
};
/** "answer#77": "réponse Q-77" */
function messageName(name: string): string {
  const [what = '', number] = name.split('#');
  return `${MESSAGES[what] ?? what}${number !== undefined && what !== 'moved' ? ` Q-${number}` : ''}`;
}

/** As a page asks for them. */
const MOST = 100_000;

export async function run([id, ...more]: string[]): Promise<void> {
  if (id === undefined || more.length > 0) throw new Refused('usage: npm run live -- voir ID');
  await withLives(async (saved) => {
    const { thing: live } = await findLive(saved, id);
    const { city } = saved.around;
    const from = new Date(live.approved?.at ?? saved.now);
    const link = linkAt(live, city.sending, from);
    const followers = await saved.rows.followers(live.number, '', MOST);
    const { messengerPage } = city;
    const lines = [
      liveLine(live),
      `questions jusqu'au ${spoken(closesAt(live))}; les ${live.asks} plus demandées sont posées; réponses au plus tard le ${fullDate(answeredBy(live, city.sending), 'fr')}`,
      `mot-clé: ${live.keyword}${messengerPage ? `; Messenger: m.me/${messengerPage}?ref=live-${live.keyword}` : ''}`,
      `direct: ${live.link}${live.replay ? `; à revoir: ${live.replay}` : ''}`,
      `invitation: ${openingBySms(live, 'fr', city)}`,
      `lien: ${link ? spoken(link) : 'pas de moment permis'}, à ${followers.length} ${followers.length > 1 ? 'personnes qui le veulent' : 'personne qui le veut'}`,
      ...Object.entries(live.planned).map(
        ([name, announcement]) => `message « ${messageName(name)} »: ${announcement}`,
      ),
      ...(live.state === 'draft' ? findingLines(lintLive(live, saved.around)) : []),
      'journal:',
      ...(await saved.lives.acts(live.number)).map(
        ({ by, what, at, note }) =>
          `  ${spoken(new Date(at))}  ${by}  ${what}${note === undefined ? '' : `: ${note}`}`,
      ),
    ];
    console.log(lines.join('\n'));
  });
}
