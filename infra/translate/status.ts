/** `npm run translate -- status`: by language, what is translated, what is missing, what was read. */
import { parseArgs } from 'node:util';
import { baseOf } from '../../conversations/lint/structure.ts';
import type { Entry } from '../../conversations/translate/entry.ts';
import { changedSinceRead, nameOf } from '../../conversations/translate/of-survey.ts';
import { groupOf, ourCatalogue } from '../../conversations/translate/ours.ts';
import { isTouched } from '../../conversations/translate/review.ts';
import { languages } from '../../locales/index.ts';
import { REVIEWED } from '../../locales/notice.ts';
import { withSurveys } from '../survey/saved.ts';
import { readLocal } from './locales.ts';
import { common, exampleFilled, localesFolder } from './options.ts';
import { catalogueOf } from './plan-survey.ts';

const WIDTH = 11;

const counted = (language: string, entries: Entry[]): string => {
  const missing = entries.filter(({ text }) => !text).length;
  return `  ${language.padEnd(WIDTH)} ${entries.length - missing} textes sur ${entries.length}, ${missing} à traduire`;
};
const since = (changed: number | undefined): string =>
  changed ? `, ${changed} changé${changed > 1 ? 's' : ''} depuis la relecture` : '';
const status = (isRead: boolean): string => (isRead ? 'relu' : 'à relire');

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: common });
  const { filled } = exampleFilled();
  console.log('Textes de Porte-Voix');
  for (const language of languages) {
    const local = readLocal(localesFolder(values.locales), language, filled);
    const { entries } = ourCatalogue(local);
    for (const [group, name] of [
      ['messages', 'messages'],
      ['page', 'page des droits'],
    ] as const) {
      const own = entries.filter(({ key }) => groupOf(key) === group);
      const touched = own.filter(({ key, source, text }) => isTouched(local.seen, key, source, text)).length;
      console.log(
        `${counted(language, own)}, ${name}: ${status(local.status[group] === REVIEWED)}${since(touched)}`,
      );
    }
  }
  await withSurveys(async ({ world }) => {
    for (const survey of world.surveys.all()) {
      const revisions = world.surveys.every().filter(({ key }) => key === survey.key);
      console.log(`\nSondage ${nameOf(survey).slice('survey '.length)}`);
      for (const language of survey.languages) {
        const { entries } = catalogueOf(revisions, survey, language);
        const isRead = language === baseOf(survey) || survey.review?.[language] === 'reviewed';
        console.log(
          `${counted(language, entries)}, ${status(isRead)}${since(changedSinceRead(revisions, language))}`,
        );
      }
    }
  });
}
