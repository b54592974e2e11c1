/**
 * `npm run audience -- count [--liste chene,aines] …`: how many residents a message would be for, and how many it would
 * reach. Asks the local host for its store if it is running, opens its data folder if not. `DATA_DIR` is honoured.
 */
import {
  type Audience,
  filtersOf,
  type Named,
  readAudience,
  UnknownInAudience,
} from '../conversations/audience.ts';
import type { City } from '../conversations/city.ts';
import {
  describeAudience,
  languageName,
  nameOf,
  unknownInWords,
} from '../conversations/describe-audience.ts';
import { Channel, type Kind } from '../conversations/events.ts';
import { reachable } from '../conversations/poster-link.ts';
import { FEW, type Shown, shownCount, shownTable } from '../conversations/small-counts.ts';
import { staffLists } from '../functions/runtime/announced-to.ts';
import { type AudienceCount, countAudience, type Unreached } from '../functions/runtime/count-audience.ts';
import { describe } from '../functions/runtime/log.ts';
import type { Carriers } from '../functions/runtime/route.ts';
import { readArgs } from './command/read-args.ts';
import { Refused } from './command/refused.ts';
import { withDeps } from './local/with-deps.ts';

const USAGE = `usage: npm run audience -- count [--liste chene,aines] [--quartier bas] [--langue tr,ar] [--age 15-17,18-24]
  [--canal sms,whatsapp] [--repondu SONDAGE | --sans-reponse SONDAGE]
  [--actif-depuis 2026-10-01] [--silence-depuis 2026-10-01] [--pour info|visite|sondage|live]`;

const KINDS: Record<string, Kind> = { info: 'info', visite: 'visit', sondage: 'survey', live: 'live' };

const NAMES = {
  liste: 'lists',
  quartier: 'quartiers',
  langue: 'languages',
  age: 'ages',
  canal: 'channels',
} as const;

const text = { type: 'string' } as const;
const OPTIONS = {
  liste: text,
  quartier: text,
  langue: text,
  age: text,
  canal: text,
  repondu: text,
  'sans-reponse': text,
  'actif-depuis': text,
  'silence-depuis': text,
  pour: { type: 'string', default: 'info' },
} as const;

function readCommand(): { filters: object; kind: Kind } {
  const { values, positionals } = readArgs(process.argv.slice(2), OPTIONS, USAGE);
  if (positionals.length !== 1 || positionals[0] !== 'count') throw new Refused(USAGE);
  const kind = Object.hasOwn(KINDS, values.pour) ? KINDS[values.pour] : undefined;
  if (!kind) throw new Refused(`--pour « ${values.pour} »: ${Object.keys(KINDS).join(', ')}`);
  if (values.repondu && values['sans-reponse'])
    throw new Refused('--repondu et --sans-reponse ne vont pas ensemble: choisissez');
  const answered = values.repondu ?? values['sans-reponse'];
  const named = Object.entries(NAMES).flatMap(([option, field]) => {
    const value = values[option as keyof typeof NAMES];
    return value === undefined ? [] : [[field, value.split(',').map((each) => each.trim())] as const];
  });
  return {
    kind,
    filters: {
      ...Object.fromEntries(named),
      ...(answered !== undefined && { answered: { survey: answered, did: values.repondu !== undefined } }),
      ...(values['actif-depuis'] !== undefined && { activeSince: values['actif-depuis'] }),
      ...(values['silence-depuis'] !== undefined && { silentSince: values['silence-depuis'] }),
    },
  };
}

/** What is of the wrong shape, in French: the schema's own words are for who writes code. */
const SHAPES: Record<string, string> = {
  ages: "--age: tranches d'âge 15-17, 18-24, 25-59, 60+",
  channels: `--canal: canaux ${Channel.options.join(', ')}`,
  activeSince: '--actif-depuis: un jour comme 2026-10-01',
  silentSince: '--silence-depuis: un jour comme 2026-10-01',
};

function audienceOf(filters: object, world: Parameters<typeof readAudience>[1]): Audience {
  try {
    return readAudience(filters, world);
  } catch (error) {
    if (error instanceof UnknownInAudience) throw new Refused(unknownInWords(error.unknown));
    const wrong = Object.entries(SHAPES).filter(([field]) => (error as Error).message.includes(`- ${field}`));
    throw new Refused([...wrong.map(([, sentence]) => sentence), USAGE].join('\n'));
  }
}

