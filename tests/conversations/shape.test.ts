/** What an SMS carries: the alphabet, the parts, and folding that saves parts and changes no digit and no name. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldToGsm, measure, shortest, sms } from '../../conversations/shape.ts';
import table from '../vectors/gsm7-table.json';
import scripts from '../vectors/scripts-fr.json';

interface Line {
  t: string;
  envoye?: string;
  encodage?: string;
  unites?: number;
  segments?: number;
  sansRepli?: { encodage: string; segments: number };
}
const messages = (scripts.journeys as { lignes: Line[] }[])
  .flatMap(({ lignes }) => lignes)
  .filter((line): line is Required<Line> => line.envoye !== undefined);
const sum = (numbers: number[]): number => numbers.reduce((total, each) => total + each, 0);

describe('the alphabet of gsm7-table.json', () => {
  it.each([...table.base])('%j takes one septet', (letter) => {
    expect(measure(letter)).toEqual({ text: letter, encoding: 'GSM-7', units: 1, parts: 1 });
  });

  it.each([...table.extension])('%j takes two septets', (letter) => {
    expect(measure(letter)).toEqual({ text: letter, encoding: 'GSM-7', units: 2, parts: 1 });
  });

  it.each(table.frenchAndTypography)('$char ($code) is $gsm', ({ char, gsm, septets }) => {
    const { encoding, units } = measure(char);
    expect(encoding).toBe(gsm === 'ucs2' ? 'UCS-2' : 'GSM-7');
    if (septets !== null) expect(units).toBe(septets);
  });

  it.each(table.frenchAndTypography)(
    '$char is left as it is or becomes GSM-7',
    ({ char, gsm, smartEncoding }) => {
      const folded = foldToGsm(char);
      if (gsm !== 'ucs2') expect(folded).toBe(char);
      expect(measure(folded).encoding).toBe('GSM-7');
      // Twilio writes two spaces for a no-break space; one is what a reader expects.
      if (smartEncoding !== null) expect(folded).toBe(smartEncoding.replace('  ', ' '));
    },
  );

  it('nothing else is in it', () => {
    const known = new Set([...table.base, ...table.extension]);
    for (let code = 0; code < 0x3000; code += 1) {
      const letter = String.fromCodePoint(code);
      expect(measure(letter).encoding, `U+${code.toString(16)}`).toBe(known.has(letter) ? 'GSM-7' : 'UCS-2');
    }
  });
});

describe('the 81 messages of scripts-fr.json', () => {
  it('go in 81 parts folded and 111 unfolded', () => {
    expect(messages).toHaveLength(scripts.totals.v);
    expect(sum(messages.map(({ t }) => sms(t).parts))).toBe(scripts.totals.s);
    expect(sum(messages.map(({ t }) => measure(t).parts))).toBe(scripts.totals.raw);
    expect(messages.filter(({ t }) => measure(t).encoding === 'UCS-2')).toHaveLength(scripts.totals.rawUcs2);
  });

  it.each(messages)('$t', ({ t, envoye, encodage, unites, segments, sansRepli }) => {
    const sent = sms(t);
    expect(measure(t)).toMatchObject({ encoding: sansRepli.encodage, parts: sansRepli.segments });
    expect(measure(foldToGsm(t))).toEqual({
      text: envoye,
      encoding: encodage,
      units: unites,
      parts: segments,
    });
    expect(sent.parts).toBe(segments);
    // Where folding saves no part the accents stay; everywhere else the text is the script's.
    if (sansRepli.segments > 1)
      expect(sent).toEqual({ text: envoye, encoding: encodage, units: unites, parts: segments });
    else expect(sent.text).toBe(t);
  });
});

describe('parts', () => {
  it.each([
    ['nothing', '', 1, 0],
    ['160 letters', 'a'.repeat(160), 1, 160],
    ['161 letters', 'a'.repeat(161), 2, 161],
    ['two full parts', 'a'.repeat(306), 2, 306],
    ['one more', 'a'.repeat(307), 3, 307],
    ['80 euro signs', '€'.repeat(80), 1, 160],
    ['81 euro signs: 76 a part', '€'.repeat(81), 2, 162],
    ['153 septets would split the last euro sign', '€'.repeat(153), 3, 306],
    ['a euro sign over the boundary', `${'a'.repeat(152)}€${'a'.repeat(152)}`, 3, 306],
    ['a euro sign before the boundary', `${'a'.repeat(151)}€${'a'.repeat(153)}`, 2, 306],
  ])('GSM-7, %s', (_label, text, parts, units) => {
    expect(measure(text)).toEqual({ text, encoding: 'GSM-7', units, parts });
  });

  it.each([
    ['70 letters', 'ê'.repeat(70), 1],
    ['71 letters', 'ê'.repeat(71), 2],
    ['two full parts', 'ê'.repeat(134), 2],
    ['one more', 'ê'.repeat(135), 3],
    ['35 emoji', '😀'.repeat(35), 1],
    ['36 emoji: 33 a part', '😀'.repeat(36), 2],
    ['67 emoji: the pair over the boundary moves on', '😀'.repeat(67), 3],
    ['a pair over the boundary', `${'ê'.repeat(66)}😀${'ê'.repeat(66)}`, 3],
    ['a pair before the boundary', `${'ê'.repeat(65)}😀${'ê'.repeat(67)}`, 2],
  ])('UCS-2, %s', (_label, text, parts) => {
    expect(measure(text)).toEqual({ text, encoding: 'UCS-2', units: text.length, parts });
  });

  /** Cuts a text as a phone network would, letter by letter. */
  function cut(text: string, size: (letter: string) => number, room: number): string[] {
    const parts = [''];
    let used = 0;
    for (const letter of text) {
      if (used + size(letter) > room) {
        parts.push('');
        used = 0;
      }
      parts[parts.length - 1] += letter;
      used += size(letter);
    }
    return parts;
  }
  const gsm = fc.string({
    unit: fc.constantFrom(...table.base, ...table.extension),
    minLength: 81,
    maxLength: 500,
  });
  const ucs = fc.string({
    unit: fc.constantFrom('ê', 'a', '😀', 'ش', '👍🏽'),
    minLength: 80,
    maxLength: 250,
  });

  it('are what a cut between letters gives', () => {
    const septets = (letter: string): number => (table.extension.includes(letter) ? 2 : 1);
    fc.assert(
      fc.property(gsm, (text) => {
        const total = sum([...text].map(septets));
        expect(measure(text).parts).toBe(total <= 160 ? 1 : cut(text, septets, 153).length);
      }),
    );
    fc.assert(
      fc.property(ucs, (text) => {
        fc.pre(measure(text).encoding === 'UCS-2');
        expect(measure(text).parts).toBe(
          text.length <= 70 ? 1 : cut(text, (letter) => letter.length, 67).length,
        );
      }),
    );
  });
});

