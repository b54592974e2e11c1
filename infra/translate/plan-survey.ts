/** What becomes of a file with the texts of a survey: the survey with them, held against the lint before it is saved. */
import type { Finding } from '../../conversations/lint/finding.ts';
import { baseOf } from '../../conversations/lint/structure.ts';
import { lintSurvey } from '../../conversations/lint.ts';
import type { World } from '../../conversations/moment.ts';
import type { Survey } from '../../conversations/survey.ts';
import { check, type Outcome } from '../../conversations/translate/check.ts';
import type { Catalogue, Sheet } from '../../conversations/translate/entry.ts';
import {
  keyAt,
  readAt,
  surveyCatalogue,
  surveyNamed,
  translated,
} from '../../conversations/translate/of-survey.ts';
import { languages } from '../../locales/index.ts';
import { exampleFilled } from './options.ts';
import { doubt, type Plan, reviewLine, verdictOf } from './plan.ts';
import { Unreadable } from './unreadable.ts';

/** What goes out to a translator. */
export function catalogueOf(revisions: Survey[], survey: Survey, language: string): Catalogue {
  const { city, filled } = exampleFilled();
  const places = { ...filled.places, city: city.shortName };
  return surveyCatalogue(survey, language, places, readAt(revisions, language));
}

/**
 * `survey`: the latest revision, with what another file of the same import puts into it.
 * Throws `Unreadable` where the file's language is none.
 */
export function planSurvey(file: string, sheet: Sheet, survey: Survey, world: World): Plan {
  const { language } = sheet;
  const known: string[] = [...languages, ...survey.languages];
  if (!known.includes(language))
    throw new Unreadable([
      {
        line: sheet.line,
        what: `langue inconnue « ${language} », attendu: ${[...new Set(known)].join(', ')}`,
      },
    ]);
  const revisions = world.surveys.every().filter(({ key }) => key === survey.key);
  const catalogue = catalogueOf(revisions, survey, language);
  // A text that a later revision has dropped is no misspelt key.
  const sent = revisions.find(({ revision }) => revision === surveyNamed(sheet.name)?.revision);
  const then = new Set(sent && surveyCatalogue(sent, language, {}).entries.map(({ key }) => key));
  const outcome = check(catalogue, sheet, (key) => then.has(key));
  const isBase = language === baseOf(survey);
  const wasRead = isBase || survey.review?.[language] === 'reviewed';
  const said = isBase ? 'as before' : verdictOf(catalogue, sheet, outcome, wasRead);
  const isRead = said === 'as before' ? undefined : said === 'read';
  const next = translated(survey, language, outcome.changes, isRead);
  if (outcome.refused.length === 0) refuseFound(outcome, sheet, survey, next, world);
  return {
    file,
    sheet,
    outcome,
    review: isBase ? [] : [reviewLine(language, said, wasRead), ...doubt(sheet, [said])],
    files: new Map(),
    survey: next,
  };
}

/** A label that is heard as a command, two labels alike: what the lint calls an error, and was not one before. */
function refuseFound(
  outcome: Outcome,
  sheet: Sheet,
  before: Survey,
  after: Survey,
  { city, surveys }: World,
): void {
  const errors = (survey: Survey): Finding[] =>
    lintSurvey(survey, { city, others: surveys.all() }).filter(({ severity }) => severity === 'error');
  const nameOf = ({ rule, place, message }: Finding): string => `${rule} ${place} ${message}`;
  const old = new Set(errors(before).map(nameOf));
  for (const finding of errors(after)) {
    if (old.has(nameOf(finding))) continue;
    const key = keyAt(after, finding.place, sheet.language);
    const line = sheet.rows.find((row) => row.key === key)?.line ?? sheet.line;
    outcome.refused.push({ line, what: `« ${key ?? finding.place} »: ${finding.message}` });
  }
}
