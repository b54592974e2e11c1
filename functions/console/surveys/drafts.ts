/** The drafts as the pages work with them. */
import type { SurveyDraft } from '../../../conversations/drafts/draft.ts';
import { type ReadDraft, readDraft } from '../../../conversations/drafts/read-draft.ts';
import { inParis } from '../../../conversations/hours.ts';
import type { Finding } from '../../../conversations/lint/finding.ts';
import { revisionFindings } from '../../../conversations/revision-rules.ts';
import type { Survey } from '../../../conversations/survey.ts';
import type { Deps } from '../../runtime/deps.ts';
import { createSurveyDrafts, type SurveyDraftStore } from '../../store/survey-drafts.ts';
import { lintOf } from './findings.tsx';

export const draftsOf = ({ db }: Deps): SurveyDraftStore => createSurveyDrafts(db);

/** Another was published under its key, or its revision is not the last any more. */
function overtaken({ onto, survey: { key } }: SurveyDraft, latest: Survey | undefined): Finding[] {
  if (onto === latest?.revision) return [];
  return [
    {
      rule: 'overtaken',
      severity: 'error',
      place: 'revision',
      message: latest
        ? `« ${key} » a été publié entre-temps: ${onto === undefined ? 'ce brouillon part de rien' : `ce brouillon part de la révision ${onto}`}, la dernière est la ${latest.revision}. Sur la page « Publier », comparez, puis continuez sur celle-ci`
        : `la révision ${onto} de « ${key} » n’est pas connue ici: réessayez dans une minute`,
    },
  ];
}

/** What is to be said of a draft, and the survey that it makes where it makes one. */
export function looked(draft: SurveyDraft, deps: Deps, now: Date): { read: ReadDraft; findings: Finding[] } {
  const read = readDraft(draft);
  if ('faults' in read) return { read, findings: read.faults };
  const latest = deps.world.surveys.latest(draft.survey.key);
  const place = { today: inParis(now).date, without: draft.without };
  return {
    read,
    findings: [
      ...overtaken(draft, latest),
      ...(latest ? revisionFindings(read.survey, latest, place) : []),
      ...lintOf(read.survey, deps, now),
    ],
  };
}
