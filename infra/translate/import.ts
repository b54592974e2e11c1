/** `npm run translate -- import FICHIER…`: all of what came back, or nothing. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { isLanguage } from '../../conversations/phrase.ts';
import { check, type Outcome } from '../../conversations/translate/check.ts';
import type { Catalogue, Remark, Sheet } from '../../conversations/translate/entry.ts';
import { type Group, groupOf, OURS, ourCatalogue } from '../../conversations/translate/ours.ts';
import { type Verdict, verdict } from '../../conversations/translate/review.ts';
import { languages } from '../../locales/index.ts';
import { REVIEWED } from '../../locales/notice.ts';
import { Refused } from '../survey/refused.ts';
import { readTable } from './csv.ts';
import { readBytes, writeAll } from './files.ts';
import { edited, readLocal } from './locales.ts';
import { common, exampleFilled, localesFolder, USAGE } from './options.ts';
import { readPo } from './po.ts';
import { decoded, Unreadable } from './unreadable.ts';

/** One file with what is to become of it. */
interface Plan {
  file: string;
  sheet: Sheet;
  outcome: Outcome;
  /** What is said of the review, in French. */
  review: string[];
  files: Map<string, string>;
}

const at = (file: string, { line, what }: Remark): string => `${file}:${line}: ${what}`;

export async function run(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: common });
  if (positionals.length === 0) throw new Refused(USAGE);
  const folder = localesFolder(values.locales);
  const refused: string[] = [];
  const plans: Plan[] = [];
  for (const file of positionals) {
    try {
      const sheet = sheetOf(file);
      const same = plans.find(
        (plan) => plan.sheet.name === sheet.name && plan.sheet.language === sheet.language,
      );
      if (same)
        throw new Unreadable([{ line: sheet.line, what: `même langue et mêmes textes que ${same.file}` }]);
      const plan = planOf(folder, file, sheet);
      plans.push(plan);
      refused.push(...plan.outcome.refused.map((remark) => at(file, remark)));
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      refused.push(...error.faults.map((remark) => at(file, remark)));
    }
  }
  if (refused.length > 0) throw new Refused(`${refused.join('\n')}\nRien n'a été importé.`);
  writeAll(new Map(plans.flatMap(({ files }) => [...files])));
  for (const plan of plans) report(plan);
}

function sheetOf(file: string): Sheet {
  const kind = path.extname(file).toLowerCase();
  if (kind !== '.po' && kind !== '.csv')
    throw new Refused(`« ${file} »: attendu un fichier .po ou .csv, de ceux que l'export écrit`);
  const text = decoded(readBytes(file));
  return kind === '.po' ? readPo(text) : readTable(text);
}

function planOf(folder: string, file: string, sheet: Sheet): Plan {
  const { language, line, name } = sheet;
  if (!isLanguage(language))
    throw new Unreadable([
      { line, what: `langue inconnue « ${language} », attendu: ${languages.join(', ')}` },
    ]);
  if (name !== OURS) throw new Unreadable([{ line, what: `textes inconnus « ${name} », attendu: ${OURS}` }]);
  const local = readLocal(folder, language, exampleFilled().filled);
  const catalogue = ourCatalogue(local);
  const outcome = check(catalogue, sheet);
  const texts = Object.fromEntries(outcome.changes.map(({ key, text }) => [key, text]));
  const said = (group: Group): Verdict =>
    verdictOf(group, catalogue, sheet, outcome, local.status[group] === REVIEWED);
  const verdicts = { messages: said('messages'), page: said('page') };
  const status = Object.fromEntries(Object.entries(verdicts).filter(([, each]) => each !== 'as before'));
  const review = [
    ...(['messages', 'page'] as const).map((group) =>
      reviewLine(group, verdicts[group], local.status[group] === REVIEWED),
    ),
    ...(sheet.reviewed && Object.values(verdicts).some((each) => each !== 'read')
      ? ["le fichier dit « reviewed », mais des textes manquent, sont à revoir ou n'y sont pas"]
      : []),
  ];
  return { file, sheet, outcome, review, files: edited(local, catalogue, { texts, status }) };
}

/** Read: the file says so, and each text of the group is there, sure, and of the source that we have. */
function verdictOf(
  group: Group,
  { entries }: Catalogue,
  { reviewed, rows }: Sheet,
  outcome: Outcome,
  wasRead: boolean,
): Verdict {
  const sure = new Set(rows.filter(({ text, unsure }) => text && !unsure).map(({ key }) => key));
  const own = entries.filter(({ key }) => groupOf(key) === group);
  const isWhole = outcome.late.length === 0 && own.every(({ key }) => sure.has(key));
  const changed = outcome.changes.filter(({ key }) => groupOf(key) === group).length;
  return verdict(reviewed && isWhole, changed, wasRead);
}

function reviewLine(group: Group, said: Verdict, wasRead: boolean): string {
  const name = group === 'messages' ? 'messages' : 'page des droits';
  if (said === 'read') return `${name}: ${wasRead ? 'relu' : 'désormais relu'}`;
  if (said === 'to read again') return `${name}: à relire de nouveau`;
  return `${name}: ${wasRead ? 'relu' : 'à relire'}`;
}

const MOST_NAMED = 10;

function named(keys: string[]): string {
  const more = keys.length - MOST_NAMED;
  return keys.slice(0, MOST_NAMED).join(', ') + (more > 0 ? ` et ${more} de plus` : '');
}

function report({ file, sheet, outcome, review }: Plan): void {
  const { changes, late, missing, unsure, warned } = outcome;
  const added = changes.filter((change) => change.added).map(({ key }) => key);
  const changed = changes.filter((change) => !change.added).map(({ key }) => key);
  console.log(`${file}: ${sheet.name}, ${sheet.language}`);
  console.log(changed.length > 0 ? `  ${changed.length} changés: ${named(changed)}` : '  rien de changé');
  if (added.length > 0) console.log(`  ${added.length} ajoutés: ${named(added)}`);
  for (const remark of warned) console.log(`  attention, ${at(file, remark)}`);
  for (const remark of late) console.log(`  laissé tel quel, ${at(file, remark)}`);
  if (missing.length > 0) console.log(`  ${missing.length} à traduire: ${named(missing)}`);
  if (unsure.length > 0) console.log(`  ${unsure.length} à relire d'après le fichier`);
  for (const line of review) console.log(`  relecture, ${line}`);
}
