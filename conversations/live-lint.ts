/** What is wrong or unwise in a live, before anyone approves it. */
import type { City } from './city.ts';
import { dayName, inParis, knowsHolidays, nextPermitted, parisMoment } from './hours.ts';
import { type Finding, quoted } from './lint/finding.ts';
import { answeredBy, beginsAt, closesAt, type Live, linkAt, linkWished, MAX_SUBJECT } from './live.ts';
import { openingBySms } from './live-words.ts';
import { sms } from './shape.ts';
import type { Survey } from './survey.ts';
import { heardAs } from './understand/heard-as.ts';
import { normaliseName } from './understand/normalise.ts';

/** What else has a keyword, and the hours of the city. */
export interface LiveAround {
  city: City;
  now: Date;
  /** The latest revision of each. */
  surveys: readonly Survey[];
  /** All there are. */
  lives: readonly Live[];
}

const finding =
  (severity: Finding['severity']) =>
  (rule: string, place: string, message: string): Finding => ({ rule, severity, place, message });
const error = finding('error');
const warning = finding('warning');

/** Every finding; none where all is well. An error keeps it from being approved. */
export function lintLive(live: Live, around: LiveAround): Finding[] {
  return [
    ...when(live, around),
    ...theLink(live, around),
    ...answers(live, around),
    ...theKeyword(live, around),
    ...texts(live, around),
  ];
}

const clock = (at: Date): string => `${dayName(at, 'fr')} à ${inParis(at).time}`;

function when(live: Live, { now }: LiveAround): Finding[] {
  const begins = beginsAt(live);
  if (!knowsHolidays(live.at.slice(0, 10)))
    return [
      error(
        'unknown-year',
        'at',
        `les jours fériés de ${live.at.slice(0, 4)} ne sont pas connus: donnez une date plus proche, ou complétez conversations/holidays-fr.json`,
      ),
    ];
  return [
    ...(begins <= now ? [error('past', 'at', `${clock(begins)} est passé: donnez un moment à venir`)] : []),
    ...(closesAt(live) > begins
      ? [
          error(
            'closes-late',
            'until',
            `les questions se ferment après le début: ${live.until}; donnez un moment jusqu'à ${live.at}`,
          ),
        ]
      : []),
    ...(closesAt(live) <= now && begins > now
      ? [
          warning(
            'closed',
            'until',
            `les questions sont closes depuis ${clock(closesAt(live))}: personne ne pourra en poser`,
          ),
        ]
      : []),
  ];
}

/** Nobody who wants the link should wait for one that cannot go out. */
function theLink(live: Live, { city, now }: LiveAround): Finding[] {
  if (!knowsHolidays(live.at.slice(0, 10)) || beginsAt(live) <= now) return [];
  const wished = linkWished(live);
  const at = linkAt(live, city.sending, now);
  const { from, to } = city.sending;
  if (!at)
    return [
      warning(
        'no-link',
        'at',
        `aucun lien ne partira avant le direct: ${clock(wished)} est passé, ou la ville n'écrit plus d'ici là (du lundi au samedi de ${from} à ${to}, hors jours fériés). Le lien est donné dans la réponse à qui le demande`,
      ),
    ];
  return at.getTime() === wished.getTime()
    ? []
    : [warning('link-moved', 'at', `${clock(wished)}, la ville n'écrit pas: le lien partira ${clock(at)}`)];
}

function answers(live: Live, { city: { sending } }: LiveAround): Finding[] {
  const day = answeredBy(live, sending);
  if (day < live.at.slice(0, 10))
    return [error('answers-early', 'answers', `les réponses sont promises avant le direct: ${day}`)];
  const noon = parisMoment(day, '12:00');
  return knowsHolidays(day) && nextPermitted(noon, sending) > noon
    ? [
        warning(
          'answers-quiet',
          'answers',
          `les réponses sont promises ${dayName(noon, 'fr')}, où la ville n'écrit pas`,
        ),
      ]
    : [];
}

function theKeyword({ id, keyword }: Live, { city, surveys, lives }: LiveAround): Finding[] {
  const plain = normaliseName(keyword);
  const isOf = (words: readonly string[]): boolean => words.some((word) => normaliseName(word) === plain);
  const heard = heardAs(keyword, city.languages);
  const taken = [
    ...city.quartiers
      .filter(({ name, keywords }) => isOf([name, ...keywords]))
      .map((quartier) => `la liste « ${quartier.id} »`),
    ...city.commands.filter(({ keywords }) => isOf(keywords)).map(() => 'une commande de la ville'),
    ...surveys.filter(({ keywords }) => isOf(keywords)).map(({ key }) => `le sondage « ${key} »`),
    ...lives
      .filter((each) => each.id !== id && each.keyword === keyword)
      .filter(({ state }) => state === 'open' || state === 'started')
      .map((each) => `le direct ${each.id}`),
  ];
  return [
    ...(heard?.as === 'command'
      ? [
          error(
            'command',
            'keyword',
            `« ${keyword} » est une commande, ou presque, pour qui parle « ${heard.language} »: choisissez un autre mot-clé`,
          ),
        ]
      : []),
    ...(heard?.as === 'answer'
      ? [
          error(
            'common',
            'keyword',
            `« ${keyword} » est une réponse de tous les jours pour qui parle « ${heard.language} »: choisissez un mot du sujet`,
          ),
        ]
      : []),
    ...taken.map((by) => error('taken', 'keyword', `mot-clé « ${keyword} »: ${by} le porte déjà`)),
  ];
}

function texts(live: Live, { city }: LiveAround): Finding[] {
  const own: [string, Record<string, string> | undefined][] = [
    ['subject', live.subject],
    ['opening', live.opening],
  ];
  const findings = own.flatMap(([place, said]) => {
    if (!said) return [];
    const unknown = Object.keys(said).filter((language) => !(city.languages as string[]).includes(language));
    return [
      ...(said.fr === undefined
        ? [error('no-french', `${place}.fr`, 'il manque le texte français: écrivez-le')]
        : []),
      ...unknown.map((language) =>
        error(
          'unknown-language',
          `${place}.${language}`,
          `« ${language} » n'est pas une langue du service. Langues: ${quoted(city.languages)}`,
        ),
      ),
    ];
  });
  const long = Object.entries(live.subject).filter(([, text]) => [...text].length > MAX_SUBJECT);
  const { parts, units } = sms(openingBySms(live, 'fr', city));
  return [
    ...findings,
    ...long.map(([language, text]) =>
      error(
        'subject-too-long',
        `subject.${language}`,
        `le sujet a ${[...text].length} lettres, ${MAX_SUBJECT} au plus: reçu « ${text} »`,
      ),
    ),
    ...(parts > 1
      ? [
          error(
            'invitation-too-long',
            live.opening ? 'opening.fr' : 'subject.fr',
            `l'invitation prend ${parts} SMS (${units} caractères, 160 au plus): raccourcissez-la`,
          ),
        ]
      : []),
  ];
}