describe('folding', () => {
  const letters = fc.constantFrom(
    ...'abcXYZ 0123456789.,:;!?()=+-/"\'%{}[]',
    ...'éèàùêçôîâûëïœÀÈÊÇ«»’“”…–—€°½ \u00a0\u202f',
    ...'ğışİŞçöü',
    ...'نعملا٣',
    '😀',
    '{{city}}',
    '{{count}}',
    'n’est',
  );
  const texts = fc.oneof(
    fc.string({ unit: letters, maxLength: 200 }),
    fc.string({ unit: 'grapheme', maxLength: 80 }),
    fc.string({ unit: 'binary', maxLength: 80 }),
  );
  const digits = (text: string): string => text.replace(/\D/g, '');
  const placeholders = (text: string): string[] => text.match(/\{\{\w+\}\}/g) ?? [];

  it('never needs more parts than the text as it is', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const sent = sms(text);
        expect(sent.parts).toBeLessThanOrEqual(measure(text.normalize('NFC')).parts);
        expect(sent.parts).toBeLessThanOrEqual(measure(text).parts);
        expect(sent).toEqual(measure(sent.text));
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps every digit and every placeholder', () => {
    fc.assert(
      fc.property(fc.string({ unit: letters, maxLength: 200 }), (text) => {
        // ½ becomes 1/2: a digit more, none changed.
        const plain = text.replaceAll('½', '');
        expect(digits(foldToGsm(plain))).toBe(digits(plain));
        expect(placeholders(foldToGsm(text))).toEqual(placeholders(text));
      }),
      { numRuns: 1000 },
    );
  });

  it('leaves alone what GSM-7 holds', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...table.base, ...table.extension), maxLength: 300 }),
        (text) => {
          expect(foldToGsm(text)).toBe(text);
          expect(sms(text).text).toBe(text);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('done twice changes nothing more', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(foldToGsm(foldToGsm(text))).toBe(foldToGsm(text));
      }),
    );
  });

  it.each([
    ['« Bonjour »', '"Bonjour"'],
    ['«\u00a0Bonjour\u00a0»', '"Bonjour"'],
    ['dites «oui»', 'dites "oui"'],
    ['« a » et « b »', '"a" et "b"'],
    ['une planche de 5" sur 6 " tout près', 'une planche de 5" sur 6 " tout près'],
    ['" a "', '" a "'],
    ['l’été…', "l'été..."],
    ['Cœur', 'Coeur'],
    ['e\u0301te\u0301', 'été'],
    ['garc\u0327on', 'garcon'],
    ['10\u202f000 €', '10 000 €'],
    ['Değiştirmek için', 'Degistirmek icin'],
  ])('%s goes out as %s', (text, folded) => {
    expect(foldToGsm(text)).toBe(folded);
  });

  it('leaves Arabic in Arabic', () => {
    const text = 'نعم، شكرا';
    expect(sms(text)).toMatchObject({ text, encoding: 'UCS-2', parts: 1 });
  });
});

describe('the shortest of several', () => {
  const long = 'a'.repeat(161);
  it('is the first that needs the fewest parts', () => {
    expect(shortest(['un', 'deux'])).toBe('un');
    expect(shortest([long, 'court', 'bref'])).toBe('court');
    expect(shortest([long, `${long}b`])).toBe(long);
    expect(shortest([long])).toBe(long);
  });
});
