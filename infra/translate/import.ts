/** `npm run translate -- import FICHIER…`: all of what came back, or nothing. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { isLanguage } from '../../conversations/phrase.ts';
import type { Survey } from '../../conversations/survey.ts';
import type { Sheet } from '../../conversations/translate/entry.ts';
import { surveyNamed } from '../../conversations/translate/of-survey.ts';
import { OURS } from '../../conversations/translate/ours.ts';
import { languages } from '../../locales/index.ts';
import { Refused } from '../command/refused.ts';
import { type Saved, withSurveys } from '../survey/saved.ts';
import { readTable } from './csv.ts';
import { readBytes, writeAll } from './files.ts';
import { common, localesFolder, USAGE } from './options.ts';
import { at, type Plan } from './plan.ts';
import { planOurs } from './plan-ours.ts';
import { planSurvey } from './plan-survey.ts';
import { readPo } from './po.ts';
import { report } from './report.ts';
import { decoded, Unreadable } from './unreadable.ts';

interface Read {
  file: string;
  sheet: Sheet;
}

export async function run(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: common });
  if (positionals.length === 0) throw new Refused(USAGE);
  const folder = localesFolder(values.locales);
  const refused: string[] = [];
  const each = <Given extends { file: string }, Made>(given: Given[], work: (one: Given) => Made): Made[] =>
    given.flatMap((one) => {
      try {
        return [work(one)];
      } catch (error) {
        if (!(error instanceof Unreadable)) throw error;
        refused.push(...error.faults.map((remark) => at(one.file, remark)));
        return [];
      }
    });
  const read: Read[] = [];
  each(
    positionals.map((file) => ({ file })),
    ({ file }) => read.push({ file, sheet: sheetOf(file, read) }),
  );
  const allow = (plans: Plan[]): void => {
    refused.push(...plans.flatMap(({ file, outcome }) => outcome.refused.map((remark) => at(file, remark))));
    if (refused.length > 0) throw new Refused(`${refused.join('\n')}\nRien n'a été importé.`);
  };
  const write = (plans: Plan[]): void => writeAll(new Map(plans.flatMap(({ files }) => [...files])));
  const ours = each(
    read.filter(({ sheet }) => !surveyNamed(sheet.name)),
    ({ file, sheet }) => planOurs(folder, file, sheet, languageOf(sheet)),
  );
  const ofSurveys = read.filter(({ sheet }) => surveyNamed(sheet.name));
  if (ofSurveys.length === 0) {
    allow(ours);
    write(ours);
    for (const plan of ours) report(plan);
    return;
  }
  await withSurveys(async (saved) => {
    const latest = new Map(saved.world.surveys.all().map((survey) => [survey.key, survey]));
    const plans = each(ofSurveys, ({ file, sheet }) => {
      const survey = latest.get(surveyNamed(sheet.name)?.key ?? '');
      if (!survey)
        throw new Unreadable([
          {
            line: sheet.line,
            what: `sondage inconnu « ${sheet.name} », attendu: ${[...latest.keys()].join(', ')}`,
          },
        ]);
      const plan = planSurvey(file, sheet, survey, saved);
      // Several languages of one survey are one revision.
      if (plan.survey) latest.set(survey.key, plan.survey);
      return plan;
    });
    allow([...ours, ...plans]);
    const keys = new Set(plans.flatMap(({ survey }) => (survey ? [survey.key] : [])));
    const lines: string[] = [];
    for (const key of keys) lines.push(await save(saved, latest.get(key) as Survey));
    write(ours);
    for (const plan of [...ours, ...plans]) report(plan);
    for (const line of lines) console.log(line);
  });
}

/** Throws `Unreadable`, also where another file of the import has the same texts. */
function sheetOf(file: string, before: Read[]): Sheet {
  const kind = path.extname(file).toLowerCase();
  if (kind !== '.po' && kind !== '.csv')
    throw new Refused(`« ${file} »: attendu un fichier .po ou .csv, de ceux que l'export écrit`);
  const text = decoded(readBytes(file));
  const sheet = kind === '.po' ? readPo(text) : readTable(text);
  const keyOf = ({ name, language }: Sheet): string => `${surveyNamed(name)?.key ?? name} ${language}`;
  const same = before.find((each) => keyOf(each.sheet) === keyOf(sheet));
  if (same)
    throw new Unreadable([{ line: sheet.line, what: `même langue et mêmes textes que ${same.file}` }]);
  return sheet;
}

function languageOf({ name, language, line }: Sheet) {
  if (name !== OURS)
    throw new Unreadable([
      { line, what: `textes inconnus « ${name} », attendu: ${OURS}, ou « survey CLÉ rN »` },
    ]);
  if (isLanguage(language)) return language;
  throw new Unreadable([{ line, what: `langue inconnue « ${language} », attendu: ${languages.join(', ')}` }]);
}

/** Who has begun keeps the revision they began; a revision that came in between is not overwritten. */
async function save({ store, world, today }: Saved, survey: Survey): Promise<string> {
  const result = await store.save(survey, { city: world.city, today, onto: survey.revision });
  if (result === 'unchanged') return `Sondage ${survey.key}: révision ${survey.revision}, inchangée`;
  if ('refused' in result) {
    const errors = result.refused.filter(({ severity }) => severity === 'error');
    throw new Refused(`sondage ${survey.key}: ${errors.map(({ message }) => message).join('; ')}`);
  }
  return `Sondage ${survey.key}: révision ${result.saved.revision} enregistrée`;
}
