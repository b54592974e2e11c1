/**
 * A survey as data: strict, with all its languages inside, one numbered revision a file.
 * Owns the schema and the checks a schema cannot say; `survey-conversation.ts` walks it.
 */
import * as z from 'zod';
import { Question } from './questions.ts';

export const Survey = z.strictObject({
  key: z.string().regex(/^[a-z0-9-]+$/, 'a survey key is lower-case letters, digits and hyphens'),
  revision: z.int().min(1),
  keywords: z.array(z.string().regex(/^[A-Z0-9]{3,20}$/)).min(1),
  /** Days, both included, Europe/Paris. */
  opens: z.iso.date(),
  closes: z.iso.date(),
  languages: z.array(z.string()).min(1),
  /** What the survey is about, as it stands in "2 questions left on …". */
  topic: z.record(z.string(), z.string()),
  intro: z.record(z.string(), z.string()),
  thanks: z.record(z.string(), z.string()),
  over: z.record(z.string(), z.string()),
  questions: z.array(Question).min(1).max(20),
});
export type Survey = z.infer<typeof Survey>;

/** Reads a definition. Throws with every fault, its place and the value, in one message. */
export function readSurvey(data: unknown, name: string): Survey {
  const parsed = Survey.safeParse(data);
  if (!parsed.success) throw new Error(`survey ${name} is not valid\n${z.prettifyError(parsed.error)}`);
  const faults = missingTexts(parsed.data);
  const ids = parsed.data.questions.map((question) => question.id);
  for (const id of ids)
    if (ids.indexOf(id) !== ids.lastIndexOf(id)) faults.push(`question id "${id}" is used twice`);
  if (ids.includes('intro')) faults.push('question id "intro" is taken, use another');
  if (faults.length > 0)
    throw new Error(`survey ${name} is not valid\n${faults.map((fault) => `- ${fault}`).join('\n')}`);
  return parsed.data;
}

/** Every text must stand in every language the survey says it has. */
function missingTexts(survey: Survey): string[] {
  const faults: string[] = [];
  const visit = (value: unknown, path: string): void => {
    if (Array.isArray(value)) for (const [index, inner] of value.entries()) visit(inner, `${path}[${index}]`);
    else if (value && typeof value === 'object') {
      const texts = value as Record<string, unknown>;
      if (typeof texts.fr === 'string') {
        for (const language of survey.languages)
          if (!texts[language]) faults.push(`${path} has no text in "${language}"`);
      } else for (const [key, inner] of Object.entries(texts)) visit(inner, path ? `${path}.${key}` : key);
    }
  };
  visit(survey, '');
  return faults;
}

/** Every revision of every survey, by key; sessions pin one, newcomers get the highest. */
export interface SurveyShelf {
  get(key: string, revision: number): Survey | undefined;
  latest(key: string): Survey | undefined;
  all(): Survey[];
}

export function surveyShelf(surveys: Survey[]): SurveyShelf {
  const byKey = new Map<string, Survey[]>();
  for (const survey of surveys) byKey.set(survey.key, [...(byKey.get(survey.key) ?? []), survey]);
  for (const revisions of byKey.values()) revisions.sort((a, b) => a.revision - b.revision);
  return {
    get: (key, revision) => byKey.get(key)?.find((survey) => survey.revision === revision),
    latest: (key) => byKey.get(key)?.at(-1),
    all: () => [...byKey.values()].map((revisions) => revisions.at(-1) as Survey),
  };
}
