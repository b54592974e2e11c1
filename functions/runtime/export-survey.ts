/**
 * The export of a survey: answers, codebook, call list, written row by row as they are read from the store. Rows
 * are answer sheets and open sessions. What a turn has decided and a crash kept from being carried out is not seen
 * here: who starts on a store that was left in a crash settles it first (remind, or the local host at its start).
 */
import { hash } from 'node:crypto';
import type { AnswerSheet } from '../../conversations/events.ts';
import { DAY, inParis, nextWorkingDay } from '../../conversations/hours.ts';
import type { OpenSurvey, Session } from '../../conversations/session.ts';
import type { Survey } from '../../conversations/survey.ts';
import { upToDate } from '../../conversations/survey-questions.ts';
import { hasBegun } from '../../conversations/survey-steps.ts';
import words from '../../locales/fr/codebook.json';
import { channelOf, nameIn } from '../channels/channel.ts';
import { type Stored, takenUp } from '../store/sheets.ts';
import type { Deps } from './deps.ts';
import { type Anonymous, createAnonymous, TEXT_COLUMNS } from './export-anonymous.ts';
import { codebook, FACTS, type Fact, WEIGHT } from './export-codebook.ts';
import { type Layout, layoutOf } from './export-columns.ts';
import { type Cell, frenchTime, type Sink, writeCsv } from './export-csv.ts';
import { revisionNotes } from './export-revisions.ts';
import { PseudonymSet } from './pseudonym-set.ts';

/** No survey has this key. */
export class UnknownSurvey extends Error {
  override name = 'UnknownSurvey';
  constructor(
    readonly survey: string,
    readonly known: string[],
  ) {
    super(`no survey has the key "${survey}", there are: ${known.join(', ')}`);
  }
}

/** There are answers to a revision whose definition is neither shipped nor saved, or was saved this very moment. */
export class MissingRevision extends Error {
  override name = 'MissingRevision';
  constructor(
    readonly survey: string,
    readonly revision: number,
  ) {
    super(`there are answers to revision ${revision} of survey "${survey}", its definition is missing`);
  }
}

export interface ExportedFiles {
  /** Names of the files, in the order they were written. */
  files: string[];
  /** Rows of answers, open ones included. */
  rows: number;
}

export interface ExportOptions {
  /** Without the list of people to call: it holds phone numbers. */
  calls?: boolean;
  /** Told now and then how many rows are made. */
  progress?: (rows: number) => Promise<unknown> | undefined;
}

/** Rows from one telling to the next. */
export const PROGRESS_EVERY = 2_000;

export const create =
  (deps: Deps) =>
  async (
    survey: string,
    open: (name: string) => Sink,
    { calls = true, progress }: ExportOptions = {},
  ): Promise<ExportedFiles> => {
    const { latest, revisions } = await revisionsOf(deps, survey);
    const layout = layoutOf([...revisions].reverse());
    const files: string[] = [];
    const write = (what: string, content: AsyncIterable<Cell[]> | Iterable<Cell[]>): Promise<void> => {
      const name = `${inParis(deps.now()).date.slice(0, 7)}_${survey}_${what}.csv`;
      files.push(name);
      return writeCsv(content, open(name));
    };
    let rows = 0;
    const anonymous = latest.anonymous ? createAnonymous(latest) : undefined;
    async function* answers(): AsyncGenerator<Cell[]> {
      yield [...FACTS, ...layout.header, WEIGHT];
      for await (const row of rowsOf(deps, survey)) {
        rows += 1;
        const cells = cellsOf(deps, layout, row, anonymous);
        if (anonymous) anonymous.add(cells);
        else yield cells;
        if (rows % PROGRESS_EVERY === 0) await progress?.(rows);
      }
      if (anonymous) yield* anonymous.rows();
    }
    try {
      await write('reponses', answers());
      // After the answers: their counts are made as they pass.
      await write('codebook', codebook(latest, layout));
      if (anonymous) await write('textes', textsOf(anonymous, deps));
      if (revisions.length > 1) await write('revisions', revisionNotes(revisions));
      if (calls) await write('rappels', callList(deps));
    } finally {
      anonymous?.close();
    }
    return { files, rows };
  };

async function* textsOf(anonymous: Anonymous, { words }: Deps): AsyncGenerator<Cell[]> {
  yield TEXT_COLUMNS;
  yield* anonymous.texts(words);
}

/** As they stand in the store now; `revisions` from the first to the latest. Throws `UnknownSurvey`. */
export async function revisionsOf(
  deps: Pick<Deps, 'shelf' | 'world'>,
  survey: string,
): Promise<{ latest: Survey; revisions: Survey[] }> {
  await deps.shelf.refresh();
  const { surveys } = deps.world;
  const latest = surveys.latest(survey);
  if (!latest)
    throw new UnknownSurvey(
      survey,
      surveys.all().map(({ key }) => key),
    );
  return { latest, revisions: surveys.every().filter(({ key }) => key === survey) };
}

/**
 * One row a pseudonym. Open sessions come first, and whoever has one is left out of the sheets: after a survey has
 * expired it can be begun again, then the sheet is of the time before. Only these pseudonyms are held in memory.
 */
