/** What stands behind a command: options, texts by language, a file of JSON. */
import { readFile } from 'node:fs/promises';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { Refused } from './refused.ts';

type Options = NonNullable<ParseArgsConfig['options']>;
export type Values<Of extends Options> = ReturnType<
  typeof parseArgs<{ options: Of; allowPositionals: true }>
>['values'];

/** Throws `Refused` with the usage. */
export function readArgs<const Of extends Options>(
  args: string[],
  options: Of,
  usage: string,
): { values: Values<Of>; positionals: string[] } {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch {
    // parseArgs says it in English; the usage says it all.
    throw new Refused(usage);
  }
}

/** `tr=…` is Turkish; without a language it is French. */
const textIn = (given: string): [string, string] => {
  const [, language, text] = /^([a-z]{2}(?:-[a-z]+)?)=([\s\S]*)$/.exec(given) ?? [];
  return language !== undefined ? [language, text ?? ''] : ['fr', given];
};

/** Undefined where nothing was given. */
export const textsIn = (given: string[] | undefined): Record<string, string> | undefined =>
  given && Object.fromEntries(given.map(textIn));

/** The object in a file; `what`: "une visite". Throws `Refused` where there is none. */
export async function readJson(file: string, what: string): Promise<object> {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    const why = cause.code === 'ENOENT' ? "il n'y a pas de fichier" : `${cause.code}: impossible de lire`;
    throw new Refused(`${why} « ${file} »`, { cause });
  });
  try {
    const data: unknown = JSON.parse(text);
    if (data && typeof data === 'object' && !Array.isArray(data)) return data;
  } catch (cause) {
    throw new Refused(`« ${file} » n'est pas du JSON: ${(cause as Error).message}`, { cause });
  }
  throw new Refused(`« ${file} » n'est pas ${what}: il y faut un objet JSON`);
}

/** YYYY-MM-DD, and a day there is: 31 February is none. */
export function isDay(given: string): boolean {
  const at = new Date(`${given}T12:00:00Z`);
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(given) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(given)
  );
}
