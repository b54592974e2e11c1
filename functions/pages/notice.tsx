/**
 * The residents' notice: who, why, what is kept, how long, which rights. Owns the page, its look and the policy
 * that lets nothing else into it; the words are in `locales/<language>/notice.json`, the facts in the city's file.
 */
import { createHash } from 'node:crypto';
import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { City } from '../../conversations/city.ts';
import { type Language, languages, words } from '../../locales/index.ts';
import { type NoticeKey, noticeParts, notices, REVIEWED } from '../../locales/notice.ts';
import { LIFETIME } from '../store/table.ts';
import { FONT_FAMILY, fontFaces } from './fonts.ts';

/** The authority's own address, the same for every city: https://www.cnil.fr/fr/adresser-une-plainte */
const CNIL = { url: 'https://www.cnil.fr', site: 'www.cnil.fr' };
const CNIL_ADDRESS = '3 place de Fontenoy, TSA 80715, 75334 Paris cedex 07';
const DAY = 86_400;
const COMMANDS = ['STOP', 'EFFACER', 'CONTACT', 'RAPPEL', 'LANGUE'] as const;

// Addresses are relative to /donnees, so that the page also works behind a gateway's stage.
export const STYLE = `${fontFaces('donnees/fonts')}
*{box-sizing:border-box}
html{font:400 106.25%/1.6 ${FONT_FAMILY};color:#17242f;background:#fff;-webkit-text-size-adjust:100%;text-size-adjust:100%}
html:lang(ar){font-size:112.5%;line-height:1.8}
body{margin:0 auto;max-width:44rem;padding:0 1.25rem 3rem;overflow-wrap:break-word}
h1,h2,h3{font-weight:600;line-height:1.3;text-wrap:balance}
h1{font-size:1.9rem;margin:.25rem 0 1.25rem;color:#0a4560}
h2{font-size:1.3rem;margin:2.5rem 0 .5rem;color:#0a4560}
h3{font-size:1.1rem;margin:1.75rem 0 .5rem}
p{margin:.5rem 0}
ul{margin:.5rem 0;padding-inline-start:1.25rem}
li{margin:.4rem 0}
li::marker{color:#0a5570}
a{color:#0a5570;text-underline-offset:.2em}
a:hover{text-decoration-thickness:.15em}
:focus-visible{outline:3px solid #c65d00;outline-offset:3px;border-radius:2px}
.skip{position:absolute;inset-inline-start:1rem;top:-5rem;padding:.5rem 1rem;background:#fff}
.skip:focus{top:.5rem}
.city{margin:1.75rem 0 0;color:#4a5864}
.languages{border-bottom:1px solid #cfd8df}
.languages ul{display:flex;flex-wrap:wrap;gap:0 .25rem;margin:0 -.75rem;padding:.25rem 0;list-style:none}
.languages li{margin:0}
.languages a{display:block;padding:.6rem .75rem;min-height:2.75rem;line-height:1.5}
.languages [aria-current]{color:#17242f;text-decoration:none;font-weight:600;box-shadow:inset 0 -3px #0a5570}
.example{margin:1.25rem 0;padding:.75rem 1rem;border:2px solid #a85200;background:#fff8ef}
.short{margin:1.5rem 0 2.5rem;padding:1.25rem 1.25rem 1rem;border-inline-start:.3rem solid #0a5570;background:#eef4f6}
.short h2{margin-top:0}
dl{margin:.75rem 0}
.times>div{padding:.65rem 0;border-top:1px solid #cfd8df}
.times>div:last-child{border-bottom:1px solid #cfd8df}
dt,dd{margin:0}
.times dd{font-weight:600}
.commands>div{display:grid;grid-template-columns:minmax(6.5rem,max-content) 1fr;gap:.25rem 1rem;align-items:baseline;margin:.6rem 0}
.word{font-weight:600}
.word,[href^='tel:']{white-space:nowrap}
.commands .word{padding:.1em .45em;border:1px solid #75848f;border-radius:.3em}
footer{margin-top:3rem;padding-top:1rem;border-top:1px solid #cfd8df;font-size:.94rem;color:#4a5864}
@media(max-width:24rem){.commands>div{grid-template-columns:1fr}}
@media(min-width:40rem){.times>div{display:grid;grid-template-columns:3fr 2fr;gap:1.5rem}h1{font-size:2.2rem}}
@media print{html{font-size:10.5pt;line-height:1.45}body{max-width:none;padding:0}.languages,.skip{display:none}
.short,.example{background:none}h2,h3{break-after:avoid}li,dl>div,p{break-inside:avoid}a{color:inherit}}
`;