export async function* rowsOf(deps: Deps, survey: string): AsyncGenerator<Stored> {
  const seen = new PseudonymSet();
  for await (const hash of deps.turns.open(survey)) {
    const found = (await deps.turns.find(hash))?.session;
    const session = found && upToDate(found, deps.world.surveys);
    // The index may be a moment behind: the item decides.
    if (session?.survey?.key !== survey || !hasBegun(session.survey)) continue;
    const pseudonym = deps.hashes.pseudonym(session.id, survey);
    if (!seen.add(pseudonym)) continue;
    const sheet = openSheet(session, session.survey);
    // Taken up again: what was answered before stands where there is no new answer.
    const before = session.survey.again && (await deps.sheets.find(survey, pseudonym));
    const answers = before ? takenUp(deps.world.surveys, before, sheet) : sheet.answers;
    yield { pseudonym, sheet: { ...sheet, answers } };
  }
  for await (const row of deps.sheets.all(survey)) if (!seen.has(row.pseudonym)) yield row;
}

/** The answers so far, as they would be recorded. */
const openSheet = (session: Session, open: OpenSurvey): AnswerSheet => ({
  survey: open.key,
  revision: open.revision,
  end: 'open',
  channel: open.channel,
  language: session.language ?? 'fr',
  mode: open.mode,
  source: open.source,
  quartier: session.quartier,
  age: session.age,
  started: open.started,
  reminders: open.reminders,
  answers: open.answers,
});

/** The cells of a row, counted in `layout` as they are made. Throws `MissingRevision`. */
export function cellsOf(deps: Deps, layout: Layout, row: Stored, anonymous: Anonymous | undefined): Cell[] {
  const { survey, revision } = row.sheet;
  const definition = deps.world.surveys.get(survey, revision);
  if (!definition) throw new MissingRevision(survey, revision);
  const shown = anonymous ? anonymous.counted(row, definition) : row;
  const facts = { ...factsOf(deps, shown), ...(anonymous && idsOf(row)) };
  return [...FACTS.map((fact) => facts[fact]), ...layout.cells(shown.sheet, definition), 1];
}

/** Before the survey has closed a row has no name at all: between two exports nobody sees which is new. */
const idsOf = ({
  pseudonym,
  sheet,
  loose,
}: Stored): Pick<Record<Fact, Cell>, 'id_reponse' | 'id_participant'> => ({
  id_reponse: loose && answerId(`${pseudonym}\n${sheet.survey}\n${sheet.started}`),
  id_participant: undefined,
});

/** What was cut from its resident has a day and no more. */
const timeOf = (at: string): string =>
  at.includes('T') ? frenchTime(at) : at.split('-').reverse().join('/');

function factsOf(deps: Deps, { pseudonym, sheet }: Stored): Record<Fact, Cell> {
  const { survey, started, ended } = sheet;
  const timed = ended?.includes('T') && started.includes('T') ? ended : undefined;
  return {
    id_reponse: answerId(`${pseudonym}\n${survey}\n${started}`),
    id_participant: pseudonym,
    sondage: survey,
    version: sheet.revision,
    canal: sheet.channel,
    langue: sheet.language,
    mode: sheet.mode,
    source: sheet.source,
    quartier: quartierName(deps, sheet.quartier),
    qpv: quartierOf(deps, sheet.quartier)?.qpv,
    tranche_age: sheet.age,
    debut: timeOf(started),
    fin: ended && timeOf(ended),
    duree_s: timed && Math.round((Date.parse(timed) - Date.parse(started)) / 1000),
    termine: sheet.end === 'done' ? 'oui' : 'non',
    nb_relances: sheet.reminders,
  };
}

/** Lower case and digits only: spreadsheets look ids up without regard to case. */
function answerId(text: string): string {
  return `R-${BigInt(`0x${hash('sha256', text, 'hex')}`)
    .toString(36)
    .slice(-10)}`;
}

const quartierOf = (deps: Deps, id: string | undefined) =>
  deps.world.city.quartiers.find((quartier) => quartier.id === id);
/** The id stands where the city's file has it no more. */
const quartierName = (deps: Deps, id: string | undefined): string | undefined =>
  quartierOf(deps, id)?.name ?? id;

/**
 * Everyone who asked to be called back. The one file that holds phone numbers: who rings needs them. Who has been
 * erased since is not in it, nor is what has outlived its time but was not swept yet.
 */
async function* callList(deps: Deps): AsyncGenerator<Cell[]> {
  yield ['date', 'rappel_promis', 'langue', 'quartier', 'telephone', 'motif'];
  // Who asks twice is called once.
  const promised = new Set<string>();
  const oldest = new Date(deps.now().getTime() - deps.world.city.notice.messageDays * DAY).toISOString();
  for await (const { hash, at, language, why } of deps.residents.calls()) {
    if (at < oldest) continue;
    const resident = await deps.turns.find(hash);
    if (!resident?.address) continue;
    const day = inParis(nextWorkingDay(new Date(at))).date;
    if (promised.has(`${hash} ${day} ${why}`)) continue;
    promised.add(`${hash} ${day} ${why}`);
    const { from, to } = deps.world.city.callHours;
    yield [
      frenchTime(at),
      `${day.split('-').reverse().join('/')} ${from}-${to}`,
      language,
      quartierName(deps, resident.session.quartier),
      // Meta's id of a person rings nobody; the station answers them where they wrote.
      channelOf(resident.address) === 'messenger' ? 'Messenger' : nameIn(resident.address),
      words.why[why as keyof typeof words.why] ?? why,
    ];
  }
}
