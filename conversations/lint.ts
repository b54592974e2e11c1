/**
 * What is wrong or unwise in a survey that can be read (`readSurvey` has seen to the rest): branches that nobody
 * reaches, words that are taken, texts that cost too much or read too hard. Run when a survey is saved, in the
 * console, from a terminal (`npm run survey -- lint`) and by the tests over the surveys that are shipped.
 */
import { answers } from './lint/answers.ts';
import { branches } from './lint/branches.ts';
import { compared } from './lint/compared.ts';
import { cost } from './lint/cost.ts';
import { exportColumns } from './lint/export-columns.ts';
import type { Around, Finding, Rule, Sheet } from './lint/finding.ts';
import { labels } from './lint/labels.ts';
import { languages } from './lint/languages.ts';
import { length } from './lint/length.ts';
import { plainFrench } from './lint/plain-french.ts';
import { promises } from './lint/promises.ts';
import { Search } from './lint/search.ts';
import { baseOf } from './lint/structure.ts';
import { textsOf } from './lint/texts-of.ts';
import { words } from './lint/words.ts';
import type { Survey } from './survey.ts';

const rules: Rule[] = [
  branches,
  compared,
  answers,
  labels,
  words,
  languages,
  cost,
  plainFrench,
  promises,
  length,
  exportColumns,
];

/** A formula that asks for what cannot be is said once: that it never or always holds follows from it. */
const CAUSES = new Set(['unknown-option', 'wrong-type', 'later-question']);
const CONSEQUENCES = new Set([
  'never-asked',
  'always-asked',
  'contradicts-section',
  'constraint-never-met',
  'option-never-offered',
  'filter-leaves-nothing',
]);

/** The survey as the rules look at it. */
export const sheetOf = (survey: Survey, around: Around): Sheet => ({
  ...around,
  survey,
  base: baseOf(survey),
  texts: textsOf(survey),
  search: new Search(survey),
  plain: around.city.quartiers.some(({ id, plain }) => plain && survey.lists?.includes(id)),
});

/** Every finding, in the order of the rules; none where all is well. */
export function lintSurvey(survey: Survey, around: Around): Finding[] {
  const sheet = sheetOf(survey, around);
  const findings = rules.flatMap((rule) => rule(sheet));
  const causes = new Set(findings.flatMap(({ rule, place }) => (CAUSES.has(rule) ? [place] : [])));
  const follows = ({ rule, place }: Finding): boolean => CONSEQUENCES.has(rule) && causes.has(place);
  const grave = new Set(
    findings.flatMap((finding) => (follows(finding) && finding.severity === 'error' ? [finding.place] : [])),
  );
  return findings
    .filter((finding) => !follows(finding))
    .map((finding) =>
      CAUSES.has(finding.rule) && grave.has(finding.place) ? { ...finding, severity: 'error' } : finding,
    );
}
