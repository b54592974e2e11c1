/** A city's file: what is wrong with it is said with its place, before the service starts. */
import { describe, expect, it } from 'vitest';
import exemple from '../../conversations/cities/exemple.json';
import { type City, quartierMenu, readCity } from '../../conversations/city.ts';

const withQuartiers = (quartiers: object[]) => ({ ...exemple, quartiers });
const quartier = (name: string, index: number, more: object = {}) => ({
  id: `q${index}`,
  name,
  keywords: [`Q${index}`],
  ...more,
});

describe('a city file', () => {
  it('of the example is valid, and its menu leaves out what is no place', () => {
    expect(quartierMenu(readCity(exemple, 'exemple.json'), 'fr')).toBe(
      '1 Haut Clichy 2 Bas Clichy 3 Chêne Pointu 4 Bois du Temple 5 autre',
    );
  });

  it('names what is no quartier in the language of who asks', () => {
    const city = readCity(exemple, 'exemple.json');
    expect(quartierMenu(city, 'en')).toMatch(/ 5 other$/);
    expect(quartierMenu(city, 'fr-facile')).toMatch(/ 5 autre$/);
    const bare = readCity(withQuartiers([quartier('Loin', 1, { menu: 'autre' })]), 'x.json');
    expect(quartierMenu(bare, 'en')).toBe('1 autre');
  });

  it('names the place and the value of every fault', () => {
    expect(() => readCity({ ...exemple, messagesPerMonth: 0, colour: 'red' }, 'x.json')).toThrow(
      /city file x\.json is not valid\n- .*messagesPerMonth.*got 0[\s\S]*unknown field "colour"/,
    );
  });

  it('whose quartiers do not fit in one SMS part says so, with the text and what to do', () => {
    const long = [
      'Centre historique',
      'Gare et faubourg',
      'Grands Champs',
      'Coteaux du Nord',
      'Les Peupliers',
    ];
    const data = withQuartiers(long.map((name, index) => quartier(name, index)));
    expect(() => readCity(data, 'x.json')).toThrow(
      /^city file x\.json is not valid\n- quartiers: the question with all of them takes 2 SMS parts \(1\d\d GSM-7 units\), one is allowed: .*"menu".*"inMenu": false, got "Ville de Clichy.*1 Centre historique/,
    );
    const short = withQuartiers(
      long.map((name, index) => quartier(name, index, { menu: name.split(' ')[0] })),
    );
    expect(readCity(short, 'x.json').quartiers).toHaveLength(5);
    const out = withQuartiers(
      long.map((name, index) => quartier(name, index, index > 2 ? { inMenu: false } : {})),
    );
    expect((readCity(out, 'x.json') as City).quartiers).toHaveLength(5);
  });
});
