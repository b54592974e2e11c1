/**
 * A catalogue as a PO file. gettext-parser writes it; it is read here, since that library forgets the lines, keeps
 * the last of two entries and passes over what it does not know, and a translator needs to hear of all three.
 */
import { po } from 'gettext-parser';
import type { Catalogue, Remark, Row, Sheet } from '../../conversations/translate/entry.ts';
import { Unreadable } from './unreadable.ts';

const NAME = 'X-Porte-Voix';
const REVIEW = 'X-Review';
const READ = 'reviewed';
const UNREAD = 'to be reviewed';

const HELP = [
  'Textes de Porte-Voix à traduire.',
  'Ne changez que les lignes msgstr. Gardez les repères comme {{count}} ou ${age} tels quels.',
  'Enlevez « fuzzy » de ce que vous avez relu. Si tout est relu par une personne dont',
  `c'est la langue, écrivez plus bas ${REVIEW}: ${READ}`,
];

/** gettext writes what is behind a language's code with an @. */
const toGettext = (language: string): string => language.replace('-', '@');
const fromGettext = (language: string): string => language.trim().replace('@', '-');

/** The bytes of the file: UTF-8, nothing folded, so that a changed text is a changed line. */
export function writePo({ name, language, entries }: Catalogue): Buffer {
  const table = {
    charset: 'utf-8',
    headers: {
      'Project-Id-Version': 'porte-voix',
      Language: toGettext(language),
      'MIME-Version': '1.0',
      'Content-Type': 'text/plain; charset=UTF-8',
      'Content-Transfer-Encoding': '8bit',
      [NAME]: name,
      [REVIEW]: UNREAD,
    },
    translations: {
      '': { '': { msgid: '', comments: { translator: HELP.join('\n') }, msgstr: [''] } },
      ...Object.fromEntries(
        entries.map(({ key, source, text, notes, unread }) => [
          key,
          {
            [source]: {
              msgctxt: key,
              msgid: source,
              comments: { extracted: notes.join('\n'), ...(unread && text && { flag: 'fuzzy' }) },
              msgstr: [text],
            },
          },
        ]),
      ),
    },
  };
  return po.compile(table as never, { foldLength: 0 });
}

interface Block {
  line: number;
  flags: string[];
  parts: Partial<Record<Keyword, { line: number; text: string }>>;
}
type Keyword = 'msgctxt' | 'msgid' | 'msgstr';

const ORDER: Keyword[] = ['msgctxt', 'msgid', 'msgstr'];
const KEYWORD = /^([a-z_]+(?:\[\d+\])?)[ \t]+(".*)$/s;
const QUOTED = /^"((?:[^"\\]|\\.)*)"[ \t]*$/s;
const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r', '"': '"', '\\': '\\' };

/** Throws `Unreadable` with every line that is not one of a PO file. */
export function readPo(text: string): Sheet {
  const faults: Remark[] = [];
  const blocks = blocksOf(text.split('\n'), faults);
  if (faults.length > 0) throw new Unreadable(faults);
  const header = blocks.find(({ parts }) => !parts.msgctxt && parts.msgid?.text === '');
  if (!header)
    throw new Unreadable([{ line: 1, what: `l'en-tête manque (msgid "" avec ${NAME} et Language)` }]);
  const rows: Row[] = [];
  for (const block of blocks) {
    if (block === header) continue;
    const { msgctxt, msgid, msgstr } = block.parts;
    if (!msgctxt)
      faults.push({ line: block.line, what: "msgctxt manque: c'est lui qui dit de quel texte il s'agit" });
    else
      rows.push({
        line: msgstr?.line ?? block.line,
        key: msgctxt.text,
        source: msgid?.text ?? '',
        text: msgstr?.text ?? '',
        unsure: block.flags.includes('fuzzy'),
      });
  }
  const head = headOf(header, faults);
  if (faults.length > 0) throw new Unreadable(faults);
  return { ...head, rows };
}

