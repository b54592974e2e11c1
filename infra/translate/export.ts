/** `npm run translate -- export`: one file a language, for a translator. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { baseOf } from '../../conversations/lint/structure.ts';
import type { Catalogue } from '../../conversations/translate/entry.ts';
import { OURS, ourCatalogue } from '../../conversations/translate/ours.ts';
import { languages } from '../../locales/index.ts';
import { Refused } from '../command/refused.ts';
import { withSurveys } from '../survey/saved.ts';
import { writeTable } from './csv.ts';
import { writeAll } from './files.ts';
import { readLocal } from './locales.ts';
import { common, exampleFilled, languageOf, localesFolder, USAGE } from './options.ts';
import { catalogueOf } from './plan-survey.ts';
import { writePo } from './po.ts';

const FORMATS = ['po', 'csv'] as const;
type Format = (typeof FORMATS)[number];

const isFormat = (text: string): text is Format => (FORMATS as readonly string[]).includes(text);

export async function run(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      ...common,
      survey: { type: 'string' },
      language: { type: 'string', multiple: true },
      format: { type: 'string', default: 'po' },
      out: { type: 'string', default: 'traductions' },
    },
  });
  if (positionals.length > 0) throw new Refused(USAGE);
  const { format, out } = values;
  if (!isFormat(format)) throw new Refused(`format inconnu: « ${format} ». Formats: ${FORMATS.join(', ')}`);
  const chosen = values.language?.map(languageOf);
  const catalogues = values.survey
    ? await surveyCatalogues(values.survey, chosen)
    : (chosen ?? languages.filter((language) => language !== 'fr')).map((language) =>
        ourCatalogue(readLocal(localesFolder(values.locales), language, exampleFilled().filled)),
      );
  const files = new Map<string, Buffer>();
  for (const catalogue of catalogues) {
    const [, key = OURS] = catalogue.name.split(' ');
    const file = path.join(out, `${key}.${catalogue.language}.${format}`);
    files.set(file, format === 'po' ? writePo(catalogue) : await writeTable(catalogue));
  }
  writeAll(files);
  for (const [index, file] of [...files.keys()].entries()) {
    const { entries } = catalogues[index] as Catalogue;
    const missing = entries.filter(({ text }) => !text).length;
    console.log(`${file}: ${entries.length} textes, ${missing} à traduire`);
  }
}

const surveyCatalogues = (key: string, chosen: string[] | undefined): Promise<Catalogue[]> =>
  withSurveys(async ({ world }) => {
    const survey = world.surveys.latest(key);
    const keys = world.surveys.all().map((each) => each.key);
    if (!survey) throw new Refused(`le sondage « ${key} » n'existe pas. Sondages: ${keys.join(', ')}`);
    const revisions = world.surveys.every().filter((each) => each.key === key);
    const others = survey.languages.filter((language) => language !== baseOf(survey));
    return (chosen ?? others).map((language) => catalogueOf(revisions, survey, language));
  });
