/**
 * The speaker's screen of a live: the approved questions, the most wanted first, in letters to be read from three metres.
 * Titles by staff, and first names that may be said; nothing else that residents wrote.
 */
import { raw } from 'hono/html';
import { FONT_FAMILY, fontFaces } from '../pages/fonts.ts';

const style = (fonts: string): string => `${fontFaces(fonts)}
*{box-sizing:border-box}
html{font:400 32px/1.3 ${FONT_FAMILY};color:#fff;background:#111}
body{margin:0;padding:32px 48px}
p,h1,h2{margin:0}
h1{font-size:28px;font-weight:400}
h2{font-size:36px;font-weight:600;margin-top:48px}
ol{list-style:none;margin:24px 0 0;padding:0}
li{display:grid;grid-template-columns:2.2em 1fr auto;gap:0 24px;align-items:baseline;padding:18px 0;border-top:2px solid #555}
.title{font-size:56px;font-weight:600;line-height:1.15;overflow-wrap:anywhere}
.who{grid-column:2;color:#ddd}
.votes{white-space:nowrap}
.done .title{font-size:36px;font-weight:400;color:#ddd}
@media (max-width:700px){.title{font-size:40px}li{grid-template-columns:2.2em 1fr}.votes{grid-column:2}}
`;

export interface OnScreen {
  title: string;
  votes: number;
  /** First names that may be said. */
  names: string[];
  /** Others who asked it. */
  others: number;
}

/** `fonts`: the folder of the font files, as the page's own address sees it. Both lists are in the order they are shown in. */
export async function speakerPage(
  { title, next, done }: { title: string; next: readonly OnScreen[]; done: readonly OnScreen[] },
  { fonts }: { fonts: string },
): Promise<string> {
  const page = (
    <html lang="fr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} – questions`}</title>
        <style>{raw(style(fonts))}</style>
      </head>
      <body>
        <main>
          <h1>{title}</h1>
          <h2>{next.length > 0 ? 'Questions à poser' : 'Plus de question à poser'}</h2>
          <Questions all={next} />
          {done.length > 0 && <h2>Déjà posées</h2>}
          {done.length > 0 && <Questions all={done} done />}
        </main>
      </body>
    </html>
  );
  return `<!doctype html>${await page.toString()}`;
}

const Questions = ({ all, done = false }: { all: readonly OnScreen[]; done?: boolean }) => (
  <ol class={done ? 'done' : ''}>
    {all.map((each, index) => (
      <li>
        <span>{`${index + 1}.`}</span>
        <span class="title">{each.title}</span>
        <span class="votes">{`${each.votes} ${each.votes > 1 ? 'votes' : 'vote'}`}</span>
        <span class="who">{whoAsks(each)}</span>
      </li>
    ))}
  </ol>
);

/** "Nadia et 2 autres personnes" */
function whoAsks({ names, others }: Pick<OnScreen, 'names' | 'others'>): string {
  const rest =
    others === 0
      ? []
      : [
          `${others} ${names.length > 0 ? (others > 1 ? 'autres personnes' : 'autre personne') : others > 1 ? 'personnes' : 'personne'}`,
        ];
  // A name of another script keeps to itself.
  const all = [...names.map((name) => `\u2068${name}\u2069`), ...rest];
  const last = all.pop();
  return all.length > 0 ? `${all.join(', ')} et ${last}` : (last ?? '');
}
