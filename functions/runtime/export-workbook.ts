/**
 * The answers of a survey as one workbook: in words, in codes, the codebook, how it was made, the open answers. One pass
 * over the store: all sheets show the same moment.
 */
import { local } from '../../conversations/phrase.ts';
import type { Column } from '../../conversations/questions/type.ts';
import type { Survey } from '../../conversations/survey.ts';
import codebookWords from '../../locales/fr/codebook.json';
import words from '../../locales/fr/workbook.json';
import { type Book, type Moment, openBook, type SheetCell, type SheetWriter } from '../forms/xlsx-stream.ts';
import type { Deps } from './deps.ts';
import { createAnonymous } from './export-anonymous.ts';
import { codebook, FACTS, textOf, WEIGHT } from './export-codebook.ts';
import { type ExportedQuestion, type Layout, layoutOf, MISSING, type Missing } from './export-columns.ts';
import { type Cell, frenchTime, type Sink } from './export-csv.ts';
import { cellsOf, PROGRESS_EVERY, revisionsOf, rowsOf } from './export-survey.ts';

export interface WorkbookRequest {
  survey: string;
  /** An empty folder of the caller's, who clears it away: the sheets lie there, deflated, until all are whole. */
  folder: string;
  /** Told now and then how many rows are made. */
  progress?: (rows: number) => Promise<unknown> | undefined;
  /** Only smaller than Excel's in tests. */
  maxRows?: number;
}

const TIMES = new Set<string>(['debut', 'fin']);
const FACT_WIDTH = 14;
const WIDTH = { number: 12, text: 32 };

/** Writes it and returns how many rows of answers it has. Throws as the export does. */
export async function exportWorkbook(
  deps: Deps,
  { survey, folder, progress, maxRows }: WorkbookRequest,
  sink: Sink,
): Promise<number> {
  // It may break long before it is written to: `finish` throws that.
  sink.on('error', () => {});
  const { latest, revisions } = await revisionsOf(deps, survey);
  const layout = layoutOf([...revisions].reverse());
  const columns = columnsOf(layout, latest);
  const book = openBook(folder, maxRows);
  const widths = columns.map(({ width }) => ({ width }));
  const labels = book.sheet(words.sheets.labels, widths);
  const codes = book.sheet(words.sheets.codes, widths);
  labels.row(columns.map(({ title }) => title));
  codes.row(columns.map(({ name }) => name));
  const anonymous = latest.anonymous ? createAnonymous(latest) : undefined;
  const openColumns = columns.flatMap((column, index) => (column.open ? [{ column, index }] : []));
  const codebookSheet = book.sheet(words.sheets.codebook, codebookWidths(latest));
  const methodSheet = book.sheet(words.sheets.method, [{ width: 24 }, { width: 90 }]);
  const open = openSheet(book);
  let [rows, done] = [0, 0];
  const write = async (cells: Cell[]): Promise<void> => {
    await Promise.all([
      codes.row(cells.map((cell, index) => columns[index]?.typed(cell))),
      labels.row(cells.map((cell, index) => columns[index]?.label(cell))),
    ]);
    if (anonymous) return;
    for (const { column, index } of openColumns) {
      const text = cells[index];
      if (typeof text === 'string' && text !== '')
        await open.row(openRow(cells, column, text, columns[index + 1], index));
    }
  };
  try {
    for await (const row of rowsOf(deps, survey)) {
      rows += 1;
      if (row.sheet.end === 'done') done += 1;
      const cells = cellsOf(deps, layout, row, anonymous);
      if (anonymous) anonymous.add(cells);
      else await write(cells);
      if (rows % PROGRESS_EVERY === 0) await progress?.(rows);
    }
    for (const cells of anonymous?.rows() ?? []) await write(cells);
    for await (const cells of anonymous?.texts(deps.words) ?? []) await open.row([undefined, ...cells]);
  } finally {
    anonymous?.close();
  }
  await writeRows(codebookSheet, codebook(latest, layout));
  await writeRows(methodSheet, method(deps, { latest, revisions, rows, done, cut: book.cut() }));
  await progress?.(rows);
  await book.finish(deps.now(), sink);
  return rows;
}

interface Shown {
  name: string;
  title: string;
  width: number;
  /** A resident's own words. */
  open: boolean;
  question?: ExportedQuestion;
  suffix: string;
  typed(cell: Cell): SheetCell;
  label(cell: Cell): SheetCell;
}

function columnsOf(layout: Layout, latest: Survey): Shown[] {
  const asIs = (cell: Cell): SheetCell => cell;
  const fact = (name: string): Shown => {
    const typed = TIMES.has(name) ? momentOf : asIs;
    return { name, title: name, width: FACT_WIDTH, open: false, suffix: '', typed, label: typed };
  };
  const questions = layout.questions.flatMap((question) =>
    question.columns.map((column): Shown => {
      const name = question.name + column.suffix;
      const isTime = ['date', 'time', 'datetime'].includes(question.question.type) && column.suffix === '';
      const typed = isTime ? momentOf : asIs;
      const labels = labelsOf(column);
      return {
        name,
        title: titleOf(name, question, column, latest),
        width: WIDTH[column.kind],
        open: Object.hasOwn(words.natures, column.suffix),
        question,
        suffix: column.suffix,
        typed,
        label: (cell) => (typeof cell === 'number' ? (labels?.get(cell) ?? cell) : typed(cell)),
      };
    }),
  );
  return [...FACTS.map(fact), ...questions, fact(WEIGHT)];
}

