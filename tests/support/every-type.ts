/** A survey with every type that the shipped ones lack, with a branch, a filter, a default and a calculation. */
import type { World } from '../../conversations/moment.ts';
import { readSurvey, type Survey, surveyShelf } from '../../conversations/survey.ts';
import { localWorld } from '../../infra/local/city.ts';

const fr = (text: string) => ({ fr: text });
const option = (id: string, label: string, more: object = {}) => ({ id, label: fr(label), ...more });

export const everyType: Survey = readSurvey(
  {
    key: 'enquete',
    revision: 1,
    keywords: ['ENQUETE'],
    opens: '2026-01-01',
    closes: '2027-06-30',
    languages: ['fr'],
    topic: fr('la rue'),
    intro: fr('Des questions.'),
    thanks: fr('Merci.'),
    over: fr('Fini.'),
    sections: [{ id: 'foyer', relevant: "${venir} = 'yes'" }],
    questions: [
      { id: 'bienvenue', type: 'note', text: fr('Bienvenue.') },
      { id: 'venir', type: 'yesno', text: fr('Viendrez-vous?') },
      { id: 'combien', type: 'headcount', section: 'foyer', text: fr('Combien?') },
      { id: 'jour', type: 'date', section: 'foyer', relevant: '${combien} > 1', text: fr('Quel jour?') },
      { id: 'heure', type: 'time', text: fr('Quelle heure?') },
      { id: 'rendezvous', type: 'datetime', text: fr('Rendez-vous?') },
      {
        id: 'ordre',
        type: 'rank',
        text: fr('Dans quel ordre?'),
        options: [
          option('bancs', 'bancs', { columns: { lieu: 'dehors' } }),
          option('fleurs', 'fleurs', { columns: { lieu: 'dehors' } }),
          option('salle', 'salle', { columns: { lieu: 'dedans' } }),
        ],
      },
      {
        id: 'quoi',
        type: 'multiple',
        text: fr('Quoi?'),
        filter: "lieu = 'dehors' or ${venir} = 'yes'",
        options: [
          option('bancs', 'bancs', { columns: { lieu: 'dehors' } }),
          option('salle', 'salle', { columns: { lieu: 'dedans' } }),
          option('fleurs', 'fleurs', { columns: { lieu: 'dehors' } }),
        ],
      },
      { id: 'ou', type: 'place', text: fr('Où?') },
      { id: 'photo', type: 'media', accepts: 'photo', text: fr('Une photo?') },
      { id: 'double', type: 'calculate', calculation: '${combien} * 2' },
    ],
  },
  'enquete',
);

const { city } = localWorld();
export const everyTypeWorld: World = { city, surveys: surveyShelf([everyType]) };
