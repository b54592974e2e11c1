/**
 * `npm run announce -- nouvelle …` and `modifier ID …`: what is said, to whom, when. From a JSON file
 * (`conversations/announcement.ts`, `Draft`), from options, or from a file with options over it.
 */
import { announcementId, type Draft, draftIn, readDraft } from '../../conversations/announcement.ts';
import { announcementOf, change } from '../../conversations/announcement-acts.ts';
import { lintAnnouncement } from '../../conversations/announcement-lint.ts';
import { AUDIENCE_OPTIONS, AUDIENCE_USAGE, filtersIn } from '../command/audience-options.ts';
import { findingLines } from '../command/findings.ts';
import { personOf } from '../command/person.ts';
import { readArgs, readJson, textsIn, type Values as ValuesOf } from '../command/read-args.ts';
import { Refused } from '../command/refused.ts';
import { KINDS, oneLine, PURPOSES } from './said.ts';
import { changedMeanwhile, find, type Saved, withAnnouncements } from './saved.ts';

const OPTIONS = {
  de: { type: 'string' },
  genre: { type: 'string' },
  finalite: { type: 'string' },
  texte: { type: 'string', multiple: true },
  ...AUDIENCE_OPTIONS,
  sondage: { type: 'string' },
  quand: { type: 'string' },
  motif: { type: 'string' },
} as const;
const USAGE = `usage: npm run announce -- nouvelle [FICHIER.json] --de QUI --genre ${Object.keys(KINDS).join('|')} --texte "en français" [--texte tr="en turc"…]
  ${AUDIENCE_USAGE}
  [--sondage CLE] [--quand AAAA-MM-JJTHH:MM] [--motif "…"] [--finalite ${Object.keys(PURPOSES).join('|')}]
  modifier ID … : les mêmes; ce qui n'est pas dit ne change pas`;

type Values = ValuesOf<typeof OPTIONS>;

export async function run(args: string[], name: string): Promise<void> {
  const { values, positionals } = readArgs(args, OPTIONS, USAGE);
  const by = personOf(values.de);
  const [first, second, ...more] = positionals;
  const id = name === 'modifier' ? first : undefined;
  const file = name === 'modifier' ? second : first;
  if ((name === 'modifier' && !id) || more.length > 0 || (name === 'nouvelle' && second !== undefined))
    throw new Refused(USAGE);
  const fromFile = file === undefined ? {} : await readJson(file, 'une annonce');
  await withAnnouncements(async (saved) => {
    const lines = id
      ? await changed(saved, id, (before) => draftOf({ ...before, ...fromFile }, values), by)
      : await created(saved, draftOf({ purpose: 'public-interest', ...fromFile }, values), by);
    console.log(lines.join('\n'));
  });
}

/** Throws `Refused` with every fault. */
function draftOf(from: Record<string, unknown>, values: Values): Draft {
  const audience = { ...(from.audience as object | undefined), ...filtersIn(values) };
  const data = {
    ...from,
    ...(values.genre !== undefined && { kind: chosen('genre', KINDS, values.genre) }),
    ...(values.finalite !== undefined && { purpose: chosen('finalite', PURPOSES, values.finalite) }),
    texts: { ...(from.texts as object | undefined), ...textsIn(values.texte) },
    audience,
    ...(values.sondage !== undefined && { survey: values.sondage }),
    ...(values.quand !== undefined && { at: values.quand }),
    ...(values.motif !== undefined && { reason: values.motif }),
  };
  try {
    return readDraft(data, 'that was given');
  } catch (cause) {
    throw new Refused(`l'annonce n'est pas utilisable:\n${(cause as Error).message}\n${USAGE}`, { cause });
  }
}

function chosen<Value>(option: string, words: Record<string, Value>, given: string): Value {
  const value = Object.hasOwn(words, given) ? words[given] : undefined;
  if (value !== undefined) return value;
  throw new Refused(`--${option} est ${Object.keys(words).join(', ')}, reçu « ${given} »`);
}

async function created({ announcements, around, now }: Saved, draft: Draft, by: string): Promise<string[]> {
  const { announcement } = await announcements.create(
    (number) => announcementOf(draft, announcementId(number, around.now), number, by),
    { by, what: 'nouvelle', at: now },
  );
  return [oneLine(announcement), ...findingLines(lintAnnouncement(announcement, around))];
}

async function changed(
  saved: Saved,
  id: string,
  make: (before: Draft) => Draft,
  by: string,
): Promise<string[]> {
  const before = await find(saved, id);
  const draft = make(draftIn(before.announcement));
  const acted = change(before.announcement, draft, { by, now: saved.now });
  if ('refused' in acted) throw new Refused(acted.refused);
  const act = { by, what: 'modifier', at: saved.now };
  if (!(await saved.announcements.write(before, acted.announcement, act)))
    throw new Refused(changedMeanwhile(id));
  return [
    oneLine(acted.announcement),
    ...(acted.told ? [acted.told] : []),
    ...findingLines(lintAnnouncement(acted.announcement, saved.around)),
  ];
}
