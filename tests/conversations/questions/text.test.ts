/** An open question: everything is an answer, as it came, except nothing at all and a plain no. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { text } from '../../../conversations/questions/text.ts';
import { squareSurvey } from '../play.ts';
import { inScript, zeros } from './digits.ts';

const mot = squareSurvey.questions[3] as Parameters<typeof text.parse>[0];
const read = (said: string, language = 'fr') => text.parse(mot, said, language);

describe('an answer', () => {
  it.each([
    "Il faut que le gardien reste jusqu'à 20h",
    '  des bancs  ',
    '👍',
    '!!!',
    '3',
    'arrêter les travaux la nuit',
    'nickel',
    'non, vraiment pas assez de bancs',
    'المزيد من الظل',
    'line one\nline two',
  ])('%s', (said) => {
    expect(read(said)).toEqual({ kind: 'value', value: said.trim() });
  });

  it('whatever is kept is what was written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (said) => {
        const reading = read(said);
        if (reading.kind === 'value') expect(reading).toEqual({ kind: 'value', value: said.trim() });
      }),
    );
  });
});

describe('nothing to say', () => {
  it.each([
    ['fr', '0'],
    ['fr', 'zéro'],
    ['fr', 'non'],
    ['fr', 'Non merci.'],
    ['fr', 'rien'],
    ['fr', 'Rien à ajouter'],
    ['fr', 'passer'],
    ['en', 'no'],
    ['en', 'nothing'],
    ['tr', 'hayır'],
    ['tr', 'yok'],
    ['ar', 'لا'],
    ['ar', 'لا شكرا'],
  ])('%s: %s', (language, said) => {
    expect(read(said, language)).toEqual({ kind: 'skip' });
  });

  it('0 in every script', () => {
    for (const zero of zeros()) expect(read(inScript(zero, 0))).toEqual({ kind: 'skip' });
  });

  it.each(['', ' ', '\n', '\u200b', '\u00a0'])('nothing at all is asked again', (said) => {
    expect(read(said)).toEqual({ kind: 'unclear' });
  });
});
