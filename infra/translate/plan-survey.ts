/** What becomes of a file with the texts of a survey: the survey with them, held against the lint before it is saved. */
import { baseOf } from '../../conversations/lint/structure.ts';
import { lintSurvey } from '../../conversations/lint.ts';
import { revisionFindings } from '../../conversations/revision-rules.ts';
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
import type { Saved } from '../survey/saved.ts';
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
export function planSurvey(file: string, sheet: Sheet, survey: Survey, saved: Saved): Plan {
  const { world } = saved;
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
  if (outcome.refused.length === 0) refuseFound(outcome, sheet, next, saved);
  return {
    file,
    sheet,
    outcome,
    review: isBase ? [] : [reviewLine(language, said, wasRead), ...doubt(sheet, [said])],
    files: new Map(),
    survey: next,
  };
}

/** A label that is heard as a command, two labels alike: what saving would refuse, with the line of the file. */
function refuseFound(outcome: Outcome, sheet: Sheet, survey: Survey, { world, today, lives }: Saved): void {
  const { city, surveys } = world;
  const others = surveys.all().filter(({ key }) => key !== survey.key);
  const latest = surveys.latest(survey.key);
  const findings = [
    ...lintSurvey(survey, { city, others, today, lives }),
    ...(latest ? revisionFindings(survey, latest, { today }) : []),
  ];
  for (const { severity, place, message } of findings) {
    if (severity !== 'error') continue;
    const key = keyAt(survey, place, sheet.language);
    const line = sheet.rows.find((row) => row.key === key)?.line ?? sheet.line;
    outcome.refused.push({ line, what: `« ${key ?? place} »: ${message}` });
  }
}
