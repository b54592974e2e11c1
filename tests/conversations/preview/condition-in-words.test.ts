import { describe, expect, it, test } from 'vitest';
import { conditionInWords } from '../../../conversations/preview/condition-in-words.ts';
import { quartierSurvey } from '../../support/branching.ts';

const said: [formula: string, words: string][] = [
  ["${age} >= 18 and not(selected(${besoins}, 'bancs'))", 'age ≥ 18 et besoins sans « des bancs »'],
  ["selected(${besoins}, 'bancs')", 'besoins avec « des bancs »'],
  ["${trajet} = 'bus'", 'trajet est « en bus »'],
  ["selected(${trajet}, 'bus')", 'trajet est « en bus »'],
  ["not(selected(${trajet}, 'bus'))", "trajet n'est pas « en bus »"],
  ["${trajet} != 'bus'", "trajet n'est pas « en bus »"],
  ["not(${trajet} = 'bus')", "trajet n'est pas « en bus »"],
  ["${habite} = 'yes'", 'habite est oui'],
  ["not(${habite} = 'yes')", "habite n'est pas oui"],
  ["${age} != ''", 'age a une réponse'],
  ["${age} = ''", "age n'a pas de réponse"],
  ["not(${age} = '')", 'age a une réponse'],
  ['${age} < 18', 'age < 18'],
  ['not(${age} < 18)', 'age ≥ 18'],
  ['18 <= ${age}', 'age ≥ 18'],
  ['18 = ${age}', 'age = 18'],
  ['. > 0 and . <= 120', 'la réponse > 0 et la réponse ≤ 120'],
  ['. != -1.5', 'la réponse ≠ −1,5'],
  ["${trajet} = 'bus' or ${age} > 60 and ${age} < 80", 'trajet est « en bus » ou age > 60 et age < 80'],
  ["(${trajet} = 'bus' or ${age} > 60) and ${age} < 80", '(trajet est « en bus » ou age > 60) et age < 80'],
  ["not(${trajet} = 'bus' or ${age} > 60)", "trajet n'est pas « en bus » et age ≤ 60"],
  ["not(${trajet} = 'bus' and ${age} > 60)", "trajet n'est pas « en bus » ou age ≤ 60"],
  ['count-selected(.) <= 2', 'nombre de choix pour la réponse ≤ 2'],
  ['count-selected(${besoins}) > 1', 'nombre de choix pour besoins > 1'],
  ["${jour} >= '2026-12-01'", 'jour à partir du 01/12/2026'],
  [". < '2026-12-24'", 'la réponse avant le 24/12/2026'],
  ["not(. < '2026-12-24')", 'la réponse à partir du 24/12/2026'],
  ['${age} + 1 > 2 * (${age} - 3)', 'age + 1 > 2 × (age − 3)'],
  ['${age} - (1 - 2) = 0', 'age − (1 − 2) = 0'],
  ['${age} mod 2 = 1', 'le reste de age ÷ 2 = 1'],
  ["if(${age} >= 18, 'adulte', 'jeune') = 'jeune'", '(« adulte » si age ≥ 18, sinon « jeune ») = « jeune »'],
  ['zone = ${trajet}', 'zone du choix = trajet'],
  ["name != 'bus'", 'le choix ≠ « bus »'],
  ["${trajet} = 'fusée'", 'trajet = « fusée »'],
  ['${majeur}', 'majeur est vrai'],
  ['not(${majeur})', 'majeur est faux'],
  ['true()', 'toujours'],
  ['false()', 'jamais'],
  ['not(true())', 'jamais'],
];

describe('a condition in French', () => {
  test.each(said)('%s → %s', (formula, words) => {
    expect(conditionInWords(quartierSurvey, formula)).toBe(words);
  });

  it('knows the question whose filter or constraint it is', () => {
    const question = quartierSurvey.questions.find(({ id }) => id === 'besoins');
    expect(conditionInWords(quartierSurvey, "not(selected(., 'bancs'))", question)).toBe(
      'la réponse sans « des bancs »',
    );
  });

  it('refuses what is no formula', () => {
    expect(() => conditionInWords(quartierSurvey, '${age} >')).toThrow('a value is missing');
  });
});
