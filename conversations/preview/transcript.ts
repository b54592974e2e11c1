/** A preview as a text that anybody can read: the dialogues as they are sent, their parts, their price. */
import { dayName } from '../hours.ts';
import { local } from '../phrase.ts';
import type { Question } from '../questions.ts';
import { priceInWords, sentInWords } from './cost.ts';
import type { Dialogue, Preview, Scene } from './preview.ts';
import type { Line } from './walk.ts';
import { counted, fill, words } from './words.ts';

/** One channel in one language. Ends with a line break. */
export function transcript(preview: Preview, scene: Scene): string {
  const lines = [
    ...titleLines(preview, scene),
    ...scene.dialogues.flatMap((dialogue, index) => ['', ...dialogueLines(preview, scene, dialogue, index)]),
    '',
    ...priceInWords(scene.range, scene.channel, preview.city),
    ...remarks(preview, scene),
  ];
  return `${lines.join('\n')}\n`;
}

/** "SMS, français" */
export const sceneName = ({ channel, language }: Pick<Scene, 'channel' | 'language'>): string =>
  `${words.channels[channel]}, ${languageName(language)}`;

const names = new Intl.DisplayNames('fr', { type: 'language' });

/** "arabe" */
export const languageName = (language: string): string =>
  (words.languages as Record<string, string>)[language] ?? names.of(language) ?? language;

function titleLines({ survey, begins }: Preview, scene: Scene): string[] {
  const title = fill(words.title, { topic: local(survey.topic, 'fr') });
  const revision = fill(words.revision, { key: survey.key, revision: survey.revision });
  return [`# ${title} (${revision})`, `# ${sceneName(scene)}, ${words.begins[begins]}`];
}

function dialogueLines({ paths }: Preview, { channel }: Scene, dialogue: Dialogue, index: number): string[] {
  const { city, resident } = dialogue.cost;
  return [
    `## ${pathTitle(paths.length, index)}`,
    dialogue.path.name || words.allTheSame,
    '',
    ...dialogue.lines.flatMap(lineOf),
    '',
    `${words.sentBy.city}: ${sentInWords(city, channel)}. ${words.sentBy.resident}: ${sentInWords(resident, channel)}.`,
  ];
}

export const pathTitle = (total: number, index: number): string =>
  total === 1 ? words.onlyPath : fill(words.path, { number: index + 1, total });

/** "Ville (2 SMS, Unicode): …", then what can be tapped. */
function lineOf(line: Line): string[] {
  const { from, sms, buttons, menu, tapped } = line;
  const said = tapped ? fill(words.button, { label: line.text }) : textOf(line);
  const weight = from === 'city' && sms ? ` (${weightInWords(sms)})` : '';
  const taps = buttons?.map((label) => fill(words.button, { label })).join(' ');
  return [
    `${words.who[from]}${weight}: ${said}`,
    ...(taps ? [`  ${menu ? fill(words.menu, { menu }) : ''}${taps}`] : []),
  ];
}

/** What is no text says what it is. */
export const textOf = ({ text, sent }: Line): string => (sent ? words.sent[sent] : text);

/** "1 SMS, 112 caractères, alphabet SMS" */
export const weightInWords = ({ parts, units, encoding }: NonNullable<Line['sms']>): string =>
  fill(words.weight, { parts: counted('parts', parts), units, encoding: words.encodings[encoding] });

/** What staff should know before they send it. */
export function remarks(preview: Preview, scene?: Scene): string[] {
  const { survey, at, isOpen, notReached, notAnswered, bounded } = preview;
  const ids = (questions: Question[]): string => questions.map(({ id }) => id).join(', ');
  return [
    ...(isOpen ? [] : [fill(words.opensLater, { day: dayName(at, 'fr') })]),
    ...(scene && survey.review?.[scene.language] === 'to be reviewed' ? [words.review] : []),
    ...(notReached.length > 0
      ? [`${counted('notReached', notReached.length, { questions: ids(notReached) })}.`]
      : []),
    ...(notAnswered.length > 0 ? [`${fill(words.notAnswered, { questions: ids(notAnswered) })}.`] : []),
    ...(scene && scene.strayed.length > 0
      ? [`${fill(words.strayed, { questions: ids(scene.strayed), scene: sceneName(scene) })}.`]
      : []),
    ...(bounded ? [words.bounded] : []),
  ];
}
