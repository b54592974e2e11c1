/** An audience in a French sentence, for staff: what they are about to write to, and what they named wrongly. */
import { type Audience, listsOf, type Named, type UnknownName } from './audience.ts';
import type { City } from './city.ts';
import type { AgeBand, Channel } from './events.ts';

/**
 * "habitants des listes Chêne Pointu et Aînés, 15 à 24 ans, en turc ou en arabe, qui n'ont pas répondu à SQUARE".
 * The names of quartiers stand after "liste" or "quartier": no file says whether one is "du" or "de la".
 */
export function describeAudience(audience: Audience, world: Named): string {
  const { city, surveys } = world;
  const { lists, quartiers, languages, ages, channels, activeSince, silentSince, answered, group, told } =
    audience;
  const survey = answered && surveys.latest(answered.survey);
  const onLists =
    lists && `${lists.length > 1 ? 'des listes' : 'de la liste'} ${all(namesOf(world, lists), 'et')}`;
  const living = quartiers && {
    of: `${quartiers.length > 1 ? 'des quartiers' : 'du quartier'} ${all(namesOf(world, quartiers), 'et')}`,
    who: `qui ont dit habiter ${all(namesOf(world, quartiers), 'ou')}`,
  };
  const more = [
    (onLists || group || told) && living?.who,
    ages && all(ranges(ages), 'ou'),
    languages &&
      all(
        languages.map((code) => `en ${languageName(city, code)}`),
        'ou',
      ),
    channels &&
      all(
        channels.map((channel) => ON[channel]),
        'ou',
      ),
    activeSince && `qui ont écrit depuis le ${dayName(activeSince)}`,
    silentSince && `qui n'ont pas écrit depuis le ${dayName(silentSince)}`,
    answered &&
      `qui ${answered.did ? 'ont' : "n'ont pas"} répondu à ${survey?.keywords[0] ?? answered.survey}`,
  ].filter(Boolean);
  const where = onLists ?? living?.of;
  if (group) return [`habitants ${inGroup(group)}`, ...more].join(', ');
  if (told) return [`habitants qui ont reçu ${told} et n'y ont pas répondu`, ...more].join(', ');
  if (!where && more.length === 0) return 'tous les habitants inscrits';
  const who = where ? `habitants ${where}` : 'habitants inscrits';
  return [who, ...more].join(', ');
}

/** What was named and does not exist, with what does. */
export const unknownInWords = (unknown: UnknownName[]): string =>
  unknown
    .map(({ what, got, allowed }) => {
      const { one, many } = WORDS[what];
      return `${one} « ${got} ». ${many}: ${allowed.join(', ')}`;
    })
    .join('\n');

const WORDS: Record<UnknownName['what'], { one: string; many: string }> = {
  list: { one: 'liste inconnue:', many: 'Listes' },
  quartier: { one: 'quartier inconnu:', many: 'Quartiers' },
  language: { one: 'langue inconnue:', many: 'Langues' },
  survey: { one: 'sondage inconnu:', many: 'Sondages' },
};
/** Of a visit, as `seats.ts` has them; of a live, as `functions/runtime/announced-to.ts` does. */
const WHO: Record<string, string> = {
  coming: 'qui viennent à',
  waiting: "sur la liste d'attente de",
  registered: 'inscrits à',
  'took-part': 'qui ont pris part à',
  interested: 'qui veulent le lien de',
  concerned: 'qui ont posé une question ou veulent le lien pour',
};

function inGroup({ who, event }: NonNullable<Audience['group']>): string {
  const question = /^asked#(\d+)$/.exec(who)?.[1];
  // Those of the questions grouped with it hear the same.
  if (question !== undefined) return `qui ont posé la question Q-${question} ou une semblable pour ${event}`;
  return `${WHO[who] ?? `« ${who} » de`} ${event}`;
}

const ON: Record<Channel, string> = { sms: 'par SMS', whatsapp: 'sur WhatsApp', messenger: 'sur Messenger' };

type Lists = Pick<Named, 'city' | 'lists'>;
export const nameOf = (world: Lists, list: string): string =>
  listsOf(world).find(({ id }) => id === list)?.name ?? list;
const namesOf = (world: Lists, lists: string[]): string[] => lists.map((id) => nameOf(world, id));

/** "turc", "soninké". */
export function languageName(city: City, code: string): string {
  if (code === 'fr-facile') return 'français facile';
  const voice = city.voices.find((each) => each.code === code);
  return voice?.name.toLowerCase() ?? new Intl.DisplayNames('fr', { type: 'language' }).of(code) ?? code;
}

const dayName = (day: string): string => {
  const said = new Intl.DateTimeFormat('fr', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(day));
  return said.replace(/^1 /, '1er ');
};

/** "a, b ou c". */
const all = (parts: string[], word: string): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} ${word} ${parts.at(-1)}`;

const BANDS: { band: AgeBand; from: number; to?: number }[] = [
  { band: '15-17', from: 15, to: 17 },
  { band: '18-24', from: 18, to: 24 },
  { band: '25-59', from: 25, to: 59 },
  { band: '60+', from: 60 },
];

/** Bands that touch are one: "15 à 24 ans". */
function ranges(ages: AgeBand[]): string[] {
  const made: { from: number; to?: number }[] = [];
  for (const { band, from, to } of BANDS) {
    if (!ages.includes(band)) continue;
    const last = made.at(-1);
    if (last?.to === from - 1) made[made.length - 1] = { from: last.from, ...(to !== undefined && { to }) };
    else made.push({ from, ...(to !== undefined && { to }) });
  }
  return made.map(({ from, to }) => (to === undefined ? `${from} ans et plus` : `${from} à ${to} ans`));
}
