/** Every text of a survey with its place: the one list of what residents read, and what staff read beside it. */
import type { Option, Texts } from '../questions/type.ts';
import type { Question } from '../questions.ts';
import type { Survey } from '../survey.ts';

export interface PlacedTexts {
  /** `questions[2].options[0].label` */
  place: string;
  /** The field: `text`, `label`, `intro` … */
  field: string;
  texts: Texts;
  /** The question it belongs to, by its index. */
  index?: number;
  question?: Question;
  /** By its index. */
  option?: number;
}

/** What only staff, interviewers and translators read. */
export const isSaid = ({ field }: PlacedTexts): boolean => field !== 'guidance';

export function textsOf(survey: Survey): PlacedTexts[] {
  const whole = fieldsOf(survey, ['topic', 'intro', 'thanks', 'over', 'results']).map(({ field, texts }) => ({
    place: field,
    field,
    texts,
  }));
  const sections = (survey.sections ?? []).flatMap((section, index) =>
    fieldsOf(section, ['title']).map((each) => ({ ...each, place: `sections[${index}].${each.field}` })),
  );
  const questions = survey.questions.flatMap((question, index) => {
    const place = `questions[${index}]`;
    const own = fieldsOf(question, ['text', 'hint', 'guidance', 'constraintMessage', 'low', 'high']);
    return [
      ...own.map((each) => ({ ...each, place: `${place}.${each.field}`, index, question })),
      ...optionsOf(question).map(({ label }, option) => ({
        place: `${place}.options[${option}].label`,
        field: 'label',
        texts: label,
        index,
        question,
        option,
      })),
    ];
  });
  return [...whole, ...sections, ...questions];
}

export const optionsOf = (question: Question): Option[] => ('options' in question ? question.options : []);

function fieldsOf(part: object, fields: string[]): { field: string; texts: Texts }[] {
  const all = part as Record<string, Texts | undefined>;
  return fields.flatMap((field) => {
    const texts = all[field];
    return texts ? [{ field, texts }] : [];
  });
}

/** `${name}` in a text: an earlier answer, or a calculation, said back. */
export const placesIn = (text: string): string[] =>
  [...text.matchAll(/\$\{\s*([^{}\s]+)\s*\}/gu)].map(([, name]) => name as string);
