/** `npm run live -- ecran ID [--sortie FICHIER.html]`: the speaker's screen, a page for a browser; made anew as votes come in. */
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { spoken } from '../../conversations/announcement-acts.ts';
import { beginsAt } from '../../conversations/live.ts';
import type { Moderated } from '../../conversations/live-board.ts';
import { fontFiles } from '../../functions/pages/fonts.ts';
import { type OnScreen, speakerPage } from '../../functions/posters/speaker.tsx';
import { readArgs } from '../command/read-args.ts';
import { Refused } from '../command/refused.ts';
import { askersOf, questionsOf, ranked } from './questions-of.ts';
import { findLive, withLives } from './saved.ts';

const USAGE = 'usage: npm run live -- ecran ID [--sortie FICHIER.html]';
const FONTS = 'fonts';

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
    const folder = path.join(path.dirname(file), FONTS);
    try {
      await mkdir(folder, { recursive: true });
      for (const font of fontFiles()) await copyFile(font, path.join(folder, path.basename(font)));
      await writeFile(file, page);
    } catch (cause) {
      throw new Refused(`impossible d'écrire « ${file} »: ${(cause as NodeJS.ErrnoException).code}`, {
        cause,
      });
    }
    console.log(`${file}: ouvrez-la dans un navigateur, en plein écran`);
  });
}
