/** The folder `locales/`, or a copy of it: our texts of one language, and the same files with what came back in them. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import type { Catalogue } from '../../conversations/translate/entry.ts';
import type { Filled } from '../../conversations/translate/filled.ts';
import { withTexts } from '../../conversations/translate/json-edit.ts';
import {
  FILES,
  type FileName,
  type Given,
  type Group,
  type Ours,
  STATUS,
} from '../../conversations/translate/ours.ts';
import { type Seen, seenOf } from '../../conversations/translate/review.ts';
import type { Language } from '../../locales/index.ts';
import { REVIEWED } from '../../locales/notice.ts';
import { Refused } from '../command/refused.ts';
import { readBytes } from './files.ts';

const UNREAD = 'to be reviewed by a native speaker';
const Texts = z.record(z.string(), z.string());
const Words = z.looseObject({ status: z.string() });
const AllSeen = z.record(z.string(), z.record(z.string(), z.string()));

const fileOf = (folder: string, language: string, name: string): string =>
  path.join(folder, language, `${name}.json`);
const seenFile = (folder: string): string => path.join(folder, 'reviewed.json');

function parsed<Shape>(file: string, schema: z.ZodType<Shape>): Shape {
  try {
    return schema.parse(JSON.parse(readBytes(file).toString('utf8')));
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw new Refused(`« ${file} » n'est pas un fichier de textes de Porte-Voix`, { cause: error });
  }
}

const oursOf = (folder: string, language: string): Ours =>
  Object.fromEntries(FILES.map((name) => [name, parsed(fileOf(folder, language, name), Texts)])) as Ours;

const allSeen = (folder: string): Record<string, Seen> =>
  existsSync(seenFile(folder)) ? parsed(seenFile(folder), AllSeen) : {};

export interface Local extends Given {
  folder: string;
  language: Language;
}

/** What the folder says in the language. Throws `Refused`. */
export function readLocal(folder: string, language: Language, filled: Filled): Local {
  const own = oursOf(folder, language);
  return {
    folder,
    language,
    own,
    french: oursOf(folder, 'fr'),
    status: {
      messages: parsed(fileOf(folder, language, 'words'), Words).status,
      page: own.notice[STATUS] ?? '',
    },
    filled,
    seen: allSeen(folder)[language],
  };
}

export interface Edit {
  /** By key of the catalogue. */
  texts: Record<string, string>;
  /** What becomes of a group's status; nothing where it stays. */
  status: Partial<Record<Group, 'read' | 'to read again'>>;
}

/** The files that differ once the edit is in them, by path. */
export function edited(
  { folder, language, seen }: Local,
  catalogue: Catalogue,
  edit: Edit,
): Map<string, string> {
  const files = new Map<string, string>();
  const change = (name: FileName | 'words', texts: Record<string, string>, order: string[]): void => {
    const file = fileOf(folder, language, name);
    const before = files.get(file) ?? readBytes(file).toString('utf8');
    const after = withTexts(before, texts, order);
    if (after !== before) files.set(file, after);
  };
  for (const name of FILES) {
    const texts = Object.entries(edit.texts).filter(([key]) => key.startsWith(`${name}/`));
    const order = catalogue.entries.map(({ key }) => key.slice(name.length + 1));
    if (texts.length > 0)
      change(name, Object.fromEntries(texts.map(([key, text]) => [key.slice(name.length + 1), text])), order);
  }
  const said = { read: REVIEWED, 'to read again': UNREAD };
  const { messages, page } = edit.status;
  if (messages) change('words', { status: said[messages] }, []);
  if (page) change('notice', { status: said[page] }, []);
  const read = catalogue.entries.filter(
    ({ key }) => edit.status[key.startsWith('notice/') ? 'page' : 'messages'] === 'read',
  );
  if (read.length > 0) {
    const now = read.map(({ key, source, text }) => [key, seenOf(source, edit.texts[key] ?? text)]);
    const all = { ...allSeen(folder), [language]: { ...seen, ...Object.fromEntries(now) } };
    files.set(seenFile(folder), `${JSON.stringify(all, null, 2)}\n`);
  }
  return files;
}
