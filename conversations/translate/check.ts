/** What came back from a translator, held against our catalogue: what changes, what is refused and why. */
import type { Catalogue, Change, Entry, Remark, Row, Sheet } from './entry.ts';
import { tooLong } from './length.ts';
import { wrongPlaces } from './places.ts';

export interface Outcome {
  /** With one of these, nothing of the file is taken. */
  refused: Remark[];
  /** Taken all the same. */
  warned: Remark[];
  /** Left as they are: the source has changed since the file was written. */
  late: Remark[];
  changes: Change[];
  /** Keys without a text, once the changes are in. */
  missing: string[];
  /** Keys of which the file says that they are not sure yet. */
  unsure: string[];
}

/** Not the marks of direction and the joiners that Arabic, Urdu, Tamil and Bengali are written with. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\ufffe\uffff]/;
/** What a wrong encoding leaves behind, and halves of letters. */
const SPOILT = /[\ufffd\ud800-\udfff]/u;
const LINK = /(?:https?:\/\/|wa\.me\/|m\.me\/|\{\{site\}\}\/)[^\s<>"«»،。]*[^\s<>"«»،。.,;:!?)]/g;
const TAG = /<\/?[a-zA-Z][^<>]*>/g;
/** As tests/locales/locales.test.ts has it. */
const COSTLY = /[’‘“”«»…–—\u00a0\u202f]/;

/** Composed letters, one kind of line break, no space around. */
export const tidied = (text: string): string => text.replace(/\r\n?/g, '\n').trim().normalize('NFC');

const same = (a: string, b: string): boolean => tidied(a) === tidied(b);

/** `known`: whether a key that is not in the catalogue was in it when the file was written. */
export function check(
  { entries }: Catalogue,
  { rows }: Sheet,
  known: (key: string) => boolean = () => false,
): Outcome {
  const byKey = new Map(entries.map((entry) => [entry.key, entry]));
  const outcome: Outcome = { refused: [], warned: [], late: [], changes: [], missing: [], unsure: [] };
  const first = new Map<string, number>();
  for (const row of rows) {
    const before = first.get(row.key);
    if (before !== undefined) {
      refuse(outcome, row, `déjà à la ligne ${before}, une clé ne vient qu'une fois`);
      continue;
    }
    first.set(row.key, row.line);
    const entry = byKey.get(row.key);
    if (entry) take(outcome, entry, row);
    else if (known(row.key)) late(outcome, row, "ce texte n'existe plus");
    else refuse(outcome, row, "clé inconnue, gardez celles de l'export");
  }
  const changed = new Map(outcome.changes.map(({ key, text }) => [key, text]));
  outcome.missing = entries.filter(({ key, text }) => !(changed.get(key) ?? text)).map(({ key }) => key);
  return outcome;
}

const remark = (row: Row, what: string): Remark => ({ line: row.line, what: `« ${row.key} »: ${what}` });
const refuse = (outcome: Outcome, row: Row, what: string): void => {
  outcome.refused.push(remark(row, what));
};
const late = (outcome: Outcome, row: Row, what: string): void => {
  outcome.late.push(remark(row, what));
};

function take(outcome: Outcome, entry: Entry, row: Row): void {
  const text = tidied(row.text);
  if (row.unsure) outcome.unsure.push(row.key);
  if (same(text, entry.text)) return;
  const faults = text
    ? faultsOf(entry, text)
    : ["texte vide, alors qu'il y en a un: un import n'efface rien"];
  const long = tooLong(text, entry.rules);
  if (long && entry.rules.strict) faults.push(`trop long, ${long}`);
  for (const fault of faults) refuse(outcome, row, fault);
  if (faults.length > 0) return;
  if (same(row.source, entry.source)) {
    if (long) outcome.warned.push(remark(row, `long, ${long}`));
    outcome.changes.push({ key: row.key, line: row.line, text, added: entry.text === '' });
  } else late(outcome, row, 'le texte de départ a changé depuis cet export, exportez de nouveau');
}

function faultsOf({ source, rules }: Entry, text: string): string[] {
  const faults = wrongPlaces(source, text, rules);
  const [control] = text.match(CONTROL) ?? [];
  if (control !== undefined) faults.push(`caractère de commande (${codeOf(control)})`);
  if (SPOILT.test(text)) faults.push('caractère abîmé (�), enregistrez le fichier en UTF-8');
  if (text.includes('\n') && !source.includes('\n')) faults.push('retour à la ligne en trop');
  faults.push(...differing(source, text, LINK, 'lien'), ...differing(source, text, TAG, 'balise'));
  const [costly] = (rules.plainLetters && text.match(COSTLY)) || [];
  if (costly) faults.push(`« ${costly} » (${codeOf(costly)}) n'est pas dans l'alphabet SMS`);
  return faults;
}

const codeOf = (letter: string): string =>
  `U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/** Links and marks of HTML go out as they are in the source. */
function differing(source: string, text: string, pattern: RegExp, noun: string): string[] {
  const wanted: string[] = source.match(pattern) ?? [];
  const got: string[] = text.match(pattern) ?? [];
  return [
    ...wanted.filter((each) => !got.includes(each)).map((each) => `${noun} « ${each} » changé ou perdu`),
    ...got.filter((each) => !wanted.includes(each)).map((each) => `${noun} « ${each} » ajouté`),
  ];
}
