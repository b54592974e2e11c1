/** Two questions may not fill one column of the export: "lieu" has a column "lieu_texte". */
import { typeOf } from '../questions.ts';
import type { Rule } from './finding.ts';

export const exportColumns: Rule = ({ survey }) => {
  const owners = new Map<string, string>();
  return survey.questions.flatMap((question, index) => {
    const clash = typeOf(question)
      .columns(question)
      .map(({ suffix }) => `${question.id}${suffix}`.toLowerCase())
      .find((column) => {
        const owner = owners.get(column);
        owners.set(column, owner ?? question.id);
        return owner !== undefined && owner !== question.id;
      });
    if (clash === undefined) return [];
    return [
      {
        rule: 'same-column',
        severity: 'warning' as const,
        place: `questions[${index}].id`,
        question: question.id,
        message: `« ${question.id} » et « ${owners.get(clash)} » rempliraient la même colonne de l'export, « ${clash} ». Changez l'un des deux noms`,
      },
    ];
  });
};
