/**
 * A text as SMS can carry it: GSM-7 or UCS-2, how many parts, and folded to GSM-7 where that saves a part.
 * Source of the alphabet: 3GPP TS 23.038; of the limits: 160/153 septets, 70/67 UTF-16 units.
 */

const BASE = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const EXTENSION = new Set('\f^{}\\[~]|€');

/** Typography that has a plain form; what is not here loses its accent by decomposition, or stays. */
const PLAIN: Record<string, string> = {
  '’': "'",
  '‘': "'",
  '‚': ',',
  '`': "'",
  '´': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '«': '"',
  '»': '"',
  '…': '...',
  '–': '-',
  '—': '-',
  '‑': '-',
  '•': '-',
  '·': '-',
  œ: 'oe',
  Œ: 'OE',
  ı: 'i',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  '°': 'o',
  '½': '1/2',
  '²': '2',
  '³': '3',
  '№': 'No',
  '×': 'x',
  '÷': '/',
  '\u00a0': ' ',
  '\u202f': ' ',
  '\u2009': ' ',
  '\u200b': '',
  '\ufeff': '',
  '\t': ' ',
};

export interface Sms {
  /** The text as it goes out. */
  text: string;
  encoding: 'GSM-7' | 'UCS-2';
  /** Septets or UTF-16 units. */
  units: number;
  parts: number;
}

/** The text in GSM-7 letters wherever a letter has one: ê → e, « → ", … → ... ; é è à ù ü ñ stay. */
export function foldToGsm(text: string): string {
  let folded = '';
  // « word » would leave a space inside the straight quotes that nobody would type.
  const closed = text.normalize('NFC').replace(/«[ \u00a0\u202f]|[ \u00a0\u202f]»/g, (quote) => quote.trim());
  for (const letter of closed) {
    if (BASE.has(letter) || EXTENSION.has(letter)) folded += letter;
    else folded += PLAIN[letter] ?? withoutAccent(letter);
  }
  return folded;
}

function withoutAccent(letter: string): string {
  const bare = letter.normalize('NFD').replace(/\p{M}/gu, '');
  return [...bare].every((each) => BASE.has(each)) && bare ? bare : letter;
}

/** Counts a text as it stands. */
export function measure(text: string): Sms {
  let septets = 0;
  for (const letter of text) {
    if (BASE.has(letter)) septets += 1;
    else if (EXTENSION.has(letter)) septets += 2;
    else
      return {
        text,
        encoding: 'UCS-2',
        units: text.length,
        parts: partsOf(text, 70, 67, (each) => each.length),
      };
  }
  const width = (letter: string): number => (EXTENSION.has(letter) ? 2 : 1);
  return { text, encoding: 'GSM-7', units: septets, parts: partsOf(text, 160, 153, width, septets) };
}

/** An escape pair or a surrogate pair is never split over two parts. */
function partsOf(
  text: string,
  single: number,
  joined: number,
  width: (letter: string) => number,
  total = text.length,
): number {
  if (total <= single) return 1;
  let parts = 1;
  let room = joined;
  for (const letter of text) {
    const needed = width(letter);
    if (needed > room) {
      parts += 1;
      room = joined;
    }
    room -= needed;
  }
  return parts;
}

/** Our texts come again and again; what was measured once is kept, up to this many. */
const MEMORY = 2000;
const measured = new Map<string, Sms>();

/** The text as it is sent: composed letters, and folded where that saves a part; otherwise the accents stay. */
export function sms(text: string): Sms {
  const known = measured.get(text);
  if (known) return known;
  const made = shaped(text);
  if (measured.size >= MEMORY) measured.clear();
  measured.set(text, made);
  return made;
}

function shaped(text: string): Sms {
  const plain = measure(text.normalize('NFC'));
  if (plain.encoding === 'GSM-7') return plain;
  const folded = measure(foldToGsm(text));
  return folded.parts < plain.parts ? folded : plain;
}

/** The first of the candidates that goes in the fewest parts; candidates go from the fullest to the shortest. */
export function shortest(candidates: string[]): string {
  let best = candidates[0] as string;
  let parts = sms(best).parts;
  for (const candidate of candidates) {
    const needed = sms(candidate).parts;
    if (needed < parts) {
      best = candidate;
      parts = needed;
    }
  }
  return best;
}
