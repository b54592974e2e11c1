/** Numbers as people type them. Vectors: tests/payloads/sns/fr-numbers.json; the rest are shapes met in imports. */
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isAllowed, parseNumber } from '../../functions/channels/numbers.ts';

interface Row {
  input: string;
  e164?: string;
  type?: string;
  country?: string;
  smsRecipient?: boolean;
  valid?: boolean;
}
const { rows } = JSON.parse(
  readFileSync(new URL('../payloads/sns/fr-numbers.json', import.meta.url), 'utf8'),
) as { rows: Row[] };

test.each(rows)('reads the shared vector "$input"', ({ input, e164, type, country, smsRecipient, valid }) => {
  const read = parseNumber(input, { region: 'FR' });
  if (valid === false) {
    expect(read).toHaveProperty('invalid');
    return;
  }
  expect(read).toMatchObject({
    ...(e164 && { e164 }),
    ...(type && { type }),
    ...(country && { region: country }),
    canReceiveSms: smsRecipient,
  });
});

describe('is the same mobile', () => {
  test.each([
    '06 12 34 56 78',
    '06.12.34.56.78',
    '06-12-34-56-78',
    '06/12/34/56/78',
    '06 12 34 56 78',
    '06 12 34 56 78',
    ' 0612345678 ',
    '+33 (0)6 12 34 56 78',
    '+33(0)612345678',
    '0033 (0)6 12 34 56 78',
    '0033612345678',
    '+330612345678',
    '33612345678',
    '612345678',
    'tel:+33612345678',
    'Tél. : 06 12 34 56 78',
    '\u202a+33612345678\u202c',
    '０６１２３４５６７８',
    '٠٦١٢٣٤٥٦٧٨',
    '۰۶۱۲۳۴۵۶۷۸',
    '০৬১২৩৪৫৬৭৮',
    '௦௬௧௨௩௪௫௬௭௮',
  ])('%s', (typed) => {
    expect(parseNumber(typed, { region: 'FR' })).toEqual({
      e164: '+33612345678',
      type: 'MOBILE',
      region: 'FR',
      canReceiveSms: true,
    });
  });
});

test.each([
  ['from Réunion, at home', '0692 12 34 56', 'RE', '+262692123456', 'RE'],
  ['from Réunion, typed in Clichy', '0692 12 34 56', 'FR', '+262692123456', 'RE'],
  ['from Réunion, the zero lost by a spreadsheet', '692123456', 'FR', '+262692123456', 'RE'],
  ['from Guadeloupe', '0690 12 34 56', 'FR', '+590690123456', 'GP'],
  ['from Guyane', '0694 12 34 56', 'FR', '+594694123456', 'GF'],
  ['from Martinique', '0696 12 34 56', 'FR', '+596696123456', 'MQ'],
  ['from the mainland, typed in Réunion', '06 12 34 56 78', 'RE', '+33612345678', 'FR'],
  ['with a country', '00262 692 12 34 56', 'FR', '+262692123456', 'RE'],
] as const)('%s', (_label, typed, region, e164, from) => {
  expect(parseNumber(typed, { region })).toEqual({ e164, type: 'MOBILE', region: from, canReceiveSms: true });
});

test.each([
  ['a landline', '01 41 50 12 34', '+33141501234', 'FIXED_LINE'],
  ['an automated-call range', '0162123456', '+33162123456', 'FIXED_LINE'],
  ['a box', '09 70 12 34 56', '+33970123456', 'VOIP'],
  ['a platform', '0937123456', '+33937123456', 'VOIP'],
  ['a free number', '0800 123 456', '+33800123456', 'TOLL_FREE'],
  ['a dear one', '0899 12 34 56', '+33899123456', 'PREMIUM_RATE'],
  ['a landline overseas', '0262 20 12 34', '+262262201234', 'FIXED_LINE'],
])('%s is a number, and gets no SMS', (_label, typed, e164, type) => {
  expect(parseNumber(typed, { region: 'FR' })).toMatchObject({ e164, type, canReceiveSms: false });
});

test.each([
  ['nothing', '  ', 'empty'],
  ['a word', 'demain', 'not-a-number'],
  ['a word in it', '06 12 34 56 78 poste 3', 'not-a-number'],
  ['a spreadsheet exponent', '6.12E+08', 'not-a-number'],
  ['two pluses', '++33612345678', 'not-a-number'],
  ['a plus', '+', 'not-a-number'],
  ['two numbers', '0612345678 / 0712345678', 'too-long'],
  ['one digit', '3', 'too-short'],
  ['a short code', '36111', 'short-code'],
  ['directory enquiries', '118218', 'short-code'],
  ['the SAMU', '15', 'emergency'],
  ['the European emergency number', '1 1 2', 'emergency'],
  ['by text for the deaf', '114', 'emergency'],
  ['missing children', '116000', 'emergency'],
  ['against suicide', '3114', 'emergency'],
  ['a digit too few', '+33 6 12 34 56', 'too-short'],
  ['emergency with a country', '+33112', 'too-short'],
  ['a digit too many', '06 12 34 56 78 9', 'too-long'],
  ['no such country', '+999 12 34 56 78', 'unknown-country'],
  ['nobody has 07 00', '0700000000', 'unassigned'],
  ['for fiction', '06 39 98 00 01', 'fiction'],
])('refuses %s', (_label, typed, invalid) => {
  expect(parseNumber(typed, { region: 'FR' })).toEqual({ invalid });
});

test('takes a number of fiction where that is asked for', () => {
  expect(parseNumber('06 39 98 00 01', { region: 'FR', fiction: true })).toEqual({
    e164: '+33639980001',
    type: 'MOBILE',
    region: 'FR',
    canReceiveSms: true,
  });
});

test.each([
  ['+33612345678', undefined, true],
  ['+33712345678', undefined, true],
  ['+262692123456', undefined, true],
  ['+590690123456', undefined, true],
  ['+594694123456', undefined, true],
  ['+596696123456', undefined, true],
  ['+33141501234', undefined, false],
  ['+447911123456', undefined, false],
  ['0612345678', undefined, false],
  ['33612345678', undefined, false],
  ['+447911123456', ['+44'], true],
  ['+33612345678', [], false],
  ['+33612345678', [''], false],
  ['+33612345678', ['+'], false],
])('%s under %j: %s', (number, prefixes, allowed) => {
  expect(isAllowed(number, prefixes)).toBe(allowed);
});

test('reads what it has written, and never throws', () => {
  const typed = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^(\+|00|0)?[\d ().-]{0,20}$/));
  fc.assert(
    fc.property(typed, fc.constantFrom('FR', 'RE', 'US'), (text, region) => {
      const read = parseNumber(text, { region, fiction: true });
      if ('invalid' in read) return;
      expect(read.e164).toMatch(/^\+[1-9]\d{5,14}$/);
      expect(parseNumber(read.e164, { region, fiction: true })).toEqual(read);
    }),
    { numRuns: 2000 },
  );
});
