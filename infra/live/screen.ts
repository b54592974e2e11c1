/** `npm run live -- ecran ID [--sortie FICHIER.html]`: the speaker's screen, a page for a browser; made anew as votes come in. */
import path from 'node:path';
import { spoken } from '../../conversations/announcement-acts.ts';
import { beginsAt } from '../../conversations/live.ts';
import type { Moderated } from '../../conversations/live-board.ts';
import { type OnScreen, speakerPage } from '../../functions/posters/speaker.tsx';
import { FONTS, writePage } from '../command/page-file.ts';
import { readArgs } from '../command/read-args.ts';
import { Refused } from '../command/refused.ts';
import { askersOf, questionsOf, ranked } from './questions-of.ts';
import { findLive, withLives } from './saved.ts';

const USAGE = 'usage: npm run live -- ecran ID [--sortie FICHIER.html]';

export async function run(args: string[]): Promise<void> {
  const { values, positionals } = readArgs(args, { sortie: { type: 'string' } } as const, USAGE);
  const [id, ...more] = positionals;
  if (id === undefined || more.length > 0) throw new Refused(USAGE);
  await withLives(async (saved) => {
    const { thing: live } = await findLive(saved, id);
    const { board, questions } = await questionsOf(saved, live);
    const shown = (...states: Moderated['state'][]): OnScreen[] =>
      ranked(questions, states).map(({ number, moderated, votes }) => ({
        title: moderated?.titles?.fr ?? '',
        votes,
        ...askersOf(board, questions, number),
      }));
    const title = `${saved.around.city.name} – ${live.subject.fr ?? ''}, ${spoken(beginsAt(live))}`;
    const page = await speakerPage(
      { title, next: shown('approved'), done: shown('asked', 'answered') },
      { fonts: FONTS },
    );
    const file = path.resolve(values.sortie ?? `ecran-${live.id}.html`);
    await writePage(file, page);
    console.log(`${file}: ouvrez-la dans un navigateur, en plein écran`);
  });
}
