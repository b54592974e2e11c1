/** A draft as a survey, or what stands in the way, in French and at its place. */
import { faultsIn } from '../faults.ts';
import type { Finding } from '../lint/finding.ts';
import { structuralFaults } from '../lint/structure.ts';
import { Question } from '../questions.ts';
import { Survey } from '../survey.ts';
import { inFrench } from '../survey-faults.ts';
import type { DraftQuestion, SurveyDraft, WrittenSurvey } from './draft.ts';

/** What each type of question has; of another type it may have had more before. */
const FIELDS = new Map<string, Set<string>>(
  Question.options.map(({ shape }) => [shape.type.value, new Set(Object.keys(shape))]),
);

/** Without empty texts, and without what its type does not have. */
function cleaned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(cleaned);
  if (!value || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, inner]) => [name, cleaned(inner)] as const)
      .filter(([, inner]) => inner !== undefined && inner !== '' && inner !== false && !isEmpty(inner)),
  );
}

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;

const questionData = (question: DraftQuestion): unknown => {
  const has = FIELDS.get(question.type);
  return cleaned(Object.fromEntries(Object.entries(question).filter(([name]) => !has || has.has(name))));
};

/** As `readSurvey` takes it. */
export const dataOf = ({ questions, ...survey }: WrittenSurvey): Record<string, unknown> => ({
  ...(cleaned(survey) as object),
  questions: questions.map(questionData),
  revision: 1,
});

export type ReadDraft = { survey: Survey } | { faults: Finding[] };

/** `survey` has revision 1, whatever it will get when it is saved. */
export function readDraft({ survey }: Pick<SurveyDraft, 'survey'>): ReadDraft {
  const parsed = Survey.safeParse(dataOf(survey), { reportInput: true });
  const lines = parsed.success ? structuralFaults(parsed.data) : faultsIn(parsed.error);
  if (parsed.success && lines.length === 0) return { survey: parsed.data };
  const found = lines.map((line) => {
    const [, place = '', text = line] = /^([^:]+): (.*)$/s.exec(line) ?? [];
    const [, index] = /^questions\[(\d+)\]/.exec(place) ?? [];
    const question = index === undefined ? undefined : survey.questions[Number(index)]?.id;
    return {
      rule: 'unusable',
      severity: 'error' as const,
      place,
      ...(question && { question }),
      message: inFrench(place, text),
    };
  });
  return { faults: found };
}