function blocksOf(lines: string[], faults: Remark[]): Block[] {
  const blocks: Block[] = [];
  let flags: string[] = [];
  let block: Block | undefined;
  let last: Keyword | undefined;
  const fault = (line: number, what: string): void => {
    faults.push({ line, what });
  };
  const close = (line: number): void => {
    if (block && last !== 'msgstr') fault(line, `msgstr manque après la ligne ${block.line}`);
    block = undefined;
    last = undefined;
  };
  for (const [index, raw] of lines.entries()) {
    const line = index + 1;
    const written = raw.trim();
    if (!written) continue;
    if (written.startsWith('#')) {
      if (last === 'msgstr') close(line);
      if (written.startsWith('#,'))
        flags.push(
          ...written
            .slice(2)
            .split(',')
            .map((flag) => flag.trim()),
        );
      continue;
    }
    const [, word, behind] = written.match(KEYWORD) ?? [];
    const text = unquoted(behind ?? written);
    if (text === undefined) {
      fault(
        line,
        `ligne illisible « ${shortened(written)} »: guillemet en trop ou manquant, ou texte hors des guillemets`,
      );
      continue;
    }
    if (word === undefined) {
      const part = last && block?.parts[last];
      if (part) part.text += text;
      else fault(line, `texte sans msgid ni msgstr « ${shortened(written)} »`);
      continue;
    }
    if (!isKeyword(word)) {
      fault(line, `« ${word} » n'a pas sa place ici: attendu msgctxt, msgid ou msgstr`);
      continue;
    }
    if (!block || last === 'msgstr') {
      close(line);
      block = { line, flags, parts: {} };
      flags = [];
      blocks.push(block);
    }
    const follows = last === undefined ? word !== 'msgstr' : ORDER.indexOf(word) === ORDER.indexOf(last) + 1;
    if (!follows) fault(line, `« ${word} » n'est pas à sa place: l'ordre est msgctxt, msgid, msgstr`);
    block.parts[word] = { line, text };
    last = word;
  }
  close(lines.length);
  return blocks;
}

const isKeyword = (word: string): word is Keyword => (ORDER as string[]).includes(word);

const LONGEST = 40;
const shortened = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

function unquoted(text: string): string | undefined {
  const [, inner] = text.match(QUOTED) ?? [];
  if (inner === undefined) return undefined;
  const isKnown = [...inner.matchAll(/\\(.)/gs)].every(([, letter = '']) => letter in ESCAPES);
  return isKnown ? inner.replace(/\\(.)/gs, (_, letter: string) => ESCAPES[letter] ?? '') : undefined;
}

/** Which catalogue, which language, and whether it was read. */
function headOf({ line, parts }: Block, faults: Remark[]): Omit<Sheet, 'rows'> {
  const headers = new Map<string, string>();
  for (const each of (parts.msgstr?.text ?? '').split('\n')) {
    const [name = '', ...value] = each.split(':');
    headers.set(name.trim().toLowerCase(), value.join(':').trim());
  }
  const header = (name: string): string => headers.get(name.toLowerCase()) ?? '';
  const missing = [NAME, 'Language'].filter((name) => !header(name));
  if (missing.length > 0) faults.push({ line, what: `l'en-tête ne dit pas ${missing.join(' ni ')}` });
  const [, charset] = header('Content-Type').match(/charset=([^\s;]+)/i) ?? [];
  if (charset && !/^utf-?8$/i.test(charset))
    faults.push({ line, what: `l'en-tête dit charset=${charset}: enregistrez le fichier en UTF-8` });
  const review = header(REVIEW);
  if (review && review !== READ && review !== UNREAD)
    faults.push({
      line,
      what: `${REVIEW}: reçu « ${shortened(review)} », attendu « ${READ} » ou « ${UNREAD} », sans nom`,
    });
  return { name: header(NAME), language: fromGettext(header('Language')), reviewed: review === READ, line };
}
