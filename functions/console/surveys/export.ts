/** A survey as a form for KoboToolbox and ODK. */
import { exportForm } from '../../../conversations/xlsform/export-form.ts';
import type { Answer } from '../../runtime/http.ts';
import { type Asked, download, NotThere } from '../page.ts';
import { surveyAsked } from './view.tsx';

const TYPES = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
} as const;

const isFormat = (text: string): text is keyof typeof TYPES => Object.hasOwn(TYPES, text);

export async function giveForm(asked: Asked): Promise<Answer> {
  const survey = surveyAsked(asked);
  const format = asked.params.format ?? '';
  if (!isFormat(format)) throw new NotThere();
  const { writeFormFile } = await import('../../forms/form-file.ts');
  const bytes = await writeFormFile(exportForm(survey), format);
  await asked.note('formulaire du sondage emporté', survey.key);
  return download(`${survey.key}.r${survey.revision}.${format}`, TYPES[format], bytes);
}
