/** Several options and their order, by number and by label: what is read, what is asked first, what is asked again. */
import { describe, expect, it } from 'vitest';
import { readOne } from '../../../conversations/understand/choice.ts';
import { readRank } from '../../../conversations/understand/rank.ts';
import { readSeveral } from '../../../conversations/understand/several.ts';
import { shownAs } from './shown.ts';

const named = (...labels: string[]): string[][] => labels.map((label) => [label]);
const OFTEN = named('tous les jours', 'chaque semaine', 'parfois', 'jamais');
const SQUARE = named('jeux enfants', 'bancs', 'éclairage', 'fleurs', 'terrain de sport', 'autre');
const COURSES = named('Cours de français', "Cours d'informatique");
const DAYS = named('lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi');
const NEEDS = named('Écoles', 'Propreté', 'Sécurité', 'Transports', 'Logement');

describe('one option ("?" is asked first, "-" is asked again)', () => {
  it.each([
    ['les 2 premiers', '-'],
    ['les deux', '-'],
    ['presque jamais', '4?'],
    ['peut-être 3', '3?'],
    ['je dirais 3', '3'],
    ['aucun de ceux-là', 'skip'],
    ['rien de tout ça', 'skip'],
    ['le premier et le dernier', '-'],
    ['les 4', '-'],
    ['ts lesjours', '1'],
    ['touslesjours', '1'],
    ['ça dépend, parfois', '3?'],
    ['3 (semaine)', '-'],
    ['nº2', '2'],
  ])('%s: %s', (said, expected) => expect(shownAs(readOne(said, OFTEN, 'fr'))).toBe(expected));
});

describe('one way to go', () => {
  const WAYS = named('Bus', 'Tramway', 'Voiture', 'Vélo', 'À pied');
  it.each([
    ['le tram', '2'],
    ['bus et tram', '-'],
    ['le bus sinon le tram', '-'],
    ['plutôt bus que tram', '-'],
    ['bus et vélos', '-'],
    ['apied', '5'],
    ['a pieds', '5'],
    ['3 (tram)', '-'],
    ['le bus et je marche', '1'],
  ])('%s: %s', (said, expected) => expect(shownAs(readOne(said, WAYS, 'fr'))).toBe(expected));
});

it('a short word is its option where the rest of the label says nothing', () => {
  const ways = named('le bus', 'le vélo', 'à pied');
  expect(shownAs(readOne('bus', ways, 'fr'))).toBe('1');
  expect(shownAs(readOne('velo et bus', ways, 'fr'))).toBe('-');
});

describe('what an option says in other words or figures', () => {
  const AGES = named('Moins de 18 ans', '18 à 25 ans', '26 à 60 ans', 'Plus de 60 ans');
  const ASKED = named('Oui', 'Non', 'Je ne sais pas');
  const PLACES = named('Piscine', 'Bibliothèque', 'Stade', 'Cinéma');
  it.each([
    ['plus de 60', AGES, '4'],
    ['18-25', AGES, '2'],
    ['18', AGES, '-'],
    ['2', AGES, '2'],
    ['jsp', ASKED, '3'],
    ['ouais', ASKED, '1'],
    ['ciné', PLACES, '4'],
  ])('%s', (said, labels, expected) => expect(shownAs(readOne(said, labels, 'fr'))).toBe(expected));

  it.each([
    ['piscine biblio', '1,2'],
    ['le ciné et la biblio', '2,4'],
    ['1et3', '1,3'],
  ])('several: %s', (said, expected) => expect(shownAs(readSeveral(said, PLACES, 'fr'))).toBe(expected));
});

describe('what is written out may say something else', () => {
  it.each([
    ['tous sof samedi', '-'],
    ['pa samedi', '-'],
    ['samedi', '6'],
  ])('%s: %s', (said, expected) => expect(shownAs(readSeveral(said, DAYS, 'fr'))).toBe(expected));
});

describe('several options', () => {
  it.each([
    ['1 ou 3', '-'],
    ['bancs ou fleurs', '-'],
    ['1 3 non 4', '-'],
    ['1 et 3 non 1 et 4', '-'],
    ['tous les 6', '-'],
    ['les deux', '-'],
    ['trois bancs', '-'],
    ['un banc', '2'],
    ['1 à 3 et 5', '1,2,3,5?'],
    ['3 à 1', '-'],
    ['aucun des 6', ''],
    ['rien de tout ça', ''],
    ['rien de tout ça sauf 2', '-'],
    ['les 2, 4 et 5', '2,4,5'],
  ])('%s: %s', (said, expected) => expect(shownAs(readSeveral(said, SQUARE, 'fr'))).toBe(expected));

  it.each([
    ['les deux svp madame', '1,2'],
    ["les deux m'intéressent", '1,2'],
    ['les 2 cours', '1,2'],
    ['pas les deux', '-'],
    ['aucun des deux', ''],
  ])('of two, %s: %s', (said, expected) => expect(shownAs(readSeveral(said, COURSES, 'fr'))).toBe(expected));

  it.each([
    ['1-3,5', '1,2,3,5'],
    ['1-3', '1,2,3'],
    ['lundi à jeudi', '1,2,3,4?'],
    ['lundi et jeudi', '1,4'],
  ])('where ranges count, %s: %s', (said, expected) =>
    expect(shownAs(readSeveral(said, DAYS, 'fr', { ranges: true }))).toBe(expected),
  );
});

describe('an order', () => {
  it.each([
    ['1) logement 2) écoles 3) propreté', '5,1,2'],
    ['5 logement, 1 écoles', '5,1'],
    ['logement 1, écoles 2', '5,1'],
    ['1er logement 2eme écoles', '5,1'],
    ['3 logement, 1 écoles', '-'],
    ['propreter pui logement', '2,5'],
    ['transport école sécurité', '4,1,3'],
    ['transport école secu', '4,1,3'],
    ['transport école truc', '4,1?'],
    ['le logement surtout', '5'],
    ['5 ou 2', '-'],
    ['5 = 2 > 1', '-'],
    ['5 2 non 3', '-'],
    ['aucun', 'skip'],
  ])('%s: %s', (said, expected) => expect(shownAs(readRank(said, NEEDS, 'fr', 3))).toBe(expected));

  it('finds a label between Chinese words', () =>
    expect(shownAs(readRank('安全，然后是交通', named('交通', '安全', '卫生'), 'zh'))).toBe('2,1'));
});
