/** One line of `npm run read`: a reply as JSON in, what it was read as out. The rule is docs/reading.md. */
import * as z from 'zod';
import { inParis } from '../../conversations/hours.ts';
import { readAmount } from '../../conversations/understand/amount.ts';
import { readOne } from '../../conversations/understand/choice.ts';
import { type Command, readCommand } from '../../conversations/understand/commands.ts';
import { readHeadcount } from '../../conversations/understand/headcount.ts';
import { readRank } from '../../conversations/understand/rank.ts';
import type { Reading } from '../../conversations/understand/reading.ts';
import { readScale } from '../../conversations/understand/scale.ts';
import { readSeveral } from '../../conversations/understand/several.ts';
import { readDay, readMoment } from '../../conversations/understand/when.ts';
import { readYesNo } from '../../conversations/understand/yes-no.ts';
import { languages } from '../../locales/index.ts';

const TYPES = [
  'single',
  'multiple',
  'yesno',
  'scale',
  'integer',
  'decimal',
  'headcount',
  'rank',
  'date',
  'datetime',
  'command',
] as const;
/** A day, or a day and an hour, that a clock and a calendar have. */
const MOMENT = /^\d{4}-\d{2}-\d{2}(?:T(?:[01]\d|2[0-3]):[0-5]\d)?/;

const DAY = 'un jour comme "2026-11-24", ou "2026-11-24T18:00"';

const Line = z.object({
  type: z.enum(TYPES, { error: ({ input }) => said('type', input, TYPES.join(', ')) }),
  lang: z.enum(languages, { error: ({ input }) => said('lang', input, languages.join(', ')) }),
  input: z.string({ error: ({ input }) => said('input', input, 'un texte') }),
  options: z
    .array(z.string(), { error: ({ input }) => said('options', input, 'une liste de textes') })
    .optional(),
  min: z.number({ error: ({ input }) => said('min', input, 'un nombre') }).optional(),
  max: z.number({ error: ({ input }) => said('max', input, 'un nombre') }).optional(),
  reference: z
    .string({ error: ({ input }) => said('reference', input, DAY) })
    .refine((day) => MOMENT.test(day) && !Number.isNaN(Date.parse(day.slice(0, 10))), {
      error: ({ input }) => said('reference', input, DAY),
    })
    .optional(),
  ranges: z.boolean({ error: ({ input }) => said('ranges', input, 'true ou false') }).optional(),
});
type Line = z.infer<typeof Line>;

const said = (field: string, got: unknown, allowed: string): string =>
  `« ${field} »: reçu ${JSON.stringify(got) ?? 'rien'}, attendu: ${allowed}`;

/** What goes out: the reading, or `{error}` in French where the line itself is at fault. */
export function readLine(text: string): object {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return {
      error: 'ligne illisible: attendu un objet JSON, comme {"type":"yesno","lang":"fr","input":"oui"}',
    };
  }
  const line = Line.safeParse(data);
  if (!line.success) return { error: line.error.issues.map(({ message }) => message).join(' ; ') };
  return read(line.data);
}

function read(line: Line): object {
  const { type, lang, input, options, min, max } = line;
  if (type === 'command') return { command: nameOf(readCommand(input, lang)) };
  if (type === 'yesno') return shown(readYesNo(input, lang));
  if (type === 'integer' || type === 'decimal')
    return shown(readAmount(input, { min, max, decimals: type === 'decimal' }, lang));
  if (type === 'headcount') return shown(readHeadcount(input, lang, max));
  if (type === 'date' || type === 'datetime') {
    const { date, time } = inParis(new Date());
    const reference = line.reference ?? `${date}T${time}`;
    return shown((type === 'date' ? readDay : readMoment)(input, reference, lang));
  }
  if (type === 'scale')
    return shown(
      readScale(
        input,
        { min: min ?? 1, max: max ?? 5, low: options?.slice(0, 1) ?? [], high: options?.slice(-1) ?? [] },
        lang,
      ),
    );
  if (!options || options.length < 2)
    return { error: said('options', options, `au moins deux textes, pour le type ${type}`) };
  const labels = options.map((option) => [option]);
  if (type === 'single') return shown(readOne(input, labels, lang));
  if (type === 'rank') return shown(readRank(input, labels, lang, max));
  return shown(readSeveral(input, labels, lang, { ranges: line.ranges }));
}

function shown(reading: Reading<unknown>): object {
  if (reading.kind === 'skip') return { skip: true };
  if (reading.kind === 'dontKnow') return { dontKnow: true };
  if (reading.kind === 'unclear') return { invalid: true };
  const { value, comment, certainty } = reading;
  return {
    ...(certainty === 'ask' && { ask: true }),
    ...(Array.isArray(value) ? { values: value } : { value }),
    ...(comment && { comment }),
  };
}

const NAMES: Partial<Record<Command['command'], string>> = {
  stop: 'stop_all',
  'stop?': 'stop_confirm',
  'erase?': 'erase_confirm',
  myData: 'my_data',
};

function nameOf(command: Command | undefined): string {
  if (!command) return 'none';
  switch (command.command) {
    case 'language':
      return command.to ? `language:${command.to}` : 'language';
    case 'modify':
      return command.number === undefined ? 'modify' : `modify:${command.number}`;
    case 'track':
      return `track:${command.reference}`;
    case 'vote':
      return `vote:${command.code}`;
    default:
      return NAMES[command.command] ?? command.command;
  }
}
