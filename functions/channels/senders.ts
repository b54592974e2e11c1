/**
 * What a city sends as: a short code, a long number, or a name. Owns which may send in France at all, which take
 * replies, and what a message must carry when they do not.
 */
import { local } from '../../conversations/phrase.ts';
import { foldToGsm, measure, type Sms, sms } from '../../conversations/shape.ts';

/** What Twilio and AWS both take as a name (channel-limits.json, sms/alpha sender). */
const NAME = /^(?=.*[A-Za-z])[A-Za-z0-9]{3,11}$/;
/** French short codes; three digits are for emergencies and four for others' services. */
const SHORT_CODE = /^\d{5}$/;
const E164 = /^\+[1-9]\d{7,14}$/;
/** Since 2023 no mobile number sends for a machine, overseas either; carriers block it (ARCEP 2022-1583). */
const FRENCH_MOBILE = /^\+(33|262|590|594|596)[67]/;
/** The long numbers that may (channels.md L7). */
const FRENCH_PLATFORM = /^\+339(37|38|39)\d{6}$/;

export interface SenderFacts {
  /** `short-code`: answers STOP and CONTACT, as French carriers ask. `name`: nobody can reply to it. */
  kind: 'short-code' | 'number' | 'name';
  twoWay: boolean;
}

/** The error says what is wrong and what to give instead; it repeats no number. */
export function describeSender(sender: string): SenderFacts | { error: string } {
  if (SHORT_CODE.test(sender)) return { kind: 'short-code', twoWay: true };
  if (FRENCH_MOBILE.test(sender))
    return error('a French mobile number (06, 07)', 'these may not send for a machine, ARCEP 2022-1583');
  if (sender.startsWith('+33') && !FRENCH_PLATFORM.test(sender))
    return error('another French number', 'of the long numbers only 09 37 to 09 39 may send');
  if (E164.test(sender)) return { kind: 'number', twoWay: true };
  if (NAME.test(sender)) return { kind: 'name', twoWay: false };
  return error(
    /^\+?\d+$/.test(sender) ? `${sender.replace(/\D/g, '').length} digits` : `${sender.length} characters`,
    'a name has 3 to 11 letters and digits without accents or spaces, one letter at least',
  );
}

const error = (got: string, why: string): { error: string } => ({
  error: `this sender cannot be used, got ${got}: ${why}; give a short code of 5 digits, a number from 09 37 to 09 39 as +339…, or a name such as VilleClichy`,
});

type Texts = string | Partial<Record<string, string>>;

/** "Répondre: clichy.fr/r" and "STOP au 36105", in every language there is; French where one is missing. */
export interface WayBack {
  answerAt: Texts;
  stopAt: Texts;
}

export interface WithWayBack {
  text: string;
  /** Of the whole message, as it goes out. */
  sms: Sms;
  /** Septets, or UTF-16 units, that were added. */
  added: number;
}

/**
 * A message as this sender may send it: from a name it says how to answer and how to stop, for a reply goes nowhere.
 * What the text already says is not said again, so doing this twice changes nothing. Throws where a way is missing.
 */
export function withWayBack(text: string, sender: string, ways: WayBack, language: string): WithWayBack {
  const facts = describeSender(sender);
  if ('error' in facts) throw new Error(facts.error);
  if (facts.twoWay) return { text, sms: sms(text), added: 0 };
  const footers = (['answerAt', 'stopAt'] as const).map((name) => {
    const way = typeof ways[name] === 'string' ? ways[name] : local(ways[name], language);
    if (!way?.trim())
      throw new Error(`a name takes no replies: ${name} is missing, give it in French at least`);
    return way.trim().replace(/\s*\n\s*/g, ' ');
  });
  const said = foldToGsm(text);
  const missing = footers.filter((way) => !said.includes(foldToGsm(way)));
  if (missing.length === 0) return { text, sms: sms(text), added: 0 };
  const whole = unbroken(text.trimEnd(), missing);
  return { text: whole, sms: sms(whole), added: sms(whole).units - sms(text).units };
}

/** Digits that belong together: a number, or a short code. */
const NUMBER = /\+?\d[\d .\-\u00a0\u202f]{2,}\d/g;
/** The longest number there is, with its spaces. */
const MOST_SPACES = 20;

/**
 * The footers on lines of their own. Some phones show the parts one by one: no number of a footer lies across two. The
 * spaces that push it into the next part stand at the end of a line, where nobody sees them.
 */
function unbroken(text: string, footers: string[]): string {
  const spread = (spaces: number[]): string =>
    footers.reduce(
      (before, footer, index) =>
        before === '' ? footer : `${before}${' '.repeat(spaces[index] ?? 0)}\n${footer}`,
      text,
    );
  const most = footers.length > 1 ? MOST_SPACES : 0;
  for (let first = 0; first <= MOST_SPACES; first += 1)
    for (let second = 0; second <= most; second += 1) {
      const whole = spread([first, second]);
      if (!isBroken(whole, footers.length)) return whole;
    }
  return spread([]);
}

/** Whether a number in the last lines lies across two parts. */
function isBroken(whole: string, lines: number): boolean {
  const { text, encoding, parts } = sms(whole);
  if (parts === 1) return false;
  const partAt = partsIn(text, encoding);
  const footers = text.split('\n').slice(-lines).join('\n');
  const start = text.length - footers.length;
  return [...footers.matchAll(NUMBER)].some(
    ({ index, 0: number }) => partAt[start + index] !== partAt[start + index + number.length - 1],
  );
}

/** For each UTF-16 unit the part it goes in, as `shape.ts` counts them. */
function partsIn(text: string, encoding: Sms['encoding']): number[] {
  const room = encoding === 'GSM-7' ? 153 : 67;
  const partAt: number[] = [];
  let part = 0;
  let used = 0;
  for (const letter of text) {
    const needed = encoding === 'GSM-7' ? measure(letter).units : letter.length;
    if (used + needed > room) {
      part += 1;
      used = 0;
    }
    used += needed;
    partAt.push(...Array<number>(letter.length).fill(part));
  }
  return partAt;
}
