/** Many options: pages of eight, numbers that go on, and every number and name counts whatever page is shown. */
import { describe, expect, it } from 'vitest';
import type { Voice } from '../../../conversations/moment.ts';
import { phrase } from '../../../conversations/phrase.ts';
import { multiple } from '../../../conversations/questions/multiple.ts';
import { numbered, numbersOf, pagesOf } from '../../../conversations/questions/options.ts';
import { rank } from '../../../conversations/questions/rank.ts';
import { single } from '../../../conversations/questions/single.ts';
import { yesno } from '../../../conversations/questions/yesno.ts';
import { readSurvey, surveyShelf } from '../../../conversations/survey.ts';
import { localWorld } from '../../../infra/local/city.ts';
import { french, MONDAY, play } from '../play.ts';

const PLACES = [
  'Aulnay',
  'Bondy',
  'Clichy',
  'Drancy',
  'Gagny',
  'Livry',
  'Montfermeil',
  'Neuilly',
  'Pantin',
].concat([
  'Le Raincy',
  'Romainville',
  'Sevran',
  'Stains',
  'Tremblay',
  'Vaujours',
  'Villemomble',
  'Villepinte',
]);
const optionsOf = (labels: string[]) =>
  labels.map((label) => ({ id: label.toLowerCase().replaceAll(' ', ''), label: { fr: label } }));
const asked = { id: 'ville', text: { fr: 'Votre ville?' }, options: optionsOf(PLACES) };
const one = { ...asked, type: 'single' as const };
const some = { ...asked, type: 'multiple' as const };
const at = (page: number): Voice => ({ ...french, page });

describe('pages', () => {
  it('are none up to nine options', () => {
    expect([2, 9, 10, 16, 17, 500].map(pagesOf)).toEqual([1, 1, 2, 2, 3, 63]);
    expect(numbered(optionsOf(PLACES.slice(0, 9)), french)).toMatch(/ 9 Pantin$/);
  });

  it('show eight with their own numbers, and say that there are more', () => {
    expect(single.prompt(one, french)).toBe(
      'Votre ville? 1 Aulnay 2 Bondy 3 Clichy 4 Drancy 5 Gagny 6 Livry 7 Montfermeil 8 Neuilly + suite',
    );
    expect(single.prompt(one, at(1))).toMatch(
      /^Votre ville\? 9 Pantin 10 Le Raincy .*16 Villemomble \+ suite$/,
    );
    expect(single.prompt(one, at(2))).toBe('Votre ville? 17 Villepinte');
    expect(single.prompt(one, at(7))).toBe('Votre ville? 17 Villepinte');
  });

  it('have a row for the next one, ten rows at most', () => {
    const rows = single.choices(one, at(1)).choices;
    expect(rows).toHaveLength(10);
    expect(rows[0]).toEqual({ token: '9', label: 'Pantin' });
    expect(rows.slice(-2)).toEqual([
      { token: '+', label: 'Voir la suite' },
      { token: '0', label: 'Passer' },
    ]);
    const marks = multiple.choices(some, french).choices;
    expect(marks).toHaveLength(10);
    expect(marks[0]).toEqual({ token: '1', label: '1 Aulnay' });
    expect(marks.slice(-2).map(({ token }) => token)).toEqual(['+', 'done']);
    expect(single.choices(one, at(2)).choices.map(({ token }) => token)).toEqual(['17', '0']);
  });
});

describe('a reply to many options', () => {
  it.each([
    ['12', 12],
    ['17', 17],
    ['le 12', 12],
    ['douze', 12],
    ['villepinte', 17],
    ['Raincy', 10],
    ['1', 1],
    ['١٢', 12],
  ])('%s', (said, expected) => {
    expect(single.parse(one, said, 'fr')).toMatchObject({ kind: 'value', value: expected });
  });

  it.each([
    ['12 3', [3, 12]],
    ['12,13 et 17', [12, 13, 17]],
    ['stains et 2', [2, 13]],
    ['12', [12]],
  ])('%s, of several', (said, expected) => {
    expect(multiple.parse(some, said, 'fr')).toMatchObject({ kind: 'value', value: expected });
  });

  it('that is no number of them is asked again with how far they go', () => {
    expect(single.parse(one, '18', 'fr')).toEqual({ kind: 'unclear', got: '18' });
    expect(single.again(one, french, '18')).toBe(
      "18 n'est pas possible. Tapez un nombre de 1 à 17. (0 = passer, AIDE = parler à quelqu'un)",
    );
    expect(multiple.parse(some, '1213', 'fr')).toEqual({ kind: 'unclear', got: '1213' });
    const nine = { ...some, options: some.options.slice(0, 9) };
    expect(multiple.parse(nine, '136', 'fr').kind).toBe('unclear');
  });

  it('may be the name a form gives it for typing', () => {
    const typed = (names: string[]) => ({
      ...one,
      options: optionsOf(['nord', 'sud', 'est']).map((option, index) => ({ ...option, typed: names[index] })),
    });
    expect(single.parse(typed(['n', 's', 'e']), 'S', 'fr')).toMatchObject({ kind: 'value', value: 2 });
    expect(single.parse(typed(['10', '20', '30']), '20', 'fr')).toEqual({ kind: 'value', value: 2 });
    // A number that is shown is that number.
    expect(single.parse(typed(['3', '1', '2']), '1', 'fr')).toEqual({ kind: 'value', value: 1 });
    const several = { ...typed(['10', '20', '30']), type: 'multiple' as const };
    expect(multiple.parse(several, '30', 'fr')).toEqual({ kind: 'value', value: [3] });
  });
});

