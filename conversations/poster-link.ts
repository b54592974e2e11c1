/**
 * What a poster's QR code opens, and the words to type for who cannot scan it. Made to match the readers
 * (`understand/keywords.ts`, and Messenger's `ref`): what they would not read back is refused before it is printed.
 */
import type { Language } from '../locales/index.ts';
import { words } from '../locales/index.ts';
import type { City } from './city.ts';
import type { Channel } from './events.ts';
import { isOn, type OnStage } from './live.ts';
import type { SurveyShelf } from './survey.ts';
import { type Keyword, readKeyword } from './understand/keywords.ts';
import { languageNamed } from './understand/lexicon.ts';
import { normalise } from './understand/normalise.ts';

/** What one joins, answers, or asks something of: the id of a live. */
export type Goal = { list: string } | { survey: string } | { live: string };

export interface PosterWorld {
  city: City;
  surveys: SurveyShelf;
  lives?: readonly OnStage[];
}

export interface Poster {
  goal: Goal;
  channel: Channel;
  /** Which poster it was: one or two letters and up to four digits. */
  source?: string;
  /** Without it the resident is asked. */
  language?: Language;
}

export interface PosterLink {
  /** What the QR code holds. */
  uri: string;
  /** What is typed instead: "CHENE A12 TR". */
  text: string;
  /** Where to: a short code, a number, the name of a page. */
  to: string;
}

/** Why there is no such poster, in French, for who asked for it. */
export class PosterRefused extends Error {
  override name = 'PosterRefused';
}

/** Throws `PosterRefused` where the city has no such list, number, page or language, or its reader would not understand. */
export function posterLink(poster: Poster, world: PosterWorld): PosterLink {
  const { city } = world;
  const { channel, source, language } = poster;
  if (source !== undefined && !/^[A-Za-z]{1,2}\d{1,4}$/.test(source))
    throw new PosterRefused(
      `code d'affiche « ${source} »: un code est une ou deux lettres puis un à quatre chiffres, comme A12`,
    );
  if (language && !city.languages.includes(language))
    throw new PosterRefused(`langue « ${language} »: langues de la ville: ${city.languages.join(', ')}`);
  const to = reached(city, channel);
  const text = [keywordOf(poster.goal, world), source, language && wordFor(language)]
    .filter(Boolean)
    .join(' ')
    .toUpperCase();
  const read = readKeyword(text, city, world.surveys, 'fr', world.lives);
  if (!isMeant(read, poster))
    throw new PosterRefused(
      `« ${text} » ne serait pas compris comme demandé: un autre mot-clé ou une langue porte ce nom`,
    );
  return { uri: LINK[channel](to, text), text, to };
}

/**
 * SMS: RFC 5724 has `?body=`; iOS since 8 wants `&body=` behind the number. `?&body=` is both: an empty field, which
 * readers of the RFC's form skip, and the one behind it. Short codes stand as they are dialled.
 * WhatsApp: the number in full, digits alone. Messenger: a ref has no spaces, `messenger-events.ts` puts them back.
 */
const LINK: Record<Channel, (to: string, text: string) => string> = {
  sms: (to, text) => `sms:${to}?&body=${encodeURIComponent(text)}`,
  whatsapp: (to, text) => `https://wa.me/${to.replace('+', '')}?text=${encodeURIComponent(text)}`,
  messenger: (to, text) => `https://m.me/${to}?ref=${encodeURIComponent(text.replaceAll(' ', '_'))}`,
};

/** The channels that the city can be written to. */
export const reachable = (city: City): Channel[] =>
  (['sms', 'whatsapp', 'messenger'] as const).filter((channel) => city[FIELD[channel]] !== undefined);

const FIELD = { sms: 'smsNumber', whatsapp: 'whatsappNumber', messenger: 'messengerPage' } as const;
const MISSING: Record<Channel, string> = {
  sms: "la ville n'a pas de numéro pour les SMS",
  whatsapp: "la ville n'a pas de numéro WhatsApp",
  messenger: "la ville n'a pas de page Messenger",
};

function reached(city: City, channel: Channel): string {
  const to = city[FIELD[channel]];
  if (to === undefined)
    throw new PosterRefused(
      `${MISSING[channel]} (« ${FIELD[channel]} » de son fichier). Canaux: ${reachable(city).join(', ') || 'aucun'}`,
    );
  return to;
}

function keywordOf(goal: Goal, { city, surveys, lives = [] }: PosterWorld): string {
  if ('live' in goal) {
    const live = lives.find((each) => each.live.id === goal.live)?.live;
    if (live && isOn(live)) return live.keyword;
    throw new PosterRefused(
      `direct « ${goal.live} »: ${live ? 'il est terminé ou annulé' : "il n'y en a pas d'ouvert de ce nom"}`,
    );
  }
  if ('list' in goal) {
    const list = city.quartiers.find(({ id }) => id === goal.list);
    if (list) return list.keywords[0] as string;
    const known = city.quartiers.map(({ id }) => id).join(', ');
    throw new PosterRefused(`liste inconnue: « ${goal.list} ». Listes: ${known}`);
  }
  const survey = surveys.latest(goal.survey);
  if (!survey) {
    const known = surveys.all().map(({ key }) => key);
    throw new PosterRefused(`sondage inconnu: « ${goal.survey} ». Sondages: ${known.join(', ')}`);
  }
  const [keyword] = survey.keywords;
  if (!keyword)
    throw new PosterRefused(
      `le sondage « ${goal.survey} » n'a pas de mot-clé: on n'y entre que sur invitation`,
    );
  return keyword;
}

/** The code of the language where that is one word; else a name of it that is, in letters that any phone types. */
function wordFor(language: Language): string | undefined {
  const all = [language, ...words[language].names];
  return all.find((word) => /^[a-z]+$/i.test(word) && languageNamed(normalise(word)) === language);
}

function isMeant(read: Keyword | undefined, { goal, source, language }: Poster): boolean {
  if (!read) return false;
  return isOf(read, goal) && read.source === source?.toUpperCase() && read.language === language;
}

function isOf(read: Keyword, goal: Goal): boolean {
  if ('list' in goal) return read.kind === 'quartier' && read.quartier === goal.list;
  if ('live' in goal) return read.kind === 'live' && read.live === goal.live;
  return read.kind === 'survey' && read.survey === goal.survey;
}
