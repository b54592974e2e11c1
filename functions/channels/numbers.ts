/**
 * Phone numbers as people and staff type them, and which of them may be written to. With libphonenumber's full tables
 * (`max`: the short ones take 07 00 for a mobile number), 190 kB: for imports and the console. The webhook's bundle
 * must not carry this file, and `conversations/` may not import it: both get numbers that are parsed already.
 */
import {
  type CountryCode,
  type NumberType,
  type PhoneNumber,
  parsePhoneNumberFromString,
  validatePhoneNumberLength,
} from 'libphonenumber-js/max';

export interface ParsedNumber {
  e164: string;
  type: Exclude<NumberType, undefined>;
  /** Two letters: FR, RE, MQ… */
  region: string;
  /** A mobile, or what could be one where nobody can tell (USA). Not landlines, boxes (09) and services. */
  canReceiveSms: boolean;
}

/** `unassigned`: as long as it should be, but nobody has such a number. `fiction`: reserved for films and tests. */
export type Invalid =
  | 'empty'
  | 'not-a-number'
  | 'short-code'
  | 'emergency'
  | 'too-short'
  | 'too-long'
  | 'unknown-country'
  | 'unassigned'
  | 'fiction';

export interface ParseOptions {
  /** Where a number without a country is from. */
  region: CountryCode;
  /** Takes 06 39 98 …, which no phone has, for the local host and for tests. */
  fiction?: boolean;
}

/** Where SMS goes unless a city says more: French mobiles, and those of the départements d'outre-mer. */
export const DEFAULT_PREFIXES: readonly string[] = ['+33', '+262', '+590', '+594', '+596'].flatMap(
  (country) => [`${country}6`, `${country}7`],
);

/** https://www.arcep.fr: numbers that cost nothing and wake somebody. */
const EMERGENCY = new Set([
  ...['15', '17', '18', '110', '112', '114', '115', '116', '119', '191', '196', '197'],
  ...['116000', '116006', '116111', '116117', '116123', '3114', '3919'],
]);
/** The longest code of a service (118 218); the shortest phone number there is has more. */
const SHORT = 6;
/** One plan of ten digits with six country codes: 0692 dialled in Paris rings in Réunion. */
const FRENCH_PLAN: CountryCode[] = ['FR', 'RE', 'YT', 'GP', 'GF', 'MQ'];
/** ARCEP keeps 06 39 98 00 00 to 99 99 for works of fiction. */
const FICTION = /^\+3363998\d{4}$/;

export function parseNumber(text: string, options: ParseOptions): ParsedNumber | { invalid: Invalid } {
  const typed = text
    .normalize('NFKC')
    .replace(/[٠-٩۰-۹০-৯௦-௯]/g, westernDigit)
    .replace(/\p{Cf}/gu, '')
    .trim()
    .replace(/^(?:t[ée]l|sms)[\s.:]*/i, '')
    // "+33 (0)6": the zero is for calls from France only.
    .replace(/^((?:\+|00)[\d .\-/]*)\(0\)/, '$1');
  if (typed === '') return { invalid: 'empty' };
  if (!/^\+?[\d\s().\-/_]*\d[\d\s().\-/_]*$/.test(typed)) return { invalid: 'not-a-number' };
  const digits = typed.replace(/\D/g, '');
  if (!typed.startsWith('+') && digits.length <= SHORT) return { invalid: shortness(digits) };
  const fits = regionsFor(typed, options.region)
    .map((region) => parse(typed, region))
    .filter((number) => number !== undefined);
  const fiction = fits.find(({ number }) => FICTION.test(number));
  if (fiction && options.fiction)
    return { e164: fiction.number, type: 'MOBILE', region: 'FR', canReceiveSms: true };
  if (fiction) return { invalid: 'fiction' };
  const number = fits.find((each) => each.isValid());
  if (number) return factsOf(number);
  return { invalid: reasonOf(typed, options.region) };
}

/** Whether a number in E.164 stands under one of the prefixes. No prefix, no sending. */
export const isAllowed = (e164: string, prefixes: readonly string[] = DEFAULT_PREFIXES): boolean =>
  /^\+[1-9]\d{7,14}$/.test(e164) &&
  prefixes.some((prefix) => /^\+\d+$/.test(prefix) && e164.startsWith(prefix));

/** Arabic and Persian digits begin at …0, Bengali and Tamil ones at …6. */
function westernDigit(digit: string): string {
  const code = digit.charCodeAt(0);
  return String((code & 0xf) - (code < 0x900 ? 0 : 6));
}

function shortness(digits: string): Invalid {
  if (EMERGENCY.has(digits)) return 'emergency';
  return digits.length < 3 ? 'too-short' : 'short-code';
}

/** A number with its country is parsed once; one without, in each part of the plan it may be from. */
function regionsFor(typed: string, region: CountryCode): CountryCode[] {
  if (/^(\+|00)/.test(typed) || !FRENCH_PLAN.includes(region)) return [region];
  return [region, ...FRENCH_PLAN.filter((each) => each !== region)];
}

const parse = (typed: string, region: CountryCode): PhoneNumber | undefined =>
  parsePhoneNumberFromString(typed, { defaultCountry: region, extract: false });

function factsOf(number: PhoneNumber): ParsedNumber {
  const type = number.getType() ?? 'FIXED_LINE';
  return {
    e164: number.number,
    type,
    region: number.country ?? number.getPossibleCountries()[0] ?? '',
    canReceiveSms: type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE',
  };
}

function reasonOf(typed: string, region: CountryCode): Invalid {
  switch (validatePhoneNumberLength(typed, { defaultCountry: region })) {
    case 'TOO_SHORT':
      return 'too-short';
    case 'TOO_LONG':
      return 'too-long';
    case 'INVALID_COUNTRY':
      return 'unknown-country';
    case 'NOT_A_NUMBER':
      return 'not-a-number';
    default:
      return 'unassigned';
  }
}
