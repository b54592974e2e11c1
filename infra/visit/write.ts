/**
 * `npm run visit -- nouvelle …` and `modifier ID …`: when, where, with whom, for how many. From options, a JSON file
 * (`conversations/visit.ts`, `VisitDraft`), or an earlier visit with `--repeter`.
 */
import { parisTime } from '../../conversations/hours.ts';
import { readVisitDraft, type VisitDraft, visitId } from '../../conversations/visit.ts';
import { changeVisit, repeated, visitOf, wordsLeft } from '../../conversations/visit-acts.ts';
import { lintVisit } from '../../conversations/visit-lint.ts';
import { resizeOpen } from '../../functions/runtime/resize-visit.ts';
import { findingLines } from '../command/findings.ts';
import { personOf } from '../command/person.ts';
import { readArgs, readJson, textsIn } from '../command/read-args.ts';
import { Refused } from '../command/refused.ts';
import type { Command } from '../command/run-command.ts';
import { meetingIn, visitLine } from './said.ts';
import { findVisit, type SavedVisits, withVisits, writeActed } from './saved.ts';

const OPTIONS = {
  de: { type: 'string' },
  quartier: { type: 'string' },
  jour: { type: 'string' },
  heure: { type: 'string' },
  duree: { type: 'string' },
  lieu: { type: 'string' },
  hote: { type: 'string', multiple: true },
  titre: { type: 'string', multiple: true },
  arret: { type: 'string', multiple: true },
  places: { type: 'string' },
  invitation: { type: 'string', multiple: true },
  rappel: { type: 'string', multiple: true },
  transport: { type: 'boolean' },
  repeter: { type: 'string' },
} as const;
const USAGE = `usage: npm run visit -- nouvelle [FICHIER.json] --de QUI --quartier chene --jour AAAA-MM-JJ --heure HH:MM --lieu "nom;latitude;longitude" --places N --hote "Mme la Maire"
  [--duree MINUTES] [--transport: demander s'il faut venir chercher] [--arret "…"]… [--titre "…"] [--invitation "…"] [--rappel "…"] [--repeter V-…: comme cette visite, un autre jour]
  Un texte dans une autre langue: --hote tr="Belediye Başkanı"
  modifier ID … : les mêmes; ce qui n'est pas dit ne change pas. Une visite ouverte: --places N seulement`;

type Values = ReturnType<typeof read>['values'];
const read = (args: string[]) => readArgs(args, OPTIONS, USAGE);

export const created: Command = {
  async run(args) {
    const { values, positionals } = read(args);
    const by = personOf(values.de);
    const [file, ...more] = positionals;
    if (more.length > 0) throw new Refused(USAGE);
    const fromFile = file === undefined ? {} : await readJson(file, 'une visite');
    await withVisits(async (saved) => {
      const from = values.repeter === undefined ? { draft: {}, before: {} } : await earlier(saved, values);
      const draft = draftOf({ ...from.draft, ...fromFile }, values);
      const { thing } = await saved.visits.create(
        (number) => visitOf(draft, visitId(number, parisTime(saved.now)), number, by),
        { by, what: 'nouvelle', at: saved.now },
      );
      const left = wordsLeft(from.before, draft);
      console.log(
        [visitLine(thing), ...(left ? [left] : []), ...findingLines(lintVisit(thing, saved.around))].join(
          '\n',
        ),
      );
    });
  },
};

async function earlier(
  saved: SavedVisits,
  { repeter = '', jour }: Values,
): Promise<{ draft: VisitDraft; before: VisitDraft['texts'] }> {
  const { thing } = await findVisit(saved, repeter);
  if (jour === undefined)
    throw new Refused(`--repeter ${repeter} demande le nouveau jour: --jour AAAA-MM-JJ`);
  return { draft: repeated(thing, jour), before: thing.texts };
}

export const changed: Command = {
  async run(args) {
    const { values, positionals } = read(args);
    const by = personOf(values.de);
    const [id, file, ...more] = positionals;
    if (id === undefined || more.length > 0) throw new Refused(USAGE);
    const fromFile = file === undefined ? {} : await readJson(file, 'une visite');
    await withVisits(async (saved) => {
      const before = await findVisit(saved, id);
      const { de: _, places, ...rest } = values;
      const onlyPlaces = places !== undefined && Object.keys(rest).length === 0 && file === undefined;
      if (before.thing.state === 'open' && onlyPlaces) {
        const { capacity } = draftOf(repeated(before.thing, before.thing.day), { places });
        const acted = await resizeOpen(saved.seats, before.thing, capacity, saved.messageDays);
        await writeActed(saved, before, acted, { by, what: 'places' });
        return;
      }
      const draft = draftOf({ ...repeated(before.thing, before.thing.day), ...fromFile }, values);
      const acted = changeVisit(before.thing, draft, { by, now: saved.now });
      await writeActed(
        saved,
        before,
        'visit' in acted ? { ...acted, findings: lintVisit(acted.visit, saved.around) } : acted,
        { by, what: 'modifier' },
      );
    });
  },
};

/** Throws `Refused` with every fault. */
function draftOf(from: Record<string, unknown>, values: Partial<Values>): VisitDraft {
  const { quartier, jour, heure, duree, lieu, hote, titre, arret, places, transport, invitation, rappel } =
    values;
  const texts = {
    ...(from.texts as object | undefined),
    ...(invitation && { invitation: textsIn(invitation) }),
    ...(rappel && { reminder: textsIn(rappel) }),
  };
  const data = {
    ...from,
    ...(quartier !== undefined && { quartier }),
    ...(jour !== undefined && { day: jour }),
    ...(heure !== undefined && { time: heure }),
    ...(duree !== undefined && { minutes: Number(duree) }),
    ...(lieu !== undefined && { meeting: meetingIn(lieu) }),
    ...(hote && { host: textsIn(hote) }),
    ...(titre && { title: textsIn(titre) }),
    ...(arret && { stops: arret }),
    ...(places !== undefined && { capacity: Number(places) }),
    ...(transport && { transport: true }),
    texts,
  };
  try {
    return readVisitDraft(data, 'that was given');
  } catch (cause) {
    throw new Refused(`la visite n'est pas utilisable:\n${(cause as Error).message}\n${USAGE}`, { cause });
  }
}
