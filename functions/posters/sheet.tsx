/**
 * A poster to print: one list or survey, one channel, one language and French below it. The code, the words to send and
 * where to, how to stop and where one's rights stand. A4, and the same halved for A5; black on white, so that any printer will do.
 */
import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { local } from '../../conversations/phrase.ts';
import {
  type Poster,
  type PosterLink,
  type PosterWorld,
  posterLink,
} from '../../conversations/poster-link.ts';
import { type Language, words } from '../../locales/index.ts';
import { noticeParts, notices } from '../../locales/notice.ts';
import { type PosterKey, posterTexts } from '../../locales/poster.ts';
import { FONT_FAMILY, fontFaces } from '../pages/fonts.ts';
import { qrSvg } from './qr.ts';

/** `fonts`: the folder of the font files, as the page's own address sees it. */
const style = (fonts: string): string => `${fontFaces(fonts)}
@page{size:A4;margin:0}
*{box-sizing:border-box}
html{font:400 15pt/1.35 ${FONT_FAMILY};color:#000;background:#fff}
body{margin:0}
main{display:flex;flex-direction:column;width:210mm;height:297mm;padding:14mm 16mm 12mm;overflow:hidden}
p,h1,h2{margin:0;text-wrap:balance}
.city{font-weight:600;font-size:17pt;border-bottom:1.2mm solid #000;padding-bottom:3mm}
h1{font-weight:600;font-size:34pt;line-height:1.2;margin-top:6mm}
h2{font-weight:400;font-size:19pt;line-height:1.25;margin-top:2mm}
.city,h1,h2,.small,.code p{flex:none}
.code{display:flex;flex-direction:column;align-items:center;min-height:0;margin:auto 0;padding:2mm 0;text-align:center}
.code svg{width:112mm;height:112mm;min-height:60mm;flex:0 1 auto;display:block}
.scan{font-size:19pt}
.send{font-size:27pt;line-height:1.55;font-weight:600}
.send.second{font-size:17pt;font-weight:400;margin-top:2mm}
.send b{font-weight:600;white-space:nowrap;border:.6mm solid #000;border-radius:1.5mm;padding:0 .2em}
.small{font-size:12.5pt;line-height:1.45;border-top:.4mm solid #000;padding-top:3mm}
.small p+p{margin-top:1.5mm}
.a5 main{width:148mm;height:210mm;padding:0;display:block}
.whole{display:contents}
.a5 .page{width:210mm;height:297mm;transform:scale(.7048);transform-origin:0 0;display:flex;flex-direction:column;padding:14mm 16mm 12mm}
`;

export type Paper = 'A4' | 'A5';

/** The whole page. Throws `PosterRefused` where there is no such poster. */
export async function posterPage(
  poster: Poster,
  world: PosterWorld,
  { fonts, paper = 'A4' }: { fonts: string; paper?: Paper },
): Promise<string> {
  const link = posterLink(poster, world);
  const language = poster.language ?? 'fr';
  const page = (
    <html lang={language} dir={words[language].direction} class={paper.toLowerCase()}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${link.text} – ${world.city.name}`}</title>
        <style>{raw(style(fonts).replace('size:A4', `size:${paper}`))}</style>
      </head>
      <body>
        <main>
          <div class={paper === 'A4' ? 'page whole' : 'page'}>
            <Sheet poster={poster} link={link} language={language} world={world} />
          </div>
        </main>
      </body>
    </html>
  );
  return `<!doctype html>${await page}`;
}

interface Said {
  poster: Poster;
  link: PosterLink;
  language: Language;
  world: PosterWorld;
}

function Sheet(said: Said) {
  const { poster, link, language, world } = said;
  const { city } = world;
  // Plain French needs no French below it.
  const all: Language[] = language.startsWith('fr') ? [language] : [language, 'fr'];
  const what = 'list' in poster.goal ? 'list' : 'live' in poster.goal ? 'live' : 'survey';
  return (
    <>
      <p class="city" lang="fr" dir="ltr">
        {city.name}
      </p>
      {all.map((each, index) => {
        const Title = index === 0 ? 'h1' : 'h2';
        return (
          <Title lang={each} dir={words[each].direction}>
            {fill(each, what, { name: <Own text={nameOf(said, each)} /> })}
          </Title>
        );
      })}
      <div class="code">
        <p class="scan" lang={language}>
          {posterTexts[language].scan}
        </p>
        {raw(qrSvg(link.uri, link.text))}
        {all.map((each, index) => (
          <p class={index === 0 ? 'send' : 'send second'} lang={each} dir={words[each].direction}>
            {fill(each, poster.channel, {
              text: <Word text={link.text} />,
              to: <Word text={shown(link.to)} />,
            })}
          </p>
        ))}
      </div>
      <div class="small">
        {all.map((each) => (
          <p lang={each} dir={words[each].direction}>
            {fill(each, 'most', { max: city.messagesPerMonth })}{' '}
            {parts(notices[each]['short.stop'], { STOP: <strong>STOP</strong> })} {notices[each].title}
            {each.startsWith('fr') ? '\u00a0: ' : ': '}
            <Own text={`${city.site}/donnees`} />
          </p>
        ))}
      </div>
    </>
  );
}

/** A list is called what the city calls it; a survey is about its topic, in the language. */
function nameOf({ poster: { goal }, world }: Said, language: Language): string {
  if ('list' in goal) return world.city.quartiers.find(({ id }) => id === goal.list)?.name ?? goal.list;
  if ('live' in goal)
    return local(world.lives?.find(({ live }) => live.id === goal.live)?.live.subject ?? {}, language);
  return local(world.surveys.latest(goal.survey)?.topic ?? {}, language) || goal.survey;
}

const fill = (language: Language, key: PosterKey, values: Record<string, Child>): Child[] =>
  parts(posterTexts[language][key], values);

const parts = (text: string, values: Record<string, Child>): Child[] =>
  noticeParts(text).map((part, index) => (index % 2 === 0 ? part : values[part]));

/** +33 9 39 98 00 01: in groups, as numbers are read out; a short code and a page as they are. */
const shown = (to: string): string =>
  /^\+33\d{9}$/.test(to) ? to.replace(/^\+33(\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '0$1 $2 $3 $4 $5') : to;

const Own = ({ text }: { text: string }) => (
  <bdi dir="ltr" lang="fr">
    {text}
  </bdi>
);
/** What is to be typed: in one piece, in its own direction. */
const Word = ({ text }: { text: string }) => (
  <b dir="ltr" lang="fr" translate="no">
    {text}
  </b>
);
