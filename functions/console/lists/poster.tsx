/** What goes on a wall for a list: its code to scan, the words to send, a poster to print. */
import { raw } from 'hono/html';
import type { Channel } from '../../../conversations/events.ts';
import { isLanguage } from '../../../conversations/phrase.ts';
import { type Poster, PosterRefused, posterLink, reachable } from '../../../conversations/poster-link.ts';
import type { Language } from '../../../locales/index.ts';
import { REVIEWED } from '../../../locales/notice.ts';
import { posterTexts } from '../../../locales/poster.ts';
import { qrPng, qrSvg } from '../../posters/qr.ts';
import { posterPage } from '../../posters/sheet.tsx';
import type { Answer } from '../../runtime/http.ts';
import { FONTS } from '../assets.ts';
import { Button, FaultSummary, type Faults, Field, Select } from '../forms.tsx';
import { Empty, Facts } from '../list.tsx';
import { type Asked, download, NotThere, type Page, type Route } from '../page.ts';
import { printed } from '../printed.ts';
import { languageOf } from '../residents/parts.ts';
import { sentence } from '../said.ts';
import { addressOf, asked, LISTS } from './parts.ts';

const CHANNELS: Record<Channel, string> = { sms: 'SMS', whatsapp: 'WhatsApp', messenger: 'Messenger' };

/** Of the address; what is not offered there is taken as not said. */
function posterOf(list: string, query: URLSearchParams, channels: Channel[]): Poster {
  const language = query.get('langue') ?? '';
  const source = (query.get('code') ?? '').trim();
  return {
    goal: { list },
    channel: channels.find((each) => each === query.get('canal')) ?? channels[0] ?? 'sms',
    ...(isLanguage(language) && { language: language as Language }),
    ...(source !== '' && { source }),
  };
}

async function posterAsked(request: Asked): Promise<{ poster: Poster; name: string; id: string }> {
  const { id, name } = await asked(request);
  return { id, name, poster: posterOf(id, request.query, reachable(request.deps.world.city)) };
}

async function show(request: Asked): Promise<Page> {
  const { query, deps } = request;
  const { world } = deps;
  const { id, name, poster } = await posterAsked(request);
  const channels = reachable(world.city);
  const ofCity = world.city.quartiers.some((each) => each.id === id);
  const { link, fault } = ofCity && channels.length > 0 ? linkOf(request, poster) : {};
  const { language } = poster;
  const about = fault?.startsWith('code') ? 'code' : '';
  const faults: Faults = fault === undefined ? {} : { [about]: sentence(fault) };
  const wanted = new URLSearchParams({
    langue: query.get('langue') ?? '',
    canal: poster.channel,
    code: poster.source ?? '',
  });
  return {
    ...(fault !== undefined && { status: 422 as const }),
    title: 'Affiche et code QR',
    purpose: `Pour que les habitants s’inscrivent eux-mêmes à la liste « ${name} ».`,
    above: { title: name, href: addressOf(id) },
    body: ofCity ? (
      <>
        <FaultSummary faults={faults} />
        <form method="get" action={addressOf(id, 'affiche')} class="row">
          <Select
            name="langue"
            label="Langue"
            required
            value={language ?? ''}
            choices={[
              { value: '', label: 'Français, langue demandée ensuite' },
              ...world.city.languages.map((code) => ({ value: code, label: languageOf(code) ?? code })),
            ]}
          />
          <Select
            name="canal"
            label="Canal"
            required
            value={poster.channel}
            choices={channels.map((value) => ({ value, label: CHANNELS[value] }))}
          />
          <Field
            name="code"
            label="Code du lieu"
            hint="Pour savoir quelle affiche a servi : A12."
            value={query.get('code') ?? ''}
            faults={faults}
          />
          <Button quiet>Montrer</Button>
        </form>
        {link && (
          <section class="card">
            <h2>À scanner, ou à écrire</h2>
            <div class="qr">{raw(qrSvg(link.uri, link.text))}</div>
            <Facts
              facts={[
                ['À écrire', <bdi dir="ltr">{link.text}</bdi>],
                ['Au', <bdi dir="ltr">{link.to}</bdi>],
              ]}
            />
            <p class="actions">
              <a class="button main" href={`${addressOf(id, 'affiche/imprimer')}?${wanted}`}>
                Affiche à imprimer
              </a>
              <a class="button quiet" href={`${addressOf(id, 'affiche/qr.svg')}?${wanted}`}>
                Code en SVG
              </a>
              <a class="button quiet" href={`${addressOf(id, 'affiche/qr.png')}?${wanted}`}>
                Code en PNG
              </a>
            </p>
            {language && posterTexts[language].status !== REVIEWED && (
              <p class="warning">
                Ces textes n’ont pas encore été relus par une personne dont c’est la langue : faites-les
                relire avant d’imprimer.
              </p>
            )}
          </section>
        )}
      </>
    ) : (
      <Empty>
        <p>Cette liste n’a pas de mot-clé : on n’y entre que par un import, avec une preuve d’accord.</p>
      </Empty>
    ),
  };
}

function linkOf({ deps }: Asked, poster: Poster): { link?: ReturnType<typeof posterLink>; fault?: string } {
  try {
    return { link: posterLink(poster, deps.world) };
  } catch (error) {
    if (error instanceof PosterRefused) return { fault: error.message };
    throw error;
  }
}

/** Its address is only made where there is such a poster. */
async function madeOf(request: Asked) {
  const { id, poster } = await posterAsked(request);
  const { link } = linkOf(request, poster);
  if (!link) throw new NotThere();
  const name = [id, poster.language, poster.channel, poster.source?.toUpperCase()].filter(Boolean).join('-');
  return { poster, link, name };
}

async function svg(request: Asked): Promise<Answer> {
  const { link, name } = await madeOf(request);
  return download(`qr-${name}.svg`, 'image/svg+xml', qrSvg(link.uri, link.text));
}

async function png(request: Asked): Promise<Answer> {
  const { link, name } = await madeOf(request);
  return download(`qr-${name}.png`, 'image/png', qrPng(link.uri));
}

async function print(request: Asked): Promise<Answer> {
  const { poster } = await madeOf(request);
  return printed(await posterPage(poster, request.deps.world, { fonts: FONTS, paper: 'A4' }));
}

const read = { method: 'GET', right: 'lists.read' } as const;
export const posterRoutes: Route[] = [
  { ...read, path: `${LISTS}/:id/affiche`, make: show },
  { ...read, path: `${LISTS}/:id/affiche/qr.svg`, make: svg },
  { ...read, path: `${LISTS}/:id/affiche/qr.png`, make: png },
  { ...read, path: `${LISTS}/:id/affiche/imprimer`, make: print },
];
