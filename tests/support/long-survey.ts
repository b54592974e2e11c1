/** Long surveys that branch, and what a preview finds in a survey. */
import type { Branches } from '../../conversations/preview/branches.ts';
import { previewSurvey } from '../../conversations/preview/preview.ts';
import { readSurvey, type Survey } from '../../conversations/survey.ts';
import { localWorld } from '../../infra/local/city.ts';

export const branchesOfSurvey = (survey: Survey): Branches =>
  previewSurvey({
    survey,
    city: localWorld().city,
    now: new Date('2026-11-23T09:00:00Z'),
    languages: ['fr'],
    channels: ['sms'],
  }).branches;

const french = (fr: string) => ({ fr });

/** Each third question decides about the next two, each ten stand in a part. */
export const longSurvey = (count: number): Survey =>
  readSurvey(
    {
      key: 'long',
      revision: 1,
      keywords: ['LONG'],
      opens: '2026-01-01',
      closes: '2027-06-30',
      languages: ['fr'],
      topic: french('la ville'),
      intro: french('Des questions sur la ville.'),
      thanks: french('Merci à vous.'),
      over: french('Fini.'),
      sections: Array.from({ length: Math.ceil(count / 10) }, (_, index) => ({
        id: `partie_${index + 1}`,
        title: french(`Partie ${String.fromCharCode(65 + index)}`),
      })),
      questions: Array.from({ length: count }, (_, index) => {
        const common = {
          id: `q${index + 1}`,
          section: `partie_${Math.floor(index / 10) + 1}`,
          text: french(`Question ${index + 1}: que pensez-vous de la vie dans votre quartier aujourd'hui?`),
        };
        if (index % 3 === 0)
          return {
            ...common,
            type: 'single',
            options: [
              { id: 'bien', label: french('bien') },
              { id: 'mal', label: french('mal') },
              { id: 'rien', label: french('sans avis') },
            ],
          };
        const decides = `q${index - (index % 3) + 1}`;
        const relevant = `\${${decides}} = '${index % 3 === 1 ? 'bien' : 'mal'}'`;
        return { ...common, type: index % 2 === 0 ? 'text' : 'yesno', relevant };
      }),
    },
    'long',
  );