describe('a conversation', () => {
  const { city } = localWorld();
  const survey = readSurvey(
    {
      ...{ key: 'villes', revision: 1, keywords: ['VILLES'], opens: '2026-01-01', closes: '2027-06-30' },
      ...{ languages: ['fr'], topic: { fr: 'les villes' }, intro: { fr: 'Une question.' } },
      ...{ thanks: { fr: 'Merci.' }, over: { fr: 'Fini.' }, questions: [one, { ...some, id: 'autres' }] },
    },
    'villes',
  );
  const world = { city, surveys: surveyShelf([survey]) };

  it('turns the pages by a sign or a word, and takes any number', () => {
    const phone = play(world);
    phone.say('VILLES');
    expect(phone.say('1')).toMatch(/^1\/2 Votre ville\? 1 Aulnay .* 8 Neuilly \+ suite$/);
    expect(phone.say('+')).toMatch(/\? 9 Pantin .* \+ suite$/);
    expect(phone.say('Suite!')).toMatch(/\? 17 Villepinte$/);
    expect(phone.say('plus')).toMatch(/\? 1 Aulnay /);
    expect(phone.say('16')).toMatch(/^2\/2 /);
    expect(phone.session.survey?.answers.ville).toMatchObject({ v: 16 });
    phone.say('12, 3 et Aulnay');
    expect(phone.effects('record')[0]?.sheet.answers.autres).toMatchObject({ v: [1, 3, 12] });
  });

  it('says what helps to answer where it was not understood', () => {
    const hint = { fr: 'La ville de votre adresse.' };
    const helped = readSurvey(
      { ...survey, questions: [{ ...one, options: one.options.slice(0, 3), hint }] },
      'villes',
    );
    const typed = play({ city, surveys: surveyShelf([helped]) });
    typed.say('VILLES');
    typed.say('1');
    expect(typed.say('euh')).toBe(
      "Je n'ai pas compris. Répondez avec un seul chiffre: 1 Aulnay 2 Bondy 3 Clichy. (0 = passer) La ville de votre adresse.",
    );
    const tapped = play({ city, surveys: surveyShelf([helped]) }, MONDAY, 'whatsapp');
    tapped.say('VILLES');
    tapped.say('1');
    expect(tapped.say('euh')).toMatch(/^Je n'ai pas compris\. .*Votre ville\? La ville de votre adresse\.$/);
  });

  it('turns them by tapping, and keeps what was tapped before', () => {
    const phone = play(world, MONDAY, 'whatsapp');
    phone.say('VILLES');
    phone.say('1');
    expect(phone.buttons).toHaveLength(10);
    phone.tap('Voir la suite');
    phone.tap('Stains');
    expect(phone.session.survey?.answers.ville).toMatchObject({ v: 13 });
    phone.tap('2 Bondy');
    phone.tap('Voir la suite');
    phone.tap('12 Sevran');
    phone.tap("J'ai fini");
    expect(phone.effects('record')[0]?.sheet.answers.autres).toMatchObject({ v: [2, 12] });
  });
});

describe('in plain words', () => {
  const plain: Voice = {
    language: 'fr',
    plain: true,
    phrase: (key, params) =>
      phrase('fr', key === 'question.multipleHint' ? 'plain.question.multipleHint' : key, params),
  };

  it('a few options are asked one by one, many by their numbers', () => {
    const few = { ...some, options: some.options.slice(0, 9) };
    expect(multiple.oneByOne(few, 'fr')).toHaveLength(9);
    expect(multiple.prompt(few, plain)).toContain('Répondez OUI ou NON.');
    expect(multiple.oneByOne(some, 'fr')).toBeUndefined();
    expect(multiple.prompt(some, plain)).toMatch(
      /^Votre ville\? Répondez avec les numéros\. Par exemple: 2 5 1 Aulnay, /,
    );
  });
});

describe('a needed answer, and one that is there already', () => {
  const few = { ...one, options: optionsOf(['nord', 'sud']) };

  it('a needed one says nothing of passing, and has no row for it', () => {
    const needed = { ...few, required: true as const };
    expect(single.choices(needed, french).choices.map(({ token }) => token)).toEqual(['1', '2']);
    expect(single.again(needed, french, undefined)).toBe(
      "Je n'ai pas compris. Répondez avec un seul chiffre: 1 nord 2 sud.",
    );
    expect(single.again(needed, french, '4')).toBe(
      "4 n'est pas dans la liste. Tapez 1 ou 2. (AIDE = parler à quelqu'un)",
    );
    expect(
      yesno.choices({ id: 'q', type: 'yesno', text: { fr: '?' }, required: true }, french).choices,
    ).toHaveLength(2);
  });

  it('a default is said, by its label', () => {
    const known = { ...few, default: 'sud' };
    expect(single.prompt(known, french)).toBe('Votre ville? 1 nord 2 sud (0 = sud)');
    expect(single.again(known, french, undefined)).toMatch(/ \(0 = sud\)$/);
    expect(single.choices(known, french)).toMatchObject({ hint: '(0 = sud)' });
    expect(multiple.prompt({ ...known, type: 'multiple', default: 'sud nord' }, french)).toMatch(
      /\(0 = nord, sud\)$/,
    );
    expect(single.prompt({ ...few, default: 'ouest' }, french)).toBe('Votre ville? 1 nord 2 sud');
    expect(yesno.prompt({ id: 'q', type: 'yesno', text: { fr: 'Ou?' }, default: 'no' }, french)).toBe(
      'Ou? 1 oui 2 non (0 = non)',
    );
  });

  it('ids are numbers in the order they are given, all of them or none', () => {
    expect(numbersOf(few.options, 'sud nord')).toEqual([2, 1]);
    expect(numbersOf(few.options, 'sud ouest')).toBeUndefined();
  });
});

describe('an order', () => {
  const order = {
    ...asked,
    options: optionsOf(['logement', 'école', 'transport', 'bruit', 'parc']),
    type: 'rank' as const,
  };
  const read = (said: string, question: Parameters<typeof rank.parse>[0] = order, language = 'fr') =>
    rank.parse(question, said, language);

  it.each([
    ['5 2 1', [5, 2, 1]],
    ['5>2>1', [5, 2, 1]],
    ["d'abord 5 puis 2", [5, 2]],
    ['transport, école', [3, 2]],
    ['3', [3]],
    ['٥ ٢', [5, 2]],
    ['first 5 then 2', [5, 2]],
  ])('%s', (said, expected) => {
    expect(read(said)).toEqual({ kind: 'value', value: expected });
  });

  it.each(['5 5 1', '5 ou 2', '521', '1=2', 'tout'])('with a tie or a guess is asked again: %s', (said) => {
    expect(read(said)).toMatchObject({ kind: 'unclear' });
  });

  it('has at most as many as are asked for', () => {
    expect(read('1 2', { ...order, most: 2 })).toEqual({ kind: 'value', value: [1, 2] });
    expect(read('1 2 3', { ...order, most: 2 })).toEqual({ kind: 'unclear' });
  });

  it('of ten and more goes by their numbers', () => {
    expect(read('12 3 17', { ...asked, type: 'rank' })).toEqual({ kind: 'value', value: [12, 3, 17] });
  });

  it('is asked with what can be put in order, typed or not', () => {
    expect(rank.prompt(order, french)).toBe(
      "Votre ville? Classez: le plus important d'abord (ex: 5 2 1). 1 logement 2 école 3 transport 4 bruit 5 parc",
    );
    expect(rank.choices(order, french)).toEqual({
      hint: "Classez: le plus important d'abord (ex: 5 2 1). 1 logement 2 école 3 transport 4 bruit 5 parc",
      choices: [{ token: '0', label: 'Passer' }],
    });
    expect(rank.again(order, french, '7')).toContain("7 n'est pas dans la liste. Tapez 1, 2, 3, 4 ou 5.");
    expect(rank.labels(order, { v: [3, 1], t: 1 }, 'fr')).toEqual(['transport', 'logement']);
  });
});
