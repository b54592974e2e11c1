/** What is wrong or unwise in an announcement, before anyone approves it (channels.md 5, L3 to L5; participation.md 2.3). */
import type { Announcement, Draft } from './announcement.ts';
import { announcedText, textLanguage } from './announcement.ts';
import { type UnknownName, unknownIn } from './audience.ts';
import type { City } from './city.ts';
import { type Finding, shown } from './lint/finding.ts';
import { isLanguage } from './phrase.ts';
import { sms } from './shape.ts';
import { type Survey, surveyShelf } from './survey.ts';
import { readCommand } from './understand/commands.ts';
import { fold } from './understand/normalise.ts';
import { languageInFrench } from './xlsform/languages.ts';

export interface AnnouncementAround {
  city: City;
  /** The latest revision of each. */
  surveys: Survey[];
  /** Those that staff made, besides the city file's. */
  lists?: { id: string; name: string }[];
  /** By the announcement that each reminds of. */
  reminders?: Record<string, string>;
  /** YYYY-MM-DDTHH:MM in Paris. */
  now: string;
}

type Said = Pick<Announcement, keyof Draft> & Partial<Pick<Announcement, 'id'>>;

/** Parts that a push is meant to fit in; scripts of 70 characters a part take more to say the same. */
const MOST_PARTS: Record<string, number> = { ar: 3, ta: 3, ur: 3, bn: 3, zh: 2 };
/** Twilio refuses longer bodies (error 21617). */
const MOST_UNITS = 1600;

/** Every finding; none where all is well. An error keeps it from being approved. */
export function lintAnnouncement(announcement: Said, around: AnnouncementAround): Finding[] {
  return [
    ...languages(announcement, around),
    ...Object.keys(announcement.texts).flatMap((language) => ofText(announcement, language, around)),
    ...audience(announcement, around),
    ...reminder(announcement, around),
    ...lintSurvey(announcement, around),
    ...(announcement.kind === 'urgent' && !announcement.reason
      ? [error('no-reason', 'reason', "une annonce urgente dit pourquoi elle n'attend pas: ajoutez un motif")]
      : []),
  ];
}

const error = (rule: string, place: string, message: string, language?: string): Finding => ({
  rule,
  severity: 'error',
  place,
  message,
  ...(language !== undefined && { language }),
});
const warning = (rule: string, place: string, message: string, language?: string): Finding => ({
  ...error(rule, place, message, language),
  severity: 'warning',
});

function languages({ texts, base }: Said, { city }: AnnouncementAround): Finding[] {
  const unknown = Object.keys(texts).filter((language) => !isLanguage(language));
  const missing = city.languages.filter((language) => texts[language] === undefined);
  const stand = textLanguage({ texts, base }, '');
  return [
    ...(texts.fr === undefined
      ? [error('no-french', 'texts.fr', 'il manque le texte français: écrivez-le', 'fr')]
      : []),
    ...unknown.map((language) =>
      error(
        'unknown-language',
        `texts.${language}`,
        `« ${language} » n'est pas une langue du service. Langues: ${city.languages.join(', ')}`,
      ),
    ),
    ...(missing.length > 0
      ? [
          warning(
            'fallback',
            'texts',
            `pas de texte en ${missing.map(languageInFrench).join(', ')}: qui a choisi cette langue recevra le texte en ${languageInFrench(stand)}`,
          ),
        ]
      : []),
  ];
}

function ofText(announcement: Said, language: string, { city }: AnnouncementAround): Finding[] {
  const place = `texts.${language}`;
  const text = announcement.texts[language] ?? '';
  const sent = sms(announcedText(announcement, language, 'sms'));
  const findings: Finding[] = [];
  if (text.trim() === '') return [error('empty', place, 'le texte est vide', language)];
  if (sent.text.length > MOST_UNITS)
    findings.push(
      error(
        'too-long-to-send',
        place,
        `le texte a ${sent.text.length} caractères: aucun SMS n'en porte plus de ${MOST_UNITS}. Coupez-le`,
        language,
      ),
    );
  else if (sent.parts > (MOST_PARTS[language] ?? 1))
    findings.push(
      (language === 'fr' && announcement.kind !== 'urgent' ? error : warning)(
        'parts',
        place,
        `avec la fin qui dit comment arrêter, le texte prend ${sent.parts} SMS (${sent.units} caractères), ${MOST_PARTS[language] ?? 1} au plus en « ${language} »: raccourcissez-le`,
        language,
      ),
    );
  if (!namesSender(text, language, city))
    findings.push(
      error(
        'no-sender',
        place,
        `le texte ne dit pas qui écrit: nommez la ville, par exemple « ${city.shortName} » ou « ${senders(language, city).at(-1)} »`,
        language,
      ),
    );
  const placeholder = PLACEHOLDER.exec(text)?.[0];
  if (placeholder)
    findings.push(
      error(
        'placeholder',
        place,
        `${shown(placeholder)} ne sera pas remplacé: le même texte va à tout le monde, sans donnée personnelle. Enlevez-le`,
        language,
      ),
    );
  return [...findings, ...replies(announcement, text, language, city)];
}

