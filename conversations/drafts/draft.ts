/**
 * A survey that is being written: shaped like a survey, and nothing in it has to be right or even there yet. What a page
 * has no field for (sections, filters, columns of choices) stays in it as it is.
 */
import * as z from 'zod';
import { isSame } from '../revision-parts.ts';
import type { Survey } from '../survey.ts';

const Loose = z.record(z.string(), z.string()).optional();

const DraftOption = z.looseObject({ id: z.string(), label: Loose, other: z.boolean().optional() });
export type DraftOption = z.infer<typeof DraftOption>;

const DraftQuestion = z.looseObject({
  id: z.string(),
  type: z.string(),
  text: Loose,
  relevant: z.string().optional(),
  options: z.array(DraftOption).optional(),
});
export type DraftQuestion = z.infer<typeof DraftQuestion>;

const WrittenSurvey = z.looseObject({
  key: z.string(),
  keywords: z.array(z.string()),
  opens: z.string(),
  closes: z.string(),
  languages: z.array(z.string()),
  base: z.string().optional(),
  review: z.record(z.string(), z.string()).optional(),
  lists: z.array(z.string()).optional(),
  topic: Loose,
  intro: Loose,
  thanks: Loose,
  over: Loose,
  results: Loose,
  questions: z.array(DraftQuestion),
});
export type WrittenSurvey = z.infer<typeof WrittenSurvey>;

export const SurveyDraft = z.strictObject({
  survey: WrittenSurvey,
  /** The revision that it was made from. */
  onto: z.int().min(1).optional(),
  /** Languages of that revision that are to go, since somebody took them out. */
  without: z.array(z.string()),
});
export type SurveyDraft = z.infer<typeof SurveyDraft>;

export const baseOfDraft = ({ base }: WrittenSurvey): string => base ?? 'fr';

/** A draft of the revision after this one. */
export function draftOf({ revision, ...survey }: Survey): SurveyDraft {
  return SurveyDraft.parse({ survey: structuredClone(survey), onto: revision, without: [] });
}

/** A draft of another survey, with the same questions: its days, its keyword and its form are its own. */
export function draftLike(
  { revision: _, form: __, promise: ___, results: ____, ...survey }: Survey,
  own: Pick<Survey, 'key' | 'keywords' | 'opens' | 'closes'>,
): SurveyDraft {
  return SurveyDraft.parse({ survey: structuredClone({ ...survey, ...own }), without: [] });
}

/** Whether two drafts say the same. */
export const isSameDraft = (a: SurveyDraft, b: SurveyDraft): boolean => isSame(a, b);
