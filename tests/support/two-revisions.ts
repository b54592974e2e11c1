/** A world with a survey that was revised: options moved, came and went, a scale changed, a question was dropped. */
import type { World } from '../../conversations/moment.ts';
import { readSurvey, surveyShelf } from '../../conversations/survey.ts';
import { localWorld } from '../../infra/local/city.ts';

const fr = (text: string) => ({ fr: text });
const facts = {
  key: 'parc',
  keywords: ['PARC'],
  opens: '2026-01-01',
  closes: '2027-06-30',
  languages: ['fr'],
  topic: fr('le parc'),
  intro: fr('Des questions.'),
  thanks: fr('Merci.'),
  over: fr('Fini.'),
};
const option = (id: string, label: string) => ({ id, label: fr(label) });
const scale = (max: number) => ({
  id: 'note',
  type: 'scale',
  text: fr('Votre note?'),
  min: 1,
  max,
  low: fr('mauvais'),
  high: fr('bon'),
});

const first = {
  ...facts,
  revision: 1,
  questions: [
    {
      id: 'frequence',
      type: 'single',
      text: fr('Venez-vous?'),
      options: [
        option('jour', 'tous les jours'),
        option('semaine', 'chaque semaine'),
        option('jamais', 'jamais'),
      ],
    },
    {
      id: 'priorites',
      type: 'multiple',
      text: fr('Quoi?'),
      options: [
        option('bancs', 'bancs'),
        option('fleurs', 'fleurs'),
        { ...option('autre', 'autre'), other: true },
      ],
    },
    scale(10),
    { id: 'ancien', type: 'text', text: fr('Avant?') },
  ],
};
const second = {
  ...facts,
  revision: 2,
  questions: [
    {
      id: 'frequence',
      type: 'single',
      text: fr('Venez-vous au parc?'),
      options: [option('jamais', 'jamais'), option('jour', 'tous les jours'), option('mois', 'chaque mois')],
    },
    {
      id: 'priorites',
      type: 'multiple',
      text: fr('Quoi?'),
      options: [option('fleurs', 'fleurs'), option('bancs', 'bancs'), option('jeux', 'jeux')],
    },
    scale(5),
    { id: 'temperature', type: 'number', text: fr('Combien?'), min: -20, max: 50, decimals: true },
    { id: 'venir', type: 'yesno', text: fr('Viendrez-vous?') },
  ],
};

export const twoRevisions: World = {
  city: localWorld().city,
  surveys: surveyShelf([first, second].map((data) => readSurvey(data, `parc.r${data.revision}`))),
};
