/**
 * What every question type offers. A new type is one file with this shape, and one line in `questions.ts`.
 */
import * as z from 'zod';
import type { Answer } from '../events.ts';
import type { Voice } from '../moment.ts';
import type { Tap, Tappable } from '../offer.ts';
import { local } from '../phrase.ts';
import type { Reading } from '../understand/reading.ts';

export const Texts = z
  .record(z.string(), z.string().min(1))
  .refine((texts) => 'fr' in texts, 'French is missing');

/** What every question has. The id is for ever: answers are stored under it. */
export const common = {
  id: z
    .string()
    .regex(/^[a-z][a-z0-9_]*$/, 'a question id is a lower-case letter, then letters, digits and _'),
  text: Texts,
};

export const Option = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_]*$/),
  label: Texts,
  /** Choosing it asks "other: what?". */
  other: z.literal(true).optional(),
});
export type Option = z.infer<typeof Option>;
export const Options = z.array(Option).min(2).max(9, 'nine options at most: each is one digit');

export type Value = NonNullable<Answer['v']>;

/** A column of the export. `coded` columns carry the missing-value codes, the others stay empty. */
export interface Column {
  suffix: string;
  coded: boolean;
  /** `number` goes out bare with a decimal comma, `text` is made inert for spreadsheets. */
  kind: 'number' | 'text';
  cell(answer: Answer): string | number | undefined;
  /** What each code means, where the column has codes. */
  codes?: { code: number; label: string }[];
  /** The id of the one option the column is about: who was never offered it did not leave it out. */
  option?: string;
}

export interface QuestionType<Question> {
  schema: z.ZodObject;
  /** The question as it is asked, without its n/total. */
  prompt(question: Question, voice: Voice): string;
  /** How it is asked again; `got` is the number that is not on offer. */
  again(question: Question, voice: Voice, got?: string): string;
  /** What can be tapped in answer. */
  choices(question: Question, voice: Voice): Tappable;
  /** Any text is an answer, and so is a recording or a picture. */
  open?: true;
  /** In plain mode: the options that are asked one by one, a yes or no each; none where it is one question. */
  oneByOne?(question: Question, language: string): string[];
  parse(question: Question, said: string, language: string): Reading<Value>;
  /** Whether this value is to be followed by "other: what?". */
  asksOther?(question: Question, value: Value): boolean;
  /** What the value says in words, where it is a code. */
  labels?(question: Question, answer: Answer, language: string): string[];
  columns(question: Question): Column[];
}

/** "1 tous les jours 2 chaque semaine …"; in plain mode with commas between. */
export const numbered = (options: Option[], { language, plain }: Voice): string =>
  options.map((option, index) => `${index + 1} ${local(option.label, language)}`).join(plain ? ', ' : ' ');

/** The last row, which passes: a typed 0. */
export const passing = (voice: Voice): Tap => ({ token: '0', label: voice.phrase('tap.skip') });

/** "1, 2, 3 ou 4" */
export function numbers(count: number, voice: Voice): string {
  const all = Array.from({ length: count }, (_, index) => index + 1);
  return `${all.slice(0, -1).join(', ')} ${voice.phrase('question.or')} ${all.at(-1)}`;
}

const named = new WeakMap<Option[], Map<string, string[][]>>();

/** Every name an option answers to: the label in the resident's language and in French. Made once a question. */
export function namesOf(options: Option[], language: string): string[][] {
  const known = named.get(options) ?? new Map<string, string[][]>();
  named.set(options, known);
  const made =
    known.get(language) ??
    options.map((option) => [...new Set([local(option.label, language), local(option.label, 'fr')])]);
  known.set(language, made);
  return made;
}

export const commentColumn: Column = {
  suffix: '_commentaire',
  coded: false,
  kind: 'text',
  cell: (answer) => answer.c,
};
/** The reply as it came, where it differs from the value; and the replies that were not understood. */
export const rawColumn: Column = {
  suffix: '_brut',
  coded: false,
  kind: 'text',
  cell: (answer) => answer.r ?? (answer.x ? answer.x.join(' | ') : undefined),
};

/** The labels of chosen options, by their numbers from 1. */
export const labelsOf = (options: Option[], numbers: number[], language: string): string[] =>
  numbers.flatMap((number) => {
    const option = options[number - 1];
    return option ? [local(option.label, language)] : [];
  });
