/** A survey played on a phone, inside a page: one channel, one language, one way through it. */
import type { City } from '../../../conversations/city.ts';
import type { Channel } from '../../../conversations/events.ts';
import { priceInWords } from '../../../conversations/preview/cost.ts';
import { CHANNELS, type Preview, previewSurvey } from '../../../conversations/preview/preview.ts';
import { languageName, pathTitle, remarks, sceneName } from '../../../conversations/preview/transcript.ts';
import { words } from '../../../conversations/preview/words.ts';
import type { Survey } from '../../../conversations/survey.ts';
import { Phone } from '../../preview/thread.tsx';
import { Select } from '../forms.tsx';

/** What is played: names of fields, in an address as in a form. */
export interface Chosen {
  language: string;
  channel: Channel;
  /** From 1. */
  path: number;
}

/** Those on which residents can write to the city. */
const channelsOf = ({ smsNumber, whatsappNumber, messengerPage }: City): Channel[] =>
  CHANNELS.filter(
    (channel) => ({ sms: smsNumber, whatsapp: whatsappNumber, messenger: messengerPage })[channel],
  );

/** What was asked for where it can be had, else the first of each. */
export function chosenIn(asked: URLSearchParams, languages: string[], city: City): Chosen {
  const among = <Word extends string>(all: readonly Word[], word: string | null): Word =>
    all.find((each) => each === word) ?? (all[0] as Word);
  const path = Number(asked.get('chemin'));
  return {
    language: among(languages, asked.get('langue')),
    channel: among(channelsOf(city), asked.get('canal')),
    path: Number.isInteger(path) && path > 0 ? path : 1,
  };
}

/** One scene alone is played: a city has three channels and a survey twelve languages. */
export const played = (survey: Survey, city: City, now: Date, { language, channel }: Chosen): Preview =>
  previewSurvey({ survey, city, now, languages: [language], channels: [channel] });

/** The fields that choose it. `preview` says how many ways there are. */
export function SceneFields({
  chosen: { language, channel, path },
  languages,
  city,
  preview,
}: {
  chosen: Chosen;
  languages: string[];
  city: City;
  preview?: Preview | undefined;
}) {
  const paths = preview?.paths ?? [];
  return (
    <>
      <Select
        name="langue"
        label="Langue"
        required
        value={language}
        choices={languages.map((each) => ({ value: each, label: languageName(each) }))}
      />
      <Select
        name="canal"
        label="Canal"
        required
        value={channel}
        choices={channelsOf(city).map((each) => ({ value: each, label: words.channels[each] }))}
      />
      {paths.length > 1 && (
        <Select
          name="chemin"
          label="Parcours"
          required
          value={String(Math.min(path, paths.length))}
          choices={paths.map(({ name }, index) => ({
            value: String(index + 1),
            label: `${index + 1}. ${name}`,
          }))}
        />
      )}
    </>
  );
}

export function Scene({ preview, path }: { preview: Preview; path: number }) {
  const [scene] = preview.scenes;
  if (!scene) return null;
  const at = Math.min(path, scene.dialogues.length) - 1;
  const dialogue = scene.dialogues[at];
  const [price] = priceInWords(scene.range, scene.channel, preview.city);
  return (
    <>
      <p class="soft">{price}</p>
      {remarks(preview, scene).map((remark) => (
        <p class="warning">{remark}</p>
      ))}
      {dialogue && (
        <Phone
          preview={preview}
          scene={scene}
          dialogue={dialogue}
          name={`${sceneName(scene)}, ${pathTitle(scene.dialogues.length, at)}`}
        />
      )}
    </>
  );
}
