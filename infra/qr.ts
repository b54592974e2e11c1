/**
 * `npm run qr -- --liste chene [--langue tr,ar] [--canal sms] [--code A12] [--out DIR]`: what goes on a wall. For each
 * language a QR code as SVG and PNG, and a poster to print. Reads the surveys of this machine where one is asked for.
 */
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Channel } from '../conversations/events.ts';
import { isLanguage } from '../conversations/phrase.ts';
import { type Poster, PosterRefused, type PosterWorld, posterLink } from '../conversations/poster-link.ts';
import { fontFiles } from '../functions/pages/fonts.ts';
import { qrPng, qrSvg } from '../functions/posters/qr.ts';
import { posterPage } from '../functions/posters/sheet.tsx';
import { REVIEWED } from '../locales/notice.ts';
import { posterTexts } from '../locales/poster.ts';
import { readArgs } from './command/read-args.ts';
import { Refused } from './command/refused.ts';
import { withLives } from './live/saved.ts';
import { localWorld } from './local/city.ts';
import { withSurveys } from './survey/saved.ts';

const USAGE = `usage: npm run qr -- --liste LISTE | --survey SONDAGE | --live DIRECT [--langue fr,tr] [--canal sms|whatsapp|messenger]
  [--code A12] [--format A4|A5] [--out DOSSIER]`;
const FONTS = 'polices';

const text = { type: 'string' } as const;
const OPTIONS = {
  liste: text,
  survey: text,
  live: text,
  langue: text,
  code: text,
  canal: { type: 'string', default: 'sms' },
  format: { type: 'string', default: 'A4' },
  out: { type: 'string', default: 'affiches' },
} as const;

function readCommand(): { posters: Poster[]; paper: 'A4' | 'A5'; out: string } {
  const { values, positionals } = readArgs(process.argv.slice(2), OPTIONS, USAGE);
  if (positionals.length > 0) throw new Refused(USAGE);
  const { liste, survey, live, langue, code, canal, format, out } = values;
  const [goal, ...others] = [
    ...(liste ? [{ list: liste }] : []),
    ...(survey ? [{ survey }] : []),
    ...(live ? [{ live: live.toUpperCase() }] : []),
  ];
  if (!goal || others.length > 0) throw new Refused(USAGE);
  const channel = Channel.safeParse(canal);
  if (!channel.success) throw new Refused(`--canal « ${canal} »: ${Channel.options.join(', ')}`);
  const paper = format.toUpperCase();
  if (paper !== 'A4' && paper !== 'A5') throw new Refused(`--format « ${format} »: A4, A5`);
  const languages = langue?.split(',').map((each) => each.trim()) ?? [undefined];
  const posters = languages.map((language): Poster => {
    if (language !== undefined && !isLanguage(language))
      throw new Refused(`--langue « ${language} »: ${localWorld().city.languages.join(', ')}`);
    return {
      goal,
      channel: channel.data,
      ...(code !== undefined && { source: code }),
      ...(language !== undefined && { language }),
    };
  });
  return { posters, paper, out };
}

/** "chene-tr-sms-A12" */
const fileOf = ({ goal, language, channel, source }: Poster): string =>
  [
    'list' in goal ? goal.list : 'live' in goal ? goal.live : goal.survey,
    language,
    channel,
    source?.toUpperCase(),
  ]
    .filter(Boolean)
    .join('-');

/** Everything is made before anything is written: a poster that is refused leaves no half of a set. */
async function write(
  posters: Poster[],
  world: PosterWorld,
  paper: 'A4' | 'A5',
  out: string,
): Promise<string[]> {
  const files: [name: string, content: string | Buffer][] = [];
  for (const poster of posters) {
    const { uri, text: typed } = posterLink(poster, world);
    const name = fileOf(poster);
    files.push([`qr-${name}.svg`, qrSvg(uri, typed)], [`qr-${name}.png`, qrPng(uri)]);
    files.push([`affiche-${name}.html`, await posterPage(poster, world, { fonts: FONTS, paper })]);
  }
  mkdirSync(path.join(out, FONTS), { recursive: true });
  for (const font of fontFiles()) copyFileSync(font, path.join(out, FONTS, path.basename(font)));
  for (const [name, content] of files) writeFileSync(path.join(out, name), content);
  return files.map(([name]) => path.join(out, name));
}

try {
  const { posters, paper, out } = readCommand();
  const asked = posters.some(({ goal }) => 'survey' in goal);
  const onAir = posters.some(({ goal }) => 'live' in goal);
  const make = (world: PosterWorld) => write(posters, world, paper, out);
  const files = await (asked
    ? withSurveys(({ world }) => make(world))
    : onAir
      ? withLives(async ({ lives, now, announcing }) =>
          make({ ...announcing.world, lives: await lives.staged(now) }),
        )
      : make(localWorld()));
  for (const file of files) console.log(file);
  console.log(
    `Les affiches s'ouvrent dans un navigateur et s'impriment en ${paper}, sans marges ni mise à l'échelle.`,
  );
  const unread = posters
    .flatMap(({ language }) => language ?? [])
    .filter((language) => posterTexts[language].status !== REVIEWED);
  if (unread.length > 0)
    console.log(
      `Textes pas encore relus par un locuteur, à faire relire avant d'imprimer: ${unread.join(', ')}`,
    );
} catch (error) {
  if (!(error instanceof Refused) && !(error instanceof PosterRefused)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
