import { describe, expect, it } from 'vitest';
import { outlineOf } from '../../../conversations/preview/outline.ts';
import { previewSurvey } from '../../../conversations/preview/preview.ts';
import { localWorld } from '../../../infra/local/city.ts';
import { quartierSurvey } from '../../support/branching.ts';
import { MONDAY } from '../play.ts';

const { branches } = previewSurvey({
  survey: quartierSurvey,
  city: localWorld().city,
  now: MONDAY,
  languages: ['fr'],
  channels: ['sms'],
});

describe('the way through a survey', () => {
  it('has a line for each question that can follow another, and what leads there', () => {
    expect(branches.branches.map(({ from, to, label = '' }) => `${from} → ${to} ${label}`.trim())).toEqual([
      'start → habite',
      'habite → age',
      'age → trajet habite est oui et age ≥ 18',
      'age → besoins sinon',
      'trajet → arret en bus',
      'trajet → besoins sinon',
      'arret → besoins',
      'besoins → ordre nombre de choix pour besoins > 1',
      'besoins → jour habite est oui',
      'besoins → mot sinon',
      'ordre → jour habite est oui',
      'ordre → mot sinon',
      'jour → mot',
      'mot → end',
    ]);
  });

  it('is a list that says the same', () => {
    expect(outlineOf(branches).map(({ number, text, says }) => [number, text, ...says])).toEqual([
      [1, 'Habitez-vous le quartier?', 'Partie « Vous ».', 'Ensuite: question 2.'],
      [
        2,
        'Quel âge avez-vous?',
        'Réponse acceptée si la réponse ≥ 11.',
        'Si habite est oui et age ≥ 18, alors question 3.',
        'Sinon, question 5.',
      ],
      [
        3,
        'Comment allez-vous au travail?',
        'Partie « Vos trajets », posée si habite est oui et age ≥ 18.',
        'Si la réponse est « en bus », alors question 4.',
        'Sinon, question 5.',
      ],
      [4, 'Quel arrêt prenez-vous?', 'Posée si trajet est « en bus ».', 'Ensuite: question 5.'],
      [
        5,
        'Que manque-t-il?',
        'Si nombre de choix pour besoins > 1, alors question 6.',
        'Si habite est oui, alors question 7.',
        'Sinon, question 8.',
      ],
      [
        6,
        'Dans quel ordre?',
        'Posée si nombre de choix pour besoins > 1.',
        'Choix proposés si besoins avec le choix.',
        'Si habite est oui, alors question 7.',
        'Sinon, question 8.',
      ],
      [7, 'Quel jour pour la visite?', 'Posée si habite est oui.', 'Ensuite: question 8.'],
      [8, 'Un mot à ajouter?', 'Ensuite: merci.'],
      [undefined, 'Merci'],
    ]);
  });
});
