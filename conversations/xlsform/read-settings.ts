/** The settings sheet, and the settings that old forms keep among the questions. */
import { SETTINGS } from './columns.ts';
import { languageNamed } from './languages.ts';
import type { Reading } from './sheet.ts';
import { readSheet, sheetsNamed } from './sheet.ts';
import type { Cell, Findings, Workbook } from './workbook.ts';

export type Setting =
  | 'form_title'
  | 'form_id'
  | 'version'
  | 'default_language'
  | 'sms_keyword'
  | 'clean_text_values';
export type Settings = Partial<Record<Setting, Cell>>;

const KEPT: Setting[] = [
  'form_title',
  'form_id',
  'version',
  'default_language',
  'sms_keyword',
  'clean_text_values',
];
const NO = new Set(['no', 'false', 'false()', 'non']);

/** Only the first row counts. */
export function readSettings(
  workbook: Workbook,
  findings: Findings,
): Settings & { exact: boolean; base?: string } {
  const read = (reading: Reading) => readSheet(sheetsNamed(workbook, 'settings'), SETTINGS, reading).rows;
  const [first, second] = read({ findings, base: 'fr' });
  const exact = NO.has(first?.get('clean_text_values')?.value.toLowerCase() ?? '');
  // Again, with the blanks around what is kept as it is; what there is to say has been said.
  const row = exact ? read({ findings: silent, base: 'fr', exact })[0] : first;
  if (second)
    findings.notice(
      second.place('form_title'),
      'seule la première ligne de réglages compte: laissée de côté',
    );
  for (const cell of first?.extra ?? [])
    findings.notice(cell, "ce réglage n'a pas d'effet ici: laissé de côté");
  const separator = first?.get('sms_separator');
  if (separator)
    findings.notice(separator, "toute ponctuation sépare déjà les réponses d'un seul SMS: laissé de côté");
  const settings = Object.fromEntries(
    KEPT.flatMap((name) => {
      const cell = row?.get(name);
      return cell ? [[name, cell]] : [];
    }),
  ) as Settings;
  const language = settings.default_language;
  const named = language && languageNamed(language.value);
  if (language && named?.unknownCode)
    findings.fault(
      language,
      `la langue « ${named.code} » n'existe pas`,
      'une langue comme Français (fr) ou English (en)',
    );
  return { ...settings, exact, ...(named && { base: named.code }) };
}

const silent = { fault() {}, notice() {} } as unknown as Findings;
