/** The pages of a preview: one for each channel and language, and one with the way through the questions. */
import type { Child } from 'hono/jsx';
import { local } from '../../conversations/phrase.ts';
import { inEuros, priceInWords } from '../../conversations/preview/cost.ts';
import { outlineOf } from '../../conversations/preview/outline.ts';
import type { Preview, Scene } from '../../conversations/preview/preview.ts';
import { pathTitle, remarks, sceneName } from '../../conversations/preview/transcript.ts';
import { counted, fill, words } from '../../conversations/preview/words.ts';
import { BranchesSvg } from './branches-svg.tsx';
import { previewStyle } from './style.ts';
import { Phone, Style } from './thread.tsx';

/** Where the page finds what it does not carry. */
export interface Places {
  /** The folder of the fonts. */
  fonts: string;
  /** The page of a scene, for the links of the first page; without it there are none. */
  scene?(scene: Scene): string;
}

/** Every dialogue of a channel in a language. */
export async function scenePage(preview: Preview, scene: Scene, { fonts }: Places): Promise<string> {
  const { city, paths, begins } = preview;
  const [price, ...why] = priceInWords(scene.range, scene.channel, city);
  return document(
    <Page title={`${titleOf(preview)} – ${sceneName(scene)}`} fonts={fonts}>
      <header>
        <h1>{titleOf(preview)}</h1>
        <p class="soft">{[sceneName(scene), words.begins[begins], revisionOf(preview)].join(' · ')}</p>
        <p class="price">{price}</p>
        {why.map((each) => (
          <p class="soft">{each}</p>
        ))}
        <Remarks all={remarks(preview, scene)} />
      </header>
      <main class="scenes">
        {scene.dialogues.map((dialogue, index) => (
          <section class="scene">
            <h2>{pathTitle(paths.length, index)}</h2>
            <p>{dialogue.path.name || words.allTheSame}</p>
            <Phone
              preview={preview}
              scene={scene}
              dialogue={dialogue}
              name={`${sceneName(scene)}, ${pathTitle(paths.length, index)}`}
            />
          </section>
        ))}
      </main>
    </Page>,
  );
}

/** What it costs on each channel in each language, and the way through the questions, drawn and in words. */
export async function overviewPage(preview: Preview, { fonts, scene: address }: Places): Promise<string> {
  const { survey, branches, scenes } = preview;
  return document(
    <Page title={titleOf(preview)} fonts={fonts}>
      <header>
        <h1>{titleOf(preview)}</h1>
        <p class="soft">{[revisionOf(preview), counted('paths', preview.paths.length)].join(' · ')}</p>
        <Remarks all={remarks(preview)} />
      </header>
      <main>
        <Costs scenes={scenes} address={address} />
        <div class="drawn">
          <section class="drawing" aria-label={words.branches.title}>
            <BranchesSvg branches={branches} topic={local(survey.topic, 'fr')} />
          </section>
          <section class="list">
            <h2>{words.branches.list}</h2>
            <Outline preview={preview} />
          </section>
        </div>
      </main>
    </Page>,
  );
}

function Costs({ scenes, address }: { scenes: Scene[]; address: Places['scene'] }) {
  return (
    <div class="table">
      <table>
        <caption>{words.costs.caption}</caption>
        <thead>
          <tr>
            {[words.costs.scene, words.costs.messages, words.costs.parts, words.costs.price].map((name) => (
              <th scope="col">{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {scenes.map((scene) => (
            <tr>
              <th scope="row">
                {address ? <a href={address(scene)}>{sceneName(scene)}</a> : sceneName(scene)}
              </th>
              <td class="figure">{fromTo(scene, ({ city }) => String(city.messages))}</td>
              <td class="figure">
                {scene.channel === 'sms' ? fromTo(scene, ({ city }) => String(city.parts)) : '–'}
              </td>
              <td class="figure">{fromTo(scene, ({ euros }) => inEuros(euros))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** "7 à 10", or one figure where all paths are alike. */
function fromTo({ range }: Scene, figure: (cost: Scene['range']['least']) => string): string {
  const [least, most] = [figure(range.least), figure(range.most)];
  return least === most ? least : fill(words.costs.fromTo, { least, most });
}

/** The way through the questions in words. */
export function Outline({ preview: { branches } }: { preview: Preview }) {
  return (
    <ol class="steps">
      {outlineOf(branches).map(({ number, text, says }) => (
        <li>
          {number !== undefined && <span class="number">{number}</span>}
          {text}
          {says.length > 0 && (
            <ul>
              {says.map((sentence) => (
                <li>{sentence}</li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ol>
  );
}

function Remarks({ all }: { all: string[] }) {
  if (all.length === 0) return null;
  return (
    <ul class="remarks">
      {all.map((remark) => (
        <li>{remark}</li>
      ))}
    </ul>
  );
}

const Page = ({ title, fonts, children }: { title: string; fonts: string; children?: Child }) => (
  <html lang="fr">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="robots" content="noindex" />
      <title>{title}</title>
      <Style css={previewStyle(fonts)} />
    </head>
    <body>{children}</body>
  </html>
);

const document = async (page: unknown): Promise<string> => `<!doctype html>${await page}`;

const titleOf = ({ survey }: Preview): string => fill(words.title, { topic: local(survey.topic, 'fr') });

const revisionOf = ({ survey: { key, revision } }: Preview): string =>
  fill(words.revision, { key, revision });
