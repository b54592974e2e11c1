/**
 * What an announcement says of the survey that it begins: its introduction, or its first question. Whoever approves the
 * announcement approves these words; a revision that changes them later is not what they have read.
 */
import type { Announcement } from './announcement.ts';
import type { Finding } from './lint/finding.ts';
import type { Survey, SurveyShelf } from './survey.ts';
import { nextAfter } from './survey-paths.ts';

/** Told apart, not shown. */
function firstWords(survey: Survey): string {
  const { base, languages, intro, opening, sections = [] } = survey;
  if (opening !== 'question') return JSON.stringify({ base, languages, intro });
  const { question, notes } = nextAfter(survey, {}, undefined);
  const section = sections.find(({ id }) => id === question?.section)?.title;
  return JSON.stringify({ base, languages, opening, question, notes, section });
}

interface Beginning {
  survey?: string | undefined;
  /** That was read when it was approved; none yet in a draft. */
  revision?: number | undefined;
}

/**
 * The revision that it begins: the latest one where that says the same at first, else the one that was approved.
 * Undefined where the approved one is not known here.
 */
export function surveyTold(
  surveys: SurveyShelf,
  { survey: key = '', revision }: Beginning,
): Survey | undefined {
  const latest = surveys.latest(key);
  if (!latest || revision === undefined || latest.revision === revision) return latest;
  const approved = surveys.get(key, revision);
  return approved && firstWords(approved) === firstWords(latest) ? latest : approved;
}

/** What staff are told where its survey begins with other words since it was approved. */
export function changedWords(
  { id, survey, revision, started }: Pick<Announcement, 'id' | 'started'> & Beginning,
  surveys: SurveyShelf,
): Finding[] {
  const told = surveyTold(surveys, { survey, revision });
  const latest = survey === undefined ? undefined : surveys.latest(survey);
  if (!told || !latest || told === latest) return [];
  const how = started
    ? 'annulez-la et écrivez-en une autre'
    : "modifiez l'annonce et faites-la valider de nouveau";
  return [
    {
      rule: 'survey-changed',
      severity: 'warning',
      place: 'survey',
      message: `le sondage « ${survey} » commence autrement depuis que l'annonce ${id} a été validée: elle dit ce qui a été validé (révision ${told.revision}), pas la révision ${latest.revision}. Pour dire la nouvelle, ${how}`,
    },
  ];
}
