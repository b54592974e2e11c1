/** Who may send, and what a message from a name carries. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldToGsm, measure, sms } from '../../conversations/shape.ts';
import { describeSender, withWayBack } from '../../functions/channels/senders.ts';

test.each([
  ['a short code', '38123', 'short-code', true],
  ['09 37', '+33937123456', 'number', true],
  ['09 38', '+33938123456', 'number', true],
  ['09 39', '+33939123456', 'number', true],
  ['a foreign number', '+447700900123', 'number', true],
  ['a name', 'VilleClichy', 'name', false],
  ['a name with a digit', 'Clichy93', 'name', false],
  ['three letters', 'abc', 'name', false],
])('%s may send', (_label, sender, kind, twoWay) => {
  expect(describeSender(sender)).toEqual({ kind, twoWay });
});

test.each([
  ['06', '+33639980001'],
  ['07', '+33739980001'],
  ['06 in Réunion', '+262692123456'],
  ['06 in Guadeloupe', '+590690123456'],
  ['01', '+33162123456'],
  ['09 36', '+33936123456'],
  ['09 37 and too short', '+3393712345'],
  ['a national number', '0639980001'],
  ['an emergency number', '112'],
  ['four digits', '3919'],
  ['digits as a name', '123456'],
  ['twelve letters', 'MairieClichy'],
  ['two letters', 'ab'],
  ['a space', 'Ville Clichy'],
  ['a hyphen, which AWS alone takes', 'Ville-Clichy'],
  ['an accent', 'MairieÉté'],
  ['nothing', ''],
])('%s may not', (_label, sender) => {
  const refused = describeSender(sender);
  if (!('error' in refused)) throw new Error('was taken');
  expect(refused.error).toMatch(/got .+ give a short code/);
  if (sender.length > 4) expect(refused.error).not.toContain(sender);
});

const ways = {
  answerAt: { fr: 'Répondre: clichy.example/r', en: 'Reply: clichy.example/r' },
  stopAt: { fr: 'STOP au 36105', en: 'STOP to 36105' },
};

describe('a message from a name', () => {
  test('says how to answer and how to stop', () => {
    const made = withWayBack('Réunion mardi 18h', 'VilleClichy', ways, 'fr');
    expect(made.text).toBe('Réunion mardi 18h\nRépondre: clichy.example/r\nSTOP au 36105');
    expect(made).toMatchObject({ added: 41, sms: { parts: 1, units: 58, encoding: 'GSM-7' } });
  });

  test.each([
    ['en', 'Reply: clichy.example/r'],
    ['tr', 'Répondre: clichy.example/r'],
  ])('in %s, or in French', (language, line) => {
    expect(withWayBack('Toplantı', 'VilleClichy', ways, language).text).toContain(`\n${line}\n`);
  });

  test('does not say again what the text says', () => {
    const text = 'Réunion mardi. STOP au 36105';
    expect(withWayBack(text, 'VilleClichy', ways, 'fr').text).toBe(`${text}\nRépondre: clichy.example/r`);
  });

  test('fails where a way is missing', () => {
    expect(() => withWayBack('x', 'VilleClichy', { ...ways, stopAt: ' ' }, 'fr')).toThrow(
      /stopAt is missing/,
    );
    expect(() => withWayBack('x', 'VilleClichy', { ...ways, answerAt: '' }, 'fr')).toThrow(/answerAt/);
  });
});

test('a sender with replies sends the text as it is, one that may not send fails', () => {
  expect(withWayBack('Bonjour', '38123', ways, 'fr')).toMatchObject({ text: 'Bonjour', added: 0 });
  expect(() => withWayBack('Bonjour', '+33639980001', ways, 'fr')).toThrow(/ARCEP/);
});

/** As phones get them: the same arithmetic, written the slow way. */
function parts(text: string): string[] {
  const whole = sms(text);
  if (whole.parts === 1) return [whole.text];
  const room = whole.encoding === 'GSM-7' ? 153 : 67;
  const made = [''];
  for (const letter of whole.text) {
    const next = (made.at(-1) ?? '') + letter;
    const units = whole.encoding === 'GSM-7' ? measure(next).units : next.length;
    if (units > room) made.push(letter);
    else made[made.length - 1] = next;
  }
  return made;
}

test('for any text: twice is once, nothing of the text is lost, no number of a footer is split', () => {
  const unit = fc.constantFrom('a', 'é', ' ', '€', '1', '\n', 'ê', 'م', '。', '😀');
  const text = fc
    .tuple(fc.string({ unit, maxLength: 12 }), fc.nat(330))
    .map(([start, length]) => `${start}${'x'.repeat(length)}`);
  const footers = fc.record({
    answerAt: fc.constantFrom(
      'Répondre: clichy.example/r',
      'Répondre au 01 41 50 12 34',
      'À vous: +33 1 41 50 12 34',
    ),
    stopAt: fc.constantFrom('STOP au 36105', 'Arrêter: 0141501234'),
  });
  fc.assert(
    fc.property(text, footers, (said, footer) => {
      const once = withWayBack(said, 'VilleClichy', footer, 'fr');
      expect(withWayBack(once.text, 'VilleClichy', footer, 'fr').text).toBe(once.text);
      expect(once.text.startsWith(said.trimEnd())).toBe(true);
      expect(once.sms).toEqual(sms(once.text));
      const pieces = parts(once.text);
      expect(pieces).toHaveLength(once.sms.parts);
      for (const number of [footer.answerAt, footer.stopAt].flatMap(
        (way) => way.match(/\+?\d[\d ]{3,}\d/g) ?? [],
      ))
        expect(pieces.some((piece) => foldToGsm(piece).includes(number))).toBe(true);
    }),
    { numRuns: 1500 },
  );
});
