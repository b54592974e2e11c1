/**
 * What residents wrote in answer to one question, a page at a time. Of a survey that names nobody only what has been cut
 * apart is read, since two texts of one sheet must not be laid side by side.
 */
import { apart, type Words } from '../../../conversations/anonymous.ts';
import { inParis } from '../../../conversations/hours.ts';
import { local } from '../../../conversations/phrase.ts';
import { type Question, typeOf } from '../../../conversations/questions.ts';
import type { Survey } from '../../../conversations/survey.ts';
import type { Deps } from '../../runtime/deps.ts';
import { pageWhere } from '../list.tsx';

/**
 * Sheets looked at for a page, and one more to see whether there are others: two pages of the store, or as many shards
 * as a small survey is spread over.
 */
const LOOKED_AT = 100;
/** Tagged texts that are counted, and looked through for one tag. */
export const COUNTED = 1000;

const KINDS = ['texte', 'autre', 'commentaire'] as const;
type Kind = (typeof KINDS)[number];

/** What one resident wrote to the question; of an anonymous survey, one text. */
export interface Said {
  /** The sheet's pseudonym, or the random name of a text. */
  name: string;
  language: string;
  /** YYYY-MM-DD in Paris; unknown of what was cut apart. */
  day?: string;
  parts: { kind: Kind; text: string }[];
  tags: string[];
  /** Of what is read and its tags as they stand: a form that comes later is about the same. */
  version: string;
}

export interface Wanted {
  survey: Survey;
  question: string;
  language?: string | undefined;
}

export interface TextsPage {
  said: Said[];
  looked: number;
  next?: string;
}

/** The questions that can have words in answer, those that ask for them first; of every revision, the latest text. */
export function wordedQuestions({ world }: Deps, key: string): { question: Question; kind: Kind }[] {
  const revisions = world.surveys.every().filter((survey) => survey.key === key);
  const byId = new Map<string, { question: Question; kind: Kind }>();
  for (const { questions } of [...revisions].reverse())
    for (const question of questions)
      if (!typeOf(question).silent && !byId.has(question.id))
        byId.set(question.id, { question, kind: kindOf(question) });
  return [...byId.values()].sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind));
}

function kindOf(question: Question): Kind {
  if (typeOf(question).words) return 'texte';
  return 'options' in question && question.options.some((option) => 'other' in option && option.other)
    ? 'autre'
    : 'commentaire';
}

export const askedIn = (question: Question, { base = 'fr' }: Survey): string =>
  'text' in question ? (question.text.fr ?? local(question.text, base)) : question.id;

type Texts = Omit<Said, 'tags' | 'version'>;

/** Where the texts of a survey are read from, behind a name and by their names. */
function sourceOf(deps: Deps, { survey, question, language }: Wanted) {
  const { key } = survey;
  const wants = (words: Words): boolean =>
    words.question === question &&
    (KINDS as readonly string[]).includes(words.kind) &&
    (language === undefined || words.language === language);
  const partOf = ({ kind, text }: Words) => ({ kind: kind as Kind, text });
  const ofWords = ({ name, words }: { name: string; words: Words }): Texts | undefined =>
    wants(words) ? { name, language: words.language, parts: [partOf(words)] } : undefined;
  const ofSheet = ({ pseudonym, sheet }: Sheet): Texts | undefined => {
    const all = sheet ? apart(sheet, deps.world.surveys.get(key, sheet.revision)).words.filter(wants) : [];
    const [first] = all;
    if (!sheet || !first) return undefined;
    const day = inParis(new Date(sheet.ended ?? sheet.started)).date;
    return { name: pseudonym, language: first.language, day, parts: all.map(partOf) };
  };
  if (survey.anonymous)
    return {
      async *from(after?: string) {
        for await (const each of deps.words.from(key, LOOKED_AT + 1, after))
          yield { name: each.name, texts: ofWords(each) };
      },
      findMany: async (names: string[]) => (await deps.words.findMany(key, names)).map(ofWords),
    };
  return {
    async *from(after?: string) {
      for await (const each of deps.sheets.from(key, LOOKED_AT + 1, after))
        yield { name: each.pseudonym, texts: ofSheet(each) };
    },
    findMany: async (names: string[]) => (await deps.sheets.findMany(key, names)).map(ofSheet),
  };
}

type Sheet = { pseudonym: string; sheet?: Parameters<typeof apart>[0] };
const isThere = (texts: Texts | undefined): texts is Texts => texts !== undefined;

const named = (deps: Deps, texts: Texts, tags: string[]): Said => ({
  ...texts,
  tags,
  version: deps.hashes.event(`texts\n${JSON.stringify([texts.parts, tags])}`),
});

/** The next ones behind `after`. */
export async function textsBehind(deps: Deps, wanted: Wanted, after?: string): Promise<TextsPage> {
  const { items, looked, next } = await pageWhere(sourceOf(deps, wanted).from(after), {
    wanted: ({ texts }) => texts !== undefined,
    cursorOf: ({ name }) => name,
    lookedAt: LOOKED_AT,
  });
  const found = items.map(({ texts }) => texts).filter(isThere);
  const tags =
    found.length === 0
      ? undefined
      : await deps.tags.findMany(
          wanted.survey.key,
          found.map(({ name }) => name),
        );
  const said = found.map((texts) => named(deps, texts, tags?.get(texts.name)?.[wanted.question]?.tags ?? []));
  return { said, looked, ...(next !== undefined && { next }) };
}

/** The same of those that have a tag. */
export async function textsTagged(
  deps: Deps,
  wanted: Wanted,
  tag: string,
  after?: string,
): Promise<TextsPage> {
  const { survey, question, language } = wanted;
  const { items, looked, next } = await pageWhere(deps.tags.from(survey.key, COUNTED + 1, after), {
    wanted: ({ of: { [question]: own } }) =>
      own?.tags.includes(tag) === true && (language === undefined || own.language === language),
    cursorOf: ({ name }) => name,
    lookedAt: COUNTED,
  });
  const texts = (await sourceOf(deps, wanted).findMany(items.map(({ name }) => name))).filter(isThere);
  const said = texts.map((each) =>
    named(deps, each, items.find(({ name }) => name === each.name)?.of[question]?.tags ?? []),
  );
  return { said, looked, ...(next !== undefined && { next }) };
}

/** One of them; undefined where there is no such text, or none any more. */
export async function textOf(deps: Deps, wanted: Wanted, name: string): Promise<Said | undefined> {
  const [texts] = await sourceOf(deps, wanted).findMany([name]);
  if (!texts) return undefined;
  const tags = (await deps.tags.findMany(wanted.survey.key, [name])).get(name);
  return named(deps, texts, tags?.[wanted.question]?.tags ?? []);
}

/** How many texts have each tag, most first; `all` is false where there are more tagged texts than were looked at. */
export async function tagCounts(
  deps: Deps,
  { survey, question, language }: Wanted,
): Promise<{ counts: [string, number][]; all: boolean }> {
  const counts = new Map<string, number>();
  let looked = 0;
  let all = true;
  for await (const { of } of deps.tags.from(survey.key, COUNTED + 1)) {
    if (looked === COUNTED) {
      all = false;
      break;
    }
    looked += 1;
    const own = of[question];
    if (!own || (language !== undefined && own.language !== language)) continue;
    for (const tag of own.tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  }
  const sorted = [...counts].sort(([a, m], [b, n]) => n - m || a.localeCompare(b, 'fr'));
  return { counts: sorted, all };
}
