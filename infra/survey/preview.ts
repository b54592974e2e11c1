/**
 * `npm run survey -- preview CLE [--language fr,ar] [--channel sms] [--start invitation] [--out DOSSIER]`: the survey
 * as residents will get it. Without a folder the dialogues are printed; with one it gets pages, pictures and texts.
 * `CLE` may be the file of a survey instead.
 */
import type { City } from '../../conversations/city.ts';
import type { Channel } from '../../conversations/events.ts';
import { parisMoment } from '../../conversations/hours.ts';
import type { World } from '../../conversations/moment.ts';
import { priceInWords } from '../../conversations/preview/cost.ts';
import { CHANNELS, type Preview, previewSurvey } from '../../conversations/preview/preview.ts';
import { remarks, sceneName, transcript } from '../../conversations/preview/transcript.ts';
import type { Survey } from '../../conversations/survey.ts';
import { readArgs } from '../command/read-args.ts';
import { Refused } from '../command/refused.ts';
import { find, known } from './lint.ts';
import { writePreview } from './preview/files.ts';

const USAGE =
  'usage: npm run survey -- preview CLE [--language fr,ar] [--channel sms,whatsapp,messenger] ' +
  '[--start keyword|invitation] [--out DOSSIER]';

interface Command {
  survey: Survey;
  languages: string[];
  channels: Channel[];
  begins: Preview['begins'];
  out: string | undefined;
}

export async function run(args: string[]): Promise<void> {
  const { world, today } = await known();
  const { out, ...what } = await readCommand(args, world);
  const preview = previewSurvey({ ...what, city: world.city, now: parisMoment(today, '10:00') });
  if (out === undefined) {
    console.log(preview.scenes.map((scene) => transcript(preview, scene)).join('\n'));
    return;
  }
  const { files, pictures } = await writePreview(preview, out);
  for (const scene of preview.scenes)
    console.log(`${sceneName(scene)}: ${priceInWords(scene.range, scene.channel, preview.city)[0]}`);
  for (const remark of remarks(preview)) console.log(remark);
  for (const file of files) console.log(file);
  if (!pictures)
    console.log(
      "Les images n'ont pas pu être faites: Chromium ne démarre pas ici. Les pages, les textes et le SVG sont écrits.",
    );
}

async function readCommand(args: string[], world: World): Promise<Command> {
  const text = { type: 'string' } as const;
  const options = { language: text, channel: text, start: text, out: text };
  const { values, positionals } = readArgs(args, options, USAGE);
  const [name] = positionals;
  if (!name || positionals.length > 1) throw new Refused(USAGE);
  const survey = await find(name, world);
  const begins = values.start ?? 'keyword';
  if (begins !== 'keyword' && begins !== 'invitation')
    throw new Refused(`--start est « keyword » ou « invitation », reçu: « ${begins} »`);
  return {
    survey,
    languages: listed('--language', values.language, survey.languages),
    channels: listed('--channel', values.channel, channelsOf(world.city)) as Channel[],
    begins,
    out: values.out,
  };
}

/** Those on which residents can write to the city. */
const channelsOf = ({ smsNumber, whatsappNumber, messengerPage }: City): Channel[] =>
  CHANNELS.filter(
    (channel) => ({ sms: smsNumber, whatsapp: whatsappNumber, messenger: messengerPage })[channel],
  );

/** "fr,ar" → each of them, if it is one of those there are; all of them where nothing is said. */
function listed(option: string, said: string | undefined, all: readonly string[]): string[] {
  if (said === undefined) return [...all];
  const some = said.split(',').map((each) => each.trim());
  const strange = some.find((each) => !all.includes(each));
  if (strange !== undefined)
    throw new Refused(`${option}: « ${strange} » n'en fait pas partie. Possible: ${all.join(', ')}`);
  return some;
}
