/** `npm run survey -- export SONDAGE [--format xlsx|csv] [--out DOSSIER]`: the latest revision as an XLSForm. */
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { exportForm } from '../../conversations/xlsform/export-form.ts';
import { FORMATS, type Format, writeFormFile } from '../../functions/forms/form-file.ts';
import { FormFileError } from '../../functions/forms/form-file-error.ts';
import { readArgs } from '../command/read-args.ts';
import { Refused } from '../command/refused.ts';
import { withSurveys } from './saved.ts';

const USAGE = `usage: npm run survey -- export SONDAGE [--format ${FORMATS.join('|')}] [--out DOSSIER]`;

export async function run(args: string[]): Promise<void> {
  const { key, format, out } = readCommand(args);
  const survey = await withSurveys(async ({ world }) => {
    const found = world.surveys.latest(key);
    if (found) return found;
    const keys = world.surveys.all().map((each) => each.key);
    throw new Refused(`le sondage « ${key} » n'existe pas. Sondages: ${keys.join(', ')}`);
  });
  const to = path.join(out, `${survey.key}.r${survey.revision}.${format}`);
  const bytes = await writeFormFile(exportForm(survey), format).catch((error: unknown) => {
    if (error instanceof FormFileError) throw new Refused(error.message, { cause: error });
    throw error;
  });
  await mkdir(out, { recursive: true });
  // Whole or not at all.
  const from = `${to}.${process.pid}.tmp`;
  try {
    await writeFile(from, bytes);
    await rename(from, to);
  } finally {
    await rm(from, { force: true });
  }
  console.log(to);
}

const OPTIONS = {
  format: { type: 'string', default: 'xlsx' },
  out: { type: 'string', default: 'exports' },
} as const;

function readCommand(args: string[]): { key: string; format: Format; out: string } {
  const { values, positionals } = readArgs(args, OPTIONS, USAGE);
  const [key] = positionals;
  const format = FORMATS.find((each) => each === values.format);
  if (!key || !format || positionals.length > 1) throw new Refused(USAGE);
  return { key, format, out: values.out };
}
