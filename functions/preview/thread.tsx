/** One dialogue as it looks on a phone: what a resident of this language sees on this channel. */
import { raw } from 'hono/html';
import { inEuros, sentInWords } from '../../conversations/preview/cost.ts';
import type { Dialogue, Preview, Scene } from '../../conversations/preview/preview.ts';
import { textOf, weightInWords } from '../../conversations/preview/transcript.ts';
import type { Line } from '../../conversations/preview/walk.ts';
import { words } from '../../conversations/preview/words.ts';
import { type Language, words as languageWords } from '../../locales/index.ts';

/** Simple words are French; the tag for them is too new for readers of pages. */
const tagOf = (language: string): string => (language === 'fr-facile' ? 'fr' : language);
const directionOf = (language: string): string => languageWords[language as Language]?.direction ?? 'auto';

/** `name` says which dialogue it is, for who cannot see it. */
export function Phone({
  preview: { city },
  scene: { channel, language },
  dialogue: { lines, cost },
  name,
}: {
  preview: Preview;
  scene: Scene;
  dialogue: Dialogue;
  name: string;
}) {
  const address = { sms: city.smsNumber, whatsapp: city.whatsappNumber, messenger: city.messengerPage }[
    channel
  ];
  return (
    <figure class="phone" data-channel={channel} aria-label={name}>
      <div class="phone-top">
        <span class="face" aria-hidden="true">
          {city.shortName.replace(/^Ville de /, '').slice(0, 1)}
        </span>
        <div>
          <strong>{city.shortName}</strong>
          <span>{[words.channels[channel], address].filter(Boolean).join(' · ')}</span>
        </div>
      </div>
      <ol class="thread" lang={tagOf(language)} dir={directionOf(language)}>
        {lines.map((line) => (
          <Bubble line={line} />
        ))}
      </ol>
      <figcaption>
        <p>
          {words.sentBy.city}: {sentInWords(cost.city, channel)}, {inEuros(cost.euros)}
        </p>
        <p>
          {words.sentBy.resident}: {sentInWords(cost.resident, channel)}
        </p>
      </figcaption>
    </figure>
  );
}

function Bubble({ line }: { line: Line }) {
  const { from, sms, buttons, menu, tapped, sent } = line;
  const meta = [tapped && words.tapped, from === 'city' && sms && weightInWords(sms)].filter(Boolean);
  return (
    <li class={`bubble ${from}`}>
      <span class="hidden" lang="fr">
        {words.who[from]}
      </span>
      <p class="said" dir="auto" {...(sent && { lang: 'fr' })}>
        {textOf(line)}
      </p>
      {buttons && !menu && <Taps buttons={buttons} look="buttons" />}
      {buttons && menu && (
        <div class="menu">
          <p>{menu}</p>
          <Taps buttons={buttons} look="rows" />
        </div>
      )}
      {meta.length > 0 && (
        <span class="meta" lang="fr" dir="ltr">
          {meta.join(' · ')}
        </span>
      )}
    </li>
  );
}

const Taps = ({ buttons, look }: { buttons: string[]; look: 'buttons' | 'rows' }) => (
  <ul class={look}>
    {buttons.map((label) => (
      <li>{label}</li>
    ))}
  </ul>
);

/** A style sheet inside a page. */
export const Style = ({ css }: { css: string }) => <style>{raw(css)}</style>;
