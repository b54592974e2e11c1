/** An announcement as residents read it: a bubble a channel, in each language that it is written in. */
import { announcedAs } from '../../../conversations/announced-as.ts';
import { type Announcement, textLanguage } from '../../../conversations/announcement.ts';
import { languageName } from '../../../conversations/describe-audience.ts';
import type { Channel } from '../../../conversations/events.ts';
import { parisAt } from '../../../conversations/hours.ts';
import { isLanguage } from '../../../conversations/phrase.ts';
import { type Sms, sms } from '../../../conversations/shape.ts';
import { words } from '../../../locales/index.ts';
import { purposeOf, templateFor } from '../../channels/templates.ts';
import type { Deps } from '../../runtime/deps.ts';
import { channelWord } from '../../runtime/progress-words.ts';
import { counted, sentence } from '../said.ts';

/** Simple words are French; the tag for them is too new for readers of pages. */
export const tagOf = (language: string): string => (language === 'fr-facile' ? 'fr' : language);
export const directionOf = (language: string): 'ltr' | 'rtl' =>
  isLanguage(language) && words[language].direction === 'rtl' ? 'rtl' : 'ltr';

/** "1 SMS, 132 caractères" */
export const weightOf = ({ parts, units, encoding }: Sms): string =>
  `${counted(parts, 'SMS', 'SMS')}, ${counted(units, 'caractère', 'caractères')}${encoding === 'UCS-2' ? ' (écriture longue : 70 par SMS)' : ''}`;

export function Preview({
  deps: { world },
  announcement,
  now,
}: {
  deps: Pick<Deps, 'world'>;
  announcement: Announcement;
  now: Date;
}) {
  const { city } = world;
  const own = city.languages.filter((language) => textLanguage(announcement, language) === language);
  const others = city.languages.filter((language) => !own.includes(language));
  const at = announcement.begins
    ? new Date(announcement.begins)
    : announcement.at === undefined
      ? now
      : parisAt(announcement.at);
  return (
    <>
      {own.map((language, index) => (
        <details open={index === 0}>
          <summary>{sentence(languageName(city, language))}</summary>
          <div class="bubbles">
            {(['sms', 'whatsapp', 'messenger'] as const).map((channel) => (
              <Bubble {...{ announcement, language, channel, at, world }} />
            ))}
          </div>
        </details>
      ))}
      {others.length > 0 && own.length > 0 && (
        <p class="soft">
          En {others.map((language) => languageName(city, language)).join(', ')} : le texte en{' '}
          {languageName(city, textLanguage(announcement, ''))}.
        </p>
      )}
    </>
  );
}

interface Shown {
  announcement: Announcement;
  language: string;
  channel: Channel;
  at: Date;
  world: Deps['world'];
}

function Bubble({ announcement, language, channel, at, world }: Shown) {
  const said = announcedAs(world, announcement, { language, channel, at });
  const text = said.offer?.text ?? said.text;
  return (
    <figure class={`told ${channel}`}>
      <figcaption>{channelWord(channel)}</figcaption>
      <p class="said" lang={tagOf(language)} dir={directionOf(language)}>
        {channel === 'sms' ? sms(said.text).text : text}
      </p>
      {said.offer && (
        <ul class="taps" lang={tagOf(language)} dir={directionOf(language)}>
          {said.offer.choices.map(({ label }) => (
            <li>{label}</li>
          ))}
        </ul>
      )}
      <p class="under">{underOf(announcement, { language, channel, text: said.text, world })}</p>
    </figure>
  );
}

function underOf(
  { kind }: Announcement,
  {
    language,
    channel,
    text,
    world: { city },
  }: Pick<Shown, 'language' | 'channel' | 'world'> & { text: string },
): string {
  if (channel === 'sms') return weightOf(sms(text));
  if (channel === 'messenger') return 'À qui a écrit depuis moins de 24 h ; ensuite, rien ne part.';
  return templateFor(city, { purpose: purposeOf(kind), language, text })
    ? 'Après 24 h sans message, dans le modèle que Meta a accepté.'
    : 'À qui a écrit depuis moins de 24 h ; ensuite rien ne part, faute de modèle.';
}
