/**
 * `npm run export -- square [--out DIR] [--xlsx]`: the answers to a survey as files, as a workbook too. Asks the local host for its store if it
 * is running, opens its data folder if not. `DATA_DIR` is honoured.
 */
import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { inParis } from '../conversations/hours.ts';
import type { Deps } from '../functions/runtime/deps.ts';
import { exportFault } from '../functions/runtime/export-fault.ts';
import { create, type ExportedFiles } from '../functions/runtime/export-survey.ts';
import { exportWorkbook } from '../functions/runtime/export-workbook.ts';
import { describe } from '../functions/runtime/log.ts';
import { Refused } from './command/refused.ts';
import { localWorld } from './local/city.ts';
import { withDeps } from './local/with-deps.ts';

const USAGE = 'usage: npm run export -- SONDAGE [--out DOSSIER] [--xlsx]';
/** One of the files holds phone numbers, the others what people wrote: for the owner's eyes alone. */
const OWNER_ONLY = 0o600;

interface Command {
  survey: string;
  out: string;
  xlsx: boolean;
}

function readCommand(): Command | undefined {
  try {
    const options = {
      out: { type: 'string', default: 'exports' },
      xlsx: { type: 'boolean', default: false },
    } as const;
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const [survey] = positionals;
    if (survey && positionals.length === 1) return { survey, ...values };
  } catch {
    // parseArgs says it in English; the usage says it all.
  }
  return undefined;
}

/** The surveys there are; those that come with the app where the store cannot be asked. */
async function known(folder: string): Promise<string> {
  const shipped = localWorld().surveys.all();
  const all = await withDeps(folder, async ({ shelf, world }) => {
    await shelf.refresh();
    return world.surveys.all();
  }).catch(() => shipped);
  return all.map(({ key }) => key).join(', ');
}

/** The files get their names once all of them are whole: a run that breaks leaves those of the last one. */
async function exportTo({ out, xlsx, survey }: Command, deps: Deps): Promise<ExportedFiles> {
  const begun: { from: string; to: string }[] = [];
  try {
    const open = (name: string): WriteStream => {
      mkdirSync(out, { recursive: true });
      const from = path.join(out, `.${name}.${process.pid}.tmp`);
      begun.push({ from, to: path.join(out, name) });
      return createWriteStream(from, { mode: OWNER_ONLY });
    };
    const done = await create(deps)(survey, open);
    if (xlsx) await exportBook(deps, survey, open);
    for (const { from, to } of begun) await rename(from, to);
    return { ...done, files: begun.map(({ to }) => to) };
  } catch (error) {
    for (const { from } of begun) await rm(from, { force: true });
    throw error;
  }
}

async function exportBook(deps: Deps, survey: string, open: (name: string) => WriteStream): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'porte-voix-'));
  try {
    const name = `${inParis(deps.now()).date.slice(0, 7)}_${survey}_reponses.xlsx`;
    await exportWorkbook(deps, { survey, folder }, open(name));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function sentence(error: unknown): string {
  if (error instanceof Refused) return error.message;
  const said = exportFault(error);
  if (said) return said;
  // Not its message, which may quote what somebody wrote.
  const { error: name, code } = describe(error);
  return `l'export n'a pas pu se faire: ${name}${code ? ` ${code}` : ''}`;
}

try {
  const folder = process.env.DATA_DIR ?? '.data';
  const command = readCommand();
  if (!command) throw new Refused(`${USAGE}\nSondages: ${await known(folder)}`);
  const { files, rows } = await withDeps(folder, (deps) => exportTo(command, deps));
  console.log(`${rows} ${rows > 1 ? 'réponses' : 'réponse'}`);
  for (const file of files) console.log(file);
  console.log("Le fichier « rappels » contient des numéros de téléphone: ne le donnez qu'à qui rappelle.");
} catch (error) {
  console.error(sentence(error));
  process.exitCode = 1;
}
