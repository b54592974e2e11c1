/**
 * `npm run survey -- lint [SONDAGE…|FICHIER.json…]`: what is wrong or unwise in surveys, all that are shipped and saved
 * where none is named. Exit code 1 where one of them could not be saved.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { inParis } from '../../conversations/hours.ts';
import type { Finding } from '../../conversations/lint/finding.ts';
import { lintSurvey } from '../../conversations/lint.ts';
import type { Live } from '../../conversations/live.ts';
import type { World } from '../../conversations/moment.ts';
import { readSurvey, type Survey } from '../../conversations/survey.ts';
import { Refused } from '../command/refused.ts';
import { localWorld } from '../local/city.ts';
import { withSurveys } from './saved.ts';

export async function run(args: string[]): Promise<void> {
  const { world, today, lives } = await known();
  const all = world.surveys.all();
  const chosen = args.length > 0 ? await Promise.all(args.map((name) => find(name, world))) : all;
  let errors = 0;
  for (const [index, survey] of chosen.entries()) {
    const findings = lintSurvey(survey, { city: world.city, others: all, today, lives });
    errors += findings.filter(({ severity }) => severity === 'error').length;
    console.log([...(index > 0 ? [''] : []), ...reported(survey, findings)].join('\n'));
  }
  if (errors > 0) process.exitCode = 1;
}

/** What is shipped and, where anything was ever kept, what is saved. Looking makes no data folder. */
export async function known(): Promise<{ world: World; today: string; lives?: Live[] }> {
  const folder = path.join(process.env.DATA_DIR ?? '.data', 'store');
  return process.env.TABLE || existsSync(folder)
    ? withSurveys(async ({ world, today, lives }) => ({ world, today, lives }))
    : { world: localWorld(), today: inParis(new Date()).date };
}

/** A file by its path, anything else by its key. Throws `Refused` with what is wrong with it. */
export async function find(name: string, { surveys }: World): Promise<Survey> {
  if (!name.endsWith('.json')) {
    const survey = surveys.latest(name);
    if (survey) return survey;
    const keys = surveys.all().map(({ key }) => key);
    throw new Refused(
      `sondage inconnu: « ${name} ». Sondages: ${keys.join(', ')}; ou donnez un fichier .json`,
    );
  }
  const text = await readFile(name, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new Refused(
      cause.code === 'ENOENT'
        ? `il n'y a pas de fichier « ${name} »`
        : `« ${name} » ne peut pas être lu: ${cause.code}`,
      { cause },
    );
  });
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (cause) {
    throw new Refused(`« ${name} » n'est pas du JSON: ${(cause as Error).message}`, { cause });
  }
  try {
    return readSurvey(data, name);
  } catch (cause) {
    throw new Refused(`« ${name} » n'est pas un sondage utilisable:\n${(cause as Error).message}`, { cause });
  }
}

const SEVERITY = { error: 'erreur', warning: 'avertissement' } as const;

function reported({ key, revision }: Survey, findings: Finding[]): string[] {
  const title = `${key}, révision ${revision}`;
  if (findings.length === 0) return [`${title}: rien à signaler`];
  const count = (severity: Finding['severity']): number =>
    findings.filter((finding) => finding.severity === severity).length;
  const counted = [said(count('error'), 'erreur'), said(count('warning'), 'avertissement')].filter(Boolean);
  const errorsFirst = [...findings].sort((a, b) => a.severity.localeCompare(b.severity));
  return [
    `${title}: ${counted.join(', ')}`,
    ...errorsFirst.map(
      ({ severity, place, question, rule, message }) =>
        `  ${SEVERITY[severity]}  ${place}${question ? ` « ${question} »` : ''}  (${rule})\n    ${message}`,
    ),
  ];
}

const said = (count: number, word: string): string =>
  count === 0 ? '' : `${count} ${word}${count > 1 ? 's' : ''}`;