/** ${nom}, {{prénom}}, %NOM%, [prénom], <nom> */
const PLACEHOLDER = /\$?\{[^}]*\}\}?|%[\p{L}_]+%|\[[\p{L}_ ]+\]|<[\p{L}_ ]+>/u;

/** What names the city, from the longest to the shortest. */
function senders(language: string, { name, shortName, townHall }: City): string[] {
  const commune = (full: string): string => full.replace(/^(?:ville|commune|mairie) (?:de |d['’])/iu, '');
  const own = (townHall as Record<string, string | undefined>)[language];
  return [name, commune(name), commune(shortName), ...(own ? [own] : [])];
}

/** As a word of its own: the site's address does not say who writes. */
function namesSender(text: string, language: string, city: City): boolean {
  const said = fold(text);
  return senders(language, city).some((sender) => {
    const wanted = fold(sender);
    const end = /\p{Script=Latin}$/u.test(wanted) ? '(?![\\p{L}\\p{N}]|\\.\\p{L})' : '';
    return new RegExp(`(?<![\\p{L}\\p{N}/@.])${escaped(wanted)}${end}`, 'u').test(said);
  });
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/gu, '\\$&');

/** What readers are told to answer is heard as what it always means. */
function replies({ kind }: Said, text: string, language: string, city: City): Finding[] {
  const place = `texts.${language}`;
  const findings: Finding[] = [];
  const capitals = [...new Set(text.match(/(?<![\p{L}\p{N}])\p{Lu}{3,}(?![\p{L}\p{N}])/gu) ?? [])];
  for (const word of capitals) {
    const command = readCommand(word, language);
    if (!command || 'near' in command || 'bare' in command || command.command === 'stop') continue;
    const grave = command.command === 'erase';
    findings.push(
      (grave ? error : warning)(
        'reserved-word',
        place,
        `« ${word} » est une commande du service: qui l'envoie n'est pas compris autrement. ${grave ? 'Dites-le autrement' : 'Gardez-le seulement si vous voulez dire cette commande'}`,
        language,
      ),
    );
  }
  if (
    (kind === 'info' || kind === 'urgent') &&
    /(?<!\p{N})1 \p{L}+[\s\S]{0,40}(?<!\p{N})2 \p{L}+/u.test(text)
  )
    findings.push(
      warning(
        'asks-for-figures',
        place,
        `le texte propose de répondre par un chiffre, et une annonce de ce genre n'attend pas de réponse. Mots à proposer: ${city.quartiers[0] ? 'RAPPEL, ' : ''}AIDE`,
        language,
      ),
    );
  return findings;
}

const PLACES: Record<UnknownName['what'], string> = {
  list: 'lists',
  quartier: 'quartiers',
  language: 'languages',
  survey: 'answered',
};

const audience = ({ audience: named }: Said, { city, surveys, lists = [] }: AnnouncementAround): Finding[] =>
  unknownIn(named, { city, lists, surveys: surveyShelf(surveys) }).map(({ what, got, allowed }) =>
    error(
      'unknown-audience',
      `audience.${PLACES[what]}`,
      `« ${got} » n'existe pas. Possible: ${allowed.join(', ')}`,
    ),
  );

/** An announcement is reminded of once: that it is this one stands on what it reminds of. */
const reminder = ({ id, audience: { told } }: Said, { reminders = {} }: AnnouncementAround): Finding[] =>
  told === undefined || (id !== undefined && reminders[told] === id)
    ? []
    : [
        error(
          'reminder',
          'audience.told',
          `une relance de ${told} s'écrit depuis ${told} (commande « relance »), une seule fois${reminders[told] ? `: c'est ${reminders[told]}` : ''}`,
        ),
      ];

/** The survey that it is to begin. */
export function lintSurvey({ kind, survey: key, at }: Said, { surveys, now }: AnnouncementAround): Finding[] {
  if (kind !== 'survey')
    return key === undefined
      ? []
      : [
          error(
            'survey-not-begun',
            'survey',
            `seule une annonce de sondage commence un sondage, reçu « ${key} »`,
          ),
        ];
  const keys = surveys.map((each) => each.key).join(', ');
  if (key === undefined) return [error('no-survey', 'survey', `dites quel sondage. Sondages: ${keys}`)];
  const found = surveys.find((each) => each.key === key);
  if (!found)
    return [error('unknown-survey', 'survey', `le sondage « ${key} » n'existe pas. Sondages: ${keys}`)];
  const day = (at ?? now).slice(0, 10);
  if (day >= found.opens && day <= found.closes) return [];
  return [
    error(
      'survey-not-open',
      'survey',
      `le sondage « ${key} » est ouvert du ${found.opens} au ${found.closes}, et l'annonce part le ${day}`,
    ),
  ];
}

/**
 * The election before which this day, YYYY-MM-DD, lies: from the first day of the sixth month before the month of the
 * vote (code électoral, L52-1) to the vote itself.
 */
export function electionAt({ elections }: City, day: string): string | undefined {
  return [...elections].sort().find((election) => day >= sixMonthsBefore(election) && day <= election);
}

function sixMonthsBefore(election: string): string {
  const [year = 0, month = 0] = election.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 - 6, 1)).toISOString().slice(0, 10);
}
