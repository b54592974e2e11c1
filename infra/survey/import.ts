/**
 * `npm run survey -- import FICHIER [--essai] [--sans LANGUE]`: an XLSForm, .xlsx or .csv, becomes the next revision
 * of its survey. A language that the revision before had goes only where it is named.
 * With a fault in it nothing is saved, and each one is printed with its cell.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Finding as LintFinding } from '../../conversations/lint/finding.ts';
import { textsOf } from '../../conversations/lint/texts-of.ts';
import { lintSurvey } from '../../conversations/lint.ts';
import { revisionFindings } from '../../conversations/revision-rules.ts';
import type { Survey, SurveyShelf } from '../../conversations/survey.ts';
import { faultLine, noticeLine, where } from '../../conversations/xlsform/finding-lines.ts';
import { readForm, type UnsavedSurvey } from '../../conversations/xlsform/read-form.ts';
import type { Cell, Workbook } from '../../conversations/xlsform/workbook.ts';
import { readFormFile } from '../../functions/forms/form-file.ts';
import { FormFileError } from '../../functions/forms/form-file-error.ts';
import type { Place, SaveResult } from '../../functions/store/surveys.ts';
import { readArgs } from '../command/read-args.ts';
import { Refused } from '../command/refused.ts';
import { described } from './diff.ts';
import { type Saved, withSurveys } from './saved.ts';

const USAGE = 'usage: npm run survey -- import FICHIER [--essai] [--sans LANGUE]';

export async function run(args: string[]): Promise<void> {
  const { file, ...how } = readCommand(args);
  const workbook = await readWorkbook(file);
  console.log(await withSurveys((saved) => importForm(workbook, file, how, saved)));
}

interface Wanted {
  trial: boolean;
  without: string[];
}

function readCommand(args: string[]): Wanted & { file: string } {
  const options = { essai: { type: 'boolean' }, sans: { type: 'string', multiple: true } } as const;
  const { values, positionals } = readArgs(args, options, USAGE);
  const [file] = positionals;
  if (!file || positionals.length > 1) throw new Refused(USAGE);
  return { file, trial: values.essai ?? false, without: values.sans ?? [] };
}

async function readWorkbook(file: string): Promise<Workbook> {
  const bytes = await readFile(file).catch((cause: NodeJS.ErrnoException) => {
    const why = cause.code === 'ENOENT' ? "il n'y a pas de fichier" : `${cause.code}: impossible de lire`;
    throw new Refused(`${why} « ${file} »`, { cause });
  });
  try {
    return await readFormFile(file, bytes);
  } catch (error) {
    if (error instanceof FormFileError) throw new Refused(`« ${file} »: ${error.message}`, { cause: error });
    throw error;
  }
}

async function importForm(
  workbook: Workbook,
  file: string,
  { trial, without }: Wanted,
  saved: Saved,
): Promise<string> {
  const { store, world, today } = saved;
  const read = readForm(workbook, {
    today,
    name: path.basename(file, path.extname(file)),
    before: (key) => world.surveys.latest(key),
  });
  const { faults, notices } = read;
  const survey = read.survey && withoutLanguages(read.survey, without);
  if (!survey) throw new Refused([...faults.map(faultLine), counted(faults.length)].join('\n'));
  for (const notice of notices) console.log(`note: ${noticeLine(notice)}`);
  const place = { city: world.city, today, without };
  const result = trial
    ? tried(survey, { ...place, lives: saved.lives }, world.surveys)
    : await store.save(survey, place);
  const lint = (finding: LintFinding): string => lintLine(finding, read.cellOf(finding.place));
  if (result === 'unchanged') return `« ${survey.key} » est déjà ainsi: rien n'est enregistré`;
  if ('refused' in result) {
    const errors = result.refused.filter(({ severity }) => severity === 'error').length;
    throw new Refused([...result.refused.map(lint), counted(errors)].join('\n'));
  }
  for (const finding of result.findings) console.log(lint(finding));
  const { revision } = result.saved;
  const title = trial
    ? `essai: « ${survey.key} » deviendrait la révision ${revision}; rien n'est enregistré`
    : `« ${survey.key} »: révision ${revision} enregistrée, ${asked(result.saved)}`;
  return result.before ? [title, ...described(result.before, result.saved)].join('\n') : title;
}

/** What stayed of them from the revision before goes too. */
function withoutLanguages(survey: UnsavedSurvey, without: string[]): UnsavedSurvey {
  const left = structuredClone(survey);
  left.languages = left.languages.filter((language) => !without.includes(language));
  for (const { texts } of textsOf({ ...left, revision: 1 }))
    for (const language of without) delete texts[language];
  for (const language of without) delete left.review?.[language];
  return left;
}

/** What saving would say. */
function tried(survey: UnsavedSurvey, place: Place & Pick<Saved, 'lives'>, surveys: SurveyShelf): SaveResult {
  const before = surveys.latest(survey.key);
  if (before && isDeepStrictEqual({ ...survey, revision: 0 }, { ...before, revision: 0 })) return 'unchanged';
  const next = { ...survey, revision: (before?.revision ?? 0) + 1 };
  const others = surveys.all().filter(({ key }) => key !== survey.key);
  const findings = [
    ...lintSurvey(next, { ...place, others }),
    ...(before ? revisionFindings(next, before, place) : []),
  ];
  if (findings.some(({ severity }) => severity === 'error')) return { refused: findings };
  return { saved: next, findings, ...(before && { before }) };
}

const asked = ({ questions, closes }: Survey): string => {
  const count = questions.filter(({ type }) => type !== 'note' && type !== 'calculate').length;
  return `${count} question${count > 1 ? 's' : ''}, jusqu'au ${closes}`;
};

const lintLine = ({ severity, place, message }: LintFinding, cell: Cell | undefined): string =>
  `${severity === 'error' ? 'erreur' : 'avertissement'}: ${cell ? where({ ...cell, cell: cell.at, got: '', reason: '' }) : place}: ${message}`;

const counted = (count: number): string =>
  `${count} ${count > 1 ? 'erreurs' : 'erreur'}: rien n'est enregistré`;
