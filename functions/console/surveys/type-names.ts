/** The types of questions as staff choose them. */
import type { Question } from '../../../conversations/questions.ts';

export const TYPE_NAMES: Record<Question['type'], string> = {
  single: 'Un choix',
  multiple: 'Plusieurs choix',
  yesno: 'Oui ou non',
  scale: 'Échelle',
  text: 'Réponse libre',
  number: 'Nombre',
  headcount: 'Nombre de personnes',
  rank: 'Classement',
  date: 'Jour',
  time: 'Heure',
  datetime: 'Jour et heure',
  place: 'Lieu',
  media: 'Photo, voix ou fichier',
  note: 'Information, sans question',
  calculate: 'Valeur calculée, jamais posée',
};