/** By whom each channel of the city's is carried. */
function carriersOf(city: City): Carriers {
  const carried = { sms: 'twilio', whatsapp: 'twilio', messenger: 'meta' } as const;
  return Object.fromEntries(reachable(city).map((channel) => [channel, [carried[channel]]]));
}

const CHANNELS = { sms: 'SMS', whatsapp: 'WhatsApp', messenger: 'Messenger' };
const WHY: Record<Unreached, string> = {
  stopped: 'ont dit STOP à l’instant',
  none: "n'ont pas dit oui",
  muted: 'ne veulent pas ce genre de message',
  relieved: 'parlent avec un agent en ce moment',
  window: 'Messenger: ont écrit il y a plus de 24 heures',
  'no-template': 'WhatsApp: plus de 24 heures, et pas de modèle approuvé pour ce message',
  'foreign-prefix': "numéro d'un pays où la ville n'envoie pas de SMS",
  'no-sender': "la ville n'a pas ce canal",
  'bad-address': 'adresse qui ne répond plus',
  'no-address': "pas d'adresse",
};

const inWords = (shown: Shown): string =>
  shown === 'few' ? `moins de ${FEW}` : shown === 'hidden' ? 'non montré' : shown.toLocaleString('fr');

/** Lines of a table, the most first; the figures end under each other. */
function table(title: string, rows: [name: string, count: number][], filters: number): string[] {
  const sorted = rows.toSorted(([, a], [, b]) => b - a);
  const figures = shownTable(
    sorted.map(([, count]) => count),
    filters,
  ).map(inWords);
  const wide = Math.max(...figures.map(({ length }) => length));
  return ['', title, ...sorted.map(([name], index) => `  ${figures[index]?.padStart(wide)}  ${name}`)];
}

function report(count: AudienceCount, audience: Audience, world: Named): string[] {
  const filters = filtersOf(audience);
  const all = shownCount(count.all, filters);
  const lines = [`${inWords(all)} ${all === 'few' || count.all > 1 ? 'habitants' : 'habitant'}`];
  if (count.all === 0 || all === 'few') return lines;
  const named = <Name>(tallies: Map<Name, { all: number }>, name: (of: Name) => string) =>
    [...tallies].map(([of, tally]): [string, number] => [name(of), tally.all]);
  lines.push(
    ...table(
      'Par liste (chacun compte une fois)',
      named(count.lists, (id) => nameOf(world, id)),
      filters,
    ),
    ...table(
      'Par langue',
      named(count.languages, (code) => languageName(world.city, code)),
      filters,
    ),
    ...table(
      'Par canal',
      named(count.channels, (channel) => CHANNELS[channel]),
      filters,
    ),
  );
  // Whether there is a way says nothing of a person's life: these lines are no filter more.
  lines.push(
    ...table(
      'Un message peut-il les atteindre maintenant?',
      [['oui', count.reached], ...[...count.unreached].map(([why, n]): [string, number] => [WHY[why], n])],
      filters - 1,
    ),
  );
  return lines;
}

try {
  const { filters, kind } = readCommand();
  await withDeps(process.env.DATA_DIR ?? '.data', async (deps) => {
    const {
      world: { city },
      shelf,
    } = deps;
    await shelf.refresh();
    const world: Named = { city, surveys: shelf.current(), lists: await staffLists(deps.lists) };
    const audience = audienceOf(filters, world);
    const count = await countAudience({ ...deps, carriers: carriersOf(city) }, audience, { kind });
    const sentence = describeAudience(audience, world);
    for (const line of [sentence, ...report(count, audience, world)]) console.log(line);
  });
} catch (error) {
  // Not the message of what is not ours, which may quote what somebody wrote.
  const { error: name, code } = describe(error);
  console.error(
    error instanceof Refused
      ? error.message
      : `le compte n'a pas pu se faire: ${name}${code ? ` ${code}` : ''}`,
  );
  process.exitCode = 1;
}