/** Nothing but this style and our own fonts; no script at all. */
export const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The languages that the city writes; French is always there. */
export const noticeLanguages = (city: City): Language[] =>
  languages.filter((language) => language === 'fr' || city.languages.includes(language));

/** The whole page. Throws on a text with a place that nothing fills. */
export async function noticePage(city: City, language: Language): Promise<string> {
  return `<!doctype html>${await (<Page city={city} language={language} />)}`;
}

function Page({ city, language }: { city: City; language: Language }) {
  const say = sayer(city, language);
  const texts = notices[language];
  const viaMeta = Boolean(city.whatsappNumber || city.messengerPage);
  return (
    <html lang={language} dir={words[language].direction}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${texts.title} – ${city.name}`}</title>
        <style>{raw(STYLE)}</style>
      </head>
      <body>
        <a class="skip" href="#texte">
          {texts.skip}
        </a>
        <Languages offered={noticeLanguages(city)} current={language} label={texts.languages} />
        <main id="texte">
          <p class="city">
            <Own text={city.name} />
            <br />
            {texts.service}
          </p>
          <h1>{texts.title}</h1>
          {city.example && <p class="example">{texts.example}</p>}
          <Short say={say} />
          <Facts say={say} viaMeta={viaMeta} />
          <Times say={say} viaMeta={viaMeta} />
          <Rights say={say} />
        </main>
        <footer>
          <p>{texts.cookies}</p>
          {texts.status !== REVIEWED && <p>{texts.draft}</p>}
        </footer>
      </body>
    </html>
  );
}

type Say = (key: NoticeKey) => Child;

const Points = ({ say, keys }: { say: Say; keys: NoticeKey[] }) => (
  <ul>
    {keys.map((key) => (
      <li>{say(key)}</li>
    ))}
  </ul>
);

const Languages = (props: { offered: Language[]; current: Language; label: string }) => (
  <nav class="languages" aria-label={props.label}>
    <ul>
      {props.offered.map((each) => (
        <li>
          <a
            href={`?lang=${each}`}
            lang={each}
            hreflang={each}
            dir={words[each].direction}
            aria-current={each === props.current ? 'page' : undefined}
          >
            {words[each].name}
          </a>
        </li>
      ))}
    </ul>
  </nav>
);

const Short = ({ say }: { say: Say }) => (
  <section class="short" aria-labelledby="short">
    <h2 id="short">{say('short.title')}</h2>
    <p>{say('short.who')}</p>
    <p>{say('short.free')}</p>
    <p>{say('short.kept')}</p>
    <p>{say('short.never')}</p>
    <p>{say('short.stop')}</p>
    <p>{say('short.erase')}</p>
    <p>{say('short.help')}</p>
  </section>
);

/** `viaMeta`: the city is on WhatsApp or Messenger, where photos and voice notes come from. */
const Facts = ({ say, viaMeta }: { say: Say; viaMeta: boolean }) => (
  <>
    <h2>{say('who.title')}</h2>
    <p>{say('who.controller')}</p>
    <p>{say('who.address')}</p>
    <h2>{say('why.title')}</h2>
    <p>{say('why.purpose')}</p>
    <p>{say('why.max')}</p>
    <p>{say('why.never')}</p>
    <h2>{say('basis.title')}</h2>
    <p>{say('basis.task')}</p>
    <p>{say('basis.consent')}</p>
    <h2>{say('free.title')}</h2>
    <p>{say('free.text')}</p>
    {viaMeta && <p>{say('free.channel')}</p>}
    <p>{say('free.call')}</p>
    <h2>{say('kept.title')}</h2>
    <Points
      say={say}
      keys={[
        'kept.number',
        'kept.profile',
        'kept.consent',
        'kept.answers',
        'kept.messages',
        ...(viaMeta ? (['kept.media'] as const) : []),
      ]}
    />
    <p>{say('kept.careful')}</p>
    <h2>{say('seen.title')}</h2>
    <Points say={say} keys={['seen.staff', 'seen.aws', 'seen.twilio']} />
    <p>{say('seen.contract')}</p>
    {viaMeta && <p>{say('seen.meta')}</p>}
  </>
);

const times = (viaMeta: boolean) =>
  ['contact', 'messages', ...(viaMeta ? (['media'] as const) : []), 'answers', 'stranger', 'print'] as const;

const Times = ({ say, viaMeta }: { say: Say; viaMeta: boolean }) => (
  <>
    <h2>{say('time.title')}</h2>
    <dl class="times">
      {times(viaMeta).map((what) => (
        <div>
          <dt>{say(`time.${what}.what`)}</dt>
          <dd>{say(`time.${what}.long`)}</dd>
        </div>
      ))}
    </dl>
  </>
);

const Rights = ({ say }: { say: Say }) => (
  <>
    <h2>{say('rights.title')}</h2>
    <Points
      say={say}
      keys={['rights.access', 'rights.correct', 'rights.erase', 'rights.oppose', 'rights.limit']}
    />
    <p>{say('rights.month')}</p>
    <h3>{say('words.title')}</h3>
    <dl class="commands">
      {COMMANDS.map((command) => (
        <div>
          <dt>
            <Word text={command} />
          </dt>
          <dd>{say(`words.${command}`)}</dd>
        </div>
      ))}
    </dl>
    <h2>{say('young.title')}</h2>
    <p>{say('young.text')}</p>
    <h2>{say('auto.title')}</h2>
    <p>{say('auto.text')}</p>
    <h2>{say('ask.title')}</h2>
    <p>{say('ask.dpo')}</p>
    <p>{say('ask.cnil')}</p>
  </>
);

/** A name or a number as French writes it: kept in one piece and in its own direction inside an Arabic sentence. */
const Own = ({ text }: { text: string }) => (
  <bdi dir="ltr" lang="fr">
    {text}
  </bdi>
);

const Word = ({ text }: { text: string }) => (
  <bdi dir="ltr" lang="fr" class="word">
    {text}
  </bdi>
);

const Link = ({ to, text }: { to: string; text: string }) => (
  <a href={to} dir="ltr">
    {text}
  </a>
);

/** What fills the places in the texts, the same for every language but for the durations. */
function fillings(city: City, language: Language): Record<string, Child> {
  const { controller, address, dpo, contactMonths, messageDays, answerMonths } = city.notice;
  const word = (text: string): Child => <Word text={text} />;
  return {
    controller: <Own text={controller} />,
    address: <Own text={address} />,
    phone: <Link to={`tel:${city.phone.replaceAll(' ', '')}`} text={city.phone} />,
    dpo: dpo.includes('@') ? <Link to={`mailto:${dpo}`} text={dpo} /> : <Own text={dpo} />,
    cnil: <Link to={CNIL.url} text={CNIL.site} />,
    cnilAddress: <Own text={CNIL_ADDRESS} />,
    taskArticle: <Own text="6.1.e" />,
    consentArticle: <Own text="6.1.a" />,
    framework: <Own text="Data Privacy Framework" />,
    aws: <Own text="Amazon Web Services" />,
    twilio: <Own text="Twilio" />,
    meta: <Own text="Meta" />,
    max: city.messagesPerMonth,
    contactTime: months(contactMonths, language),
    answerTime: months(answerMonths, language),
    messageTime: duration(messageDays, 'day', language),
    strangerTime: duration(LIFETIME.stranger / DAY, 'day', language),
    REPRENDRE: word('REPRENDRE'),
    ...Object.fromEntries(COMMANDS.map((command) => [command, word(command)])),
  };
}

function sayer(city: City, language: Language): Say {
  const values = fillings(city, language);
  return (key) =>
    noticeParts(notices[language][key]).map((part, index) => {
      if (index % 2 === 0) return part;
      if (!(part in values))
        throw new Error(`the notice's text ${key} (${language}) has a place that nothing fills: ${part}`);
      return values[part];
    });
}

/** In the language's own plural; Latin digits in Arabic too, as in our messages and on French phones. */
const duration = (count: number, unit: 'day' | 'month' | 'year', language: Language): string =>
  new Intl.NumberFormat(`${language}-u-nu-latn`, { style: 'unit', unit, unitDisplay: 'long' }).format(count);

const months = (count: number, language: Language): string =>
  count % 12 === 0 ? duration(count / 12, 'year', language) : duration(count, 'month', language);
