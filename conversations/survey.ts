/**
 * A survey as data: strict, with all its languages inside, one numbered revision a file.
 * Owns the schema; what a schema cannot say is in `lint/structure.ts`, and what is only unwise `lint.ts` finds.
 * `survey-conversation.ts` walks it.
 */
import * as z from 'zod';
import { faultsIn, invalid } from './faults.ts';
import { structuralFaults } from './lint/structure.ts';
import { Name, Texts } from './questions/type.ts';
import { Question } from './questions.ts';

/** A part of a survey under one title; where it is not relevant, nothing in it is. */
export const Section = z.strictObject({
  id: Name,
  /** Said before its first question where it costs no part more. */
  title: Texts.optional(),
  relevant: z.string().min(1).optional(),
  /** The section it stands in. */
  section: Name.optional(),
});
export type Section = z.infer<typeof Section>;

export const Survey = z.strictObject({
  key: z.string().regex(/^[a-z0-9-]+$/, 'a survey key is lower-case letters, digits and hyphens'),
  revision: z.int().min(1),
  keywords: z.array(z.string().regex(/^[A-Z0-9]{3,20}$/)).min(1),
  /** Days, both included, Europe/Paris. */
  opens: z.iso.date(),
  closes: z.iso.date(),
  languages: z.array(z.string()).min(1),
  /** The language whose texts stand in for missing ones: French where nothing is said. */
  base: z.string().optional(),
  /** Whether a native speaker has read a language's texts; staff see what is not `reviewed`. */
  review: z.record(z.string(), z.enum(['reviewed', 'to be reviewed'])).optional(),
  /** Meant for these lists: AIDE names it to nobody else, though its keyword works for everyone. */
  lists: z.array(z.string()).min(1).optional(),
  /** How an XLSForm knows it, kept so that it goes out under the same title, id and version. */
  form: z.strictObject({ title: z.string(), id: z.string(), version: z.string().optional() }).optional(),
  /** What the survey is about, as it stands in "2 questions left on …". */
  topic: Texts,
  intro: Texts,
  /** An invitation asks the first question at once instead of asking whether to begin. */
  opening: z.literal('question').optional(),
  thanks: Texts,
  /** The day by which residents hear what became of it: said with the thanks. */
  promise: z.iso.date().optional(),
  over: Texts,
  /** What became of it: said to who comes when it is over. */
  results: Texts.optional(),
  /** Once it has closed the answers are cut from who gave them, and free texts stand apart (participation.md 2.3). */
  anonymous: z.literal(true).optional(),
  /** Hours of silence before the one reminder; 20 where nothing is said (participation.md 2.3). */
  remindAfter: z.int().min(1).max(144).optional(),
  sections: z.array(Section).optional(),
  questions: z.array(Question).min(1).max(200),
});
export type Survey = z.infer<typeof Survey>;

/** Reads a definition. Throws with every fault that makes it unusable, its place and the value, in one message. */
export function readSurvey(data: unknown, name: string): Survey {
  const parsed = Survey.safeParse(data, { reportInput: true });
  if (!parsed.success) throw invalid(`survey ${name}`, faultsIn(parsed.error));
  const survey = parsed.data;
  const faults = structuralFaults(survey);
  if (faults.length > 0) throw invalid(`survey ${name}`, faults);
  return survey;
}

/** Every revision of every survey, by key; sessions pin one, newcomers get the highest. */
export interface SurveyShelf {
  /** The questions of this revision, under what the latest one says of the whole survey. */
  get(key: string, revision: number): Survey | undefined;
  latest(key: string): Survey | undefined;
  /** The latest revision of each. */
  all(): Survey[];
  /** Every revision as it was written. */
  every(): Survey[];
}

/**
 * An older revision as the latest one rules it: until when it can be answered, what is said when it is over, and
 * whether it is anonymous are the survey's, not the revision's. Who is in the middle of it keeps its questions.
 */
const ruledBy = (survey: Survey, { opens, closes, over, results, anonymous }: Survey): Survey => {
  const { results: _, anonymous: __, ...own } = survey;
  const base = own.base ?? 'fr';
  const known = own.languages.every((language) => over[language] ?? over[base]);
  return {
    ...own,
    opens,
    closes,
    ...(known && { over }),
    ...(results && { results }),
    ...(anonymous && { anonymous }),
  };
};

export function surveyShelf(surveys: Survey[]): SurveyShelf {
  const byKey = new Map<string, Survey[]>();
  for (const survey of surveys) byKey.set(survey.key, [...(byKey.get(survey.key) ?? []), survey]);
  const ruled = new Map<string, Survey[]>();
  for (const [key, revisions] of byKey) {
    revisions.sort((a, b) => a.revision - b.revision);
    const latest = revisions.at(-1) as Survey;
    ruled.set(
      key,
      revisions.map((survey) => (survey === latest ? survey : ruledBy(survey, latest))),
    );
  }
  return {
    get: (key, revision) => ruled.get(key)?.find((survey) => survey.revision === revision),
    latest: (key) => byKey.get(key)?.at(-1),
    all: () => [...byKey.values()].map((revisions) => revisions.at(-1) as Survey),
    every: () => [...byKey.values()].flat(),
  };
}
