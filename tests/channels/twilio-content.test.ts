/** Which offers become buttons, which a list, and which stay numbered text. */
import { describe, expect, test } from 'vitest';
import type { Offer } from '../../conversations/events.ts';
import { contentOf } from '../../functions/channels/twilio-content.ts';

const choices = (...labels: string[]): Offer['choices'] =>
  labels.map((label, index) => ({ id: `q:${index + 1}`, label }));
const kindOf = (offer: Offer): string | undefined =>
  Object.keys(contentOf(offer, 'fr')?.request.types ?? {})[0]?.replace('twilio/', '');
const text = '1/4 Allez-vous au square ?';
const many = (count: number): string[] => Array.from({ length: count }, (_, index) => `choix ${index + 1}`);

test('up to three short choices are buttons', () => {
  expect(contentOf({ text, choices: choices('souvent', 'jamais'), menu: 'Choisir' }, 'fr')?.request).toEqual({
    friendly_name: expect.stringMatching(/^pv-[0-9a-f]{24}$/),
    language: 'fr',
    variables: {},
    types: {
      'twilio/quick-reply': {
        body: text,
        actions: [
          { type: 'QUICK_REPLY', title: 'souvent', id: 'q:1' },
          { type: 'QUICK_REPLY', title: 'jamais', id: 'q:2' },
        ],
      },
    },
  });
});

test('more are a list', () => {
  expect(
    contentOf({ text, choices: choices('un', 'deux', 'trois', '4'), menu: 'Choisir' }, 'tr')?.request,
  ).toEqual(
    expect.objectContaining({
      language: 'tr',
      types: {
        'twilio/list-picker': {
          body: text,
          button: 'Choisir',
          items: [
            { id: 'q:1', item: 'un' },
            { id: 'q:2', item: 'deux' },
            { id: 'q:3', item: 'trois' },
            { id: 'q:4', item: '4' },
          ],
        },
      },
    }),
  );
});

describe.each<[string, Offer, string | undefined]>([
  ['a title of 20', { text, choices: choices('a'.repeat(20)) }, 'quick-reply'],
  ['a title of 21 without a menu', { text, choices: choices('a'.repeat(21)) }, undefined],
  ['a title of 21 with a menu', { text, choices: choices('a'.repeat(21)), menu: 'Choisir' }, 'list-picker'],
  ['an item of 24', { text, choices: choices('a'.repeat(24)), menu: 'Choisir' }, 'list-picker'],
  ['an item of 25', { text, choices: choices('a'.repeat(25)), menu: 'Choisir' }, undefined],
  ['ten items', { text, choices: choices(...many(10)), menu: 'Choisir' }, 'list-picker'],
  ['eleven items', { text, choices: choices(...many(11)), menu: 'Choisir' }, undefined],
  ['four without a menu', { text, choices: choices(...many(4)) }, undefined],
  ['a menu of 21', { text, choices: choices(...many(4)), menu: 'a'.repeat(21) }, undefined],
  ['a body of 1024', { text: 'a'.repeat(1024), choices: choices('oui') }, 'quick-reply'],
  ['a body of 1025', { text: 'a'.repeat(1025), choices: choices('oui') }, undefined],
  ['an empty body', { text: ' ', choices: choices('oui') }, undefined],
  ['a variable in the body', { text: 'Bonjour {{1}}', choices: choices('oui') }, undefined],
  ['a variable on a button', { text, choices: choices('{{1}}') }, undefined],
  ['two titles alike', { text, choices: choices('oui', ' oui') }, undefined],
  ['two ids alike', { text, choices: [...choices('oui'), { id: 'q:1', label: 'non' }] }, undefined],
  ['an empty title', { text, choices: choices('oui', '') }, undefined],
  ['a title of two lines', { text, choices: choices('oui\nmais') }, undefined],
  ['an id of 256', { text, choices: [{ id: 'i'.repeat(256), label: 'oui' }] }, 'quick-reply'],
  ['an id of 257', { text, choices: [{ id: 'i'.repeat(257), label: 'oui' }], menu: 'Choisir' }, undefined],
  ['thumbs', { text, choices: choices('👍', '👎', '☎️ Appel') }, 'quick-reply'],
  ['Arabic', { text: 'هل؟', choices: choices('نعم', 'لا') }, 'quick-reply'],
])('%s', (_label, offer, kind) => {
  test(`is ${kind ?? 'numbered text'}`, () => {
    expect(kindOf(offer)).toBe(kind);
  });
});

test('the hash is over what a resident sees and what comes back, in whatever language it is labelled', () => {
  const offer: Offer = { text, choices: choices('oui', 'non') };
  const hashOf = (changed: Partial<Offer>, language = 'fr') =>
    contentOf({ ...offer, ...changed }, language)?.hash;
  expect(hashOf({})).toMatch(/^[0-9a-f]{64}$/);
  expect(hashOf({}, 'en')).toBe(hashOf({}));
  const others = [
    { text: 'autre' },
    { choices: choices('non', 'oui') },
    { choices: choices('oui') },
    { choices: [...choices('oui'), { id: 'z', label: 'non' }] },
  ];
  expect(new Set([hashOf({}), ...others.map((changed) => hashOf(changed))]).size).toBe(others.length + 1);
});
