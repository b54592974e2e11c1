/** What a poster's code opens is what our own readers understand: every list, channel and language; the rest is refused. */
import { describe, expect, it } from 'vitest';
import type { City } from '../../conversations/city.ts';
import { type Poster, posterLink, reachable } from '../../conversations/poster-link.ts';
import { readKeyword } from '../../conversations/understand/keywords.ts';
import { localWorld } from '../../infra/local/city.ts';
import { languages } from '../../locales/index.ts';

const world = localWorld();
const chene: Poster = { goal: { list: 'chene' }, channel: 'sms', source: 'A12', language: 'tr' };

it('opens an SMS, WhatsApp or Messenger with the words ready', () => {
  expect(posterLink(chene, world)).toEqual({
    uri: 'sms:38123?&body=CHENE%20A12%20TR',
    text: 'CHENE A12 TR',
    to: '38123',
  });
  expect(posterLink({ ...chene, channel: 'whatsapp' }, world).uri).toBe(
    'https://wa.me/33939980001?text=CHENE%20A12%20TR',
  );
  expect(posterLink({ ...chene, channel: 'messenger' }, world).uri).toBe(
    'https://m.me/VilleDeClichyExemple?ref=CHENE_A12_TR',
  );
  const { source: _, language: __, ...plain } = chene;
  expect(posterLink({ ...plain, goal: { survey: 'square' } }, world).text).toBe('SQUARE');
  const long: City = { ...world.city, smsNumber: '+33937000000' };
  expect(posterLink(plain, { ...world, city: long }).uri).toBe('sms:+33937000000?&body=CHENE');
});

describe.each(world.city.quartiers.map(({ id }) => id))('the list %s', (list) => {
  it.each(languages)('is read back in %s', (language) => {
    const { text } = posterLink({ goal: { list }, channel: 'sms', source: 'b7', language }, world);
    expect(text).toMatch(/^[A-Z0-9 ]+$/);
    expect(readKeyword(text, world.city, world.surveys)).toEqual({
      kind: 'quartier',
      quartier: list,
      source: 'B7',
      language,
    });
  });
});

describe('is refused with what is allowed', () => {
  const { smsNumber: _, messengerPage: __, ...bare } = world.city;
  const without = bare as City;
  it.each<[string, Partial<Poster>, City, string]>([
    ['a list', { goal: { list: 'chenes' } }, world.city, 'Listes: haut, bas, chene, temple, ville, aines'],
    ['a survey', { goal: { survey: 'parc' } }, world.city, 'Sondages: square, repas'],
    ['a code', { source: '12A' }, world.city, "code d'affiche « 12A »"],
    [
      'a channel',
      {},
      without,
      "la ville n'a pas de numéro pour les SMS (« smsNumber » de son fichier). Canaux: whatsapp",
    ],
    ['a page', { channel: 'messenger' }, without, "la ville n'a pas de page Messenger"],
    ['a language', {}, { ...world.city, languages: ['fr', 'ar'] }, 'langues de la ville: fr, ar'],
  ])('%s', (_name, part, city, words) => {
    expect(() => posterLink({ ...chene, ...part }, { ...world, city })).toThrow(words);
  });

  it('a keyword that means something else in this city', () => {
    const quartiers = world.city.quartiers.map((each) =>
      each.id === 'chene' ? { ...each, keywords: ['SQUARE'] } : each,
    );
    const city = { ...world.city, quartiers };
    expect(() => posterLink(chene, { ...world, city })).toThrow('« SQUARE A12 TR » ne serait pas compris');
  });
});

it('names the channels that the city has', () => {
  expect(reachable(world.city)).toEqual(['sms', 'whatsapp', 'messenger']);
});