/** What each number of a coded column says; the missing values are no numbers that are measured. */
function labelsOf(column: Column): Map<number, string> | undefined {
  if (!column.coded) return undefined;
  const gaps = (Object.keys(MISSING) as Missing[]).map((gap): [number, string] => [
    MISSING[gap],
    codebookWords.missing[gap],
  ]);
  return new Map([
    ...gaps,
    ...(column.codes ?? []).map(({ code, label }): [number, string] => [code, label]),
  ]);
}

function titleOf(name: string, question: ExportedQuestion, column: Column, latest: Survey): string {
  const base = latest.base ?? 'fr';
  const { options } = question.question as { options?: { id: string; label: Record<string, string> }[] };
  const option = column.option && options?.find(({ id }) => id === column.option);
  const text = textOf(question, column, base, base);
  return `${name} · ${text}${option ? ` — ${local(option.label, base)}` : ''}`;
}

/** `JJ/MM/AAAA`, `HH:MM` or both, as the export writes them; anything else stays as it is. */
export function momentOf(cell: Cell): SheetCell {
  if (typeof cell !== 'string') return cell;
  const found = /^(?:(\d{2})\/(\d{2})\/(\d{4}))?(?: ?(\d{2}):(\d{2}))?$/.exec(cell);
  if (!found || cell === '') return cell;
  const [, day, month, year, hour, minute] = found;
  const share = hour === undefined ? 0 : (Number(hour) * 60 + Number(minute)) / 1440;
  if (year === undefined) return { days: share, shown: 'hour' };
  // 25,569 days lie between the end of 1899 and 1970; before March 1900 Excel counts a day that never was.
  const days = Date.UTC(Number(year), Number(month) - 1, Number(day)) / 86_400_000 + 25_569;
  if (days < 61) return cell;
  const shown: Moment['shown'] = hour === undefined ? 'day' : 'moment';
  return { days: days + share, shown };
}

function openSheet(book: Book): SheetWriter {
  const widths = [14, 10, 40, 16, 80, 10, 16, 12, 10];
  const sheet = book.sheet(
    words.sheets.open,
    widths.map((width) => ({ width })),
  );
  sheet.row(words.open);
  return sheet;
}

const factAt = (name: (typeof FACTS)[number]): number => FACTS.indexOf(name);
const AT = {
  id: factAt('id_reponse'),
  language: factAt('langue'),
  quartier: factAt('quartier'),
  age: factAt('tranche_age'),
  channel: factAt('canal'),
};

/** A text has a column of its language behind it, where it is not the session's. */
function openRow(
  cells: Cell[],
  column: Shown,
  text: string,
  next: Shown | undefined,
  index: number,
): SheetCell[] {
  const own = next?.suffix === '_langue_origine' ? cells[index + 1] : undefined;
  const nature = words.natures[column.suffix as keyof typeof words.natures];
  const asked = column.title.slice(column.name.length + 3);
  const language = own || cells[AT.language];
  return [
    cells[AT.id],
    column.name,
    asked,
    nature,
    text,
    language,
    cells[AT.quartier],
    cells[AT.age],
    cells[AT.channel],
  ];
}

const codebookWidths = ({ languages, base = 'fr' }: Survey): { width: number }[] => {
  const texts = new Set([base, ...languages]).size;
  return [20, 20, ...Array.from({ length: texts }, () => 50), 16, 16, 50, 30, 10, 10, 10, 10, 10, 10].map(
    (width) => ({ width }),
  );
};

async function writeRows(sheet: SheetWriter, rows: Iterable<SheetCell[]>): Promise<void> {
  for (const row of rows) await sheet.row(row);
}

interface Made {
  latest: Survey;
  revisions: Survey[];
  rows: number;
  done: number;
  cut: number;
}

function method(deps: Deps, { latest, revisions, rows, done, cut }: Made): SheetCell[][] {
  const { method: say } = words;
  const french = (day: string): string => day.split('-').reverse().join('/');
  const codes = (Object.keys(MISSING) as Missing[])
    .map((gap) => `${MISSING[gap]} = ${codebookWords.missing[gap]}`)
    .join(', ');
  const period = say.from.replace('{opens}', french(latest.opens)).replace('{closes}', french(latest.closes));
  return [
    say.header,
    [say.survey, local(latest.topic, 'fr')],
    [say.key, latest.key],
    [say.period, period],
    [say.revisions, revisions.map(({ revision }) => revision).join(', ')],
    [say.languages, latest.languages.join(', ')],
    [say.made, momentOf(frenchTime(deps.now().toISOString()))],
    [say.rows, rows],
    [say.done, done],
    [say.who, say.whoText],
    [say.gaps, say.gapsText.replace('{codes}', codes)],
    [say.dates, say.datesText],
    [say.small, say.smallText],
    ...(latest.anonymous ? [[say.anonymous, say.anonymousText]] : []),
    ...(cut > 0 ? [[say.cut, say.cutText.replace('{count}', String(cut))]] : []),
  ];
}
