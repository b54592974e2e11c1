/**
 * What every question type offers. A new type is one file with this shape, and one line in `questions.ts`.
 */
import * as z from 'zod';
import type { Answer, Media } from '../events.ts';
import type { Voice } from '../moment.ts';
import type { Tappable } from '../offer.ts';
import type { Reading } from '../understand/reading.ts';

/** A text by language code. Which language must stand in it is the survey's `base`. */
export const Texts = z
  .record(z.string(), z.string().min(1))
  .refine((texts) => Object.keys(texts).length > 0, 'has no text in any language');
export type Texts = z.infer<typeof Texts>;

/** The names XLSForm allows, so that a form keeps its own. */
export const Name = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_.-]*$/, 'a name is a letter or _, then letters, digits, _ . and -');

/** A formula as in XLSForm: `${a} = 'b' and not(selected(${c}, 'd'))`; see `expression.ts`. */
const Formula = z.string().min(1);

/** What every item of a survey has. The id is for ever: answers are stored under it. */
export const item = {
  id: Name,
  /** The id of the section it stands in. */
  section: Name.optional(),
  /** Asked only where this is true; without it, always. */
  relevant: Formula.optional(),
};

/** What every question has. */
export const common = {
  ...item,
  text: Texts,
  /** Said behind the question where it costs no part more, and always when it is asked again. */
  hint: Texts.optional(),
  /** For who asks it face to face, and for translators; never sent. */
  guidance: Texts.optional(),
  /** Cannot be passed with 0. */
  required: z.literal(true).optional(),
  /** What passing counts as: an option's id, a number, a text, a day, `yes` or `no`; several apart by spaces. */
  default: z.string().min(1).optional(),
  /** The answer counts only where this is true; `.` is the answer. */
  constraint: Formula.optional(),
  /** Said where it is not; else that the answer is not possible. */
  constraintMessage: Texts.optional(),
};

export const Option = z.strictObject({
  /** What formulas know it by, as the `name` of an XLSForm choice. */
  id: z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/, 'an option id is letters, digits, _ . and -'),
  label: Texts,
  /** Choosing it asks "other: what?". */
  other: z.literal(true).optional(),
  /** What else it may be typed as (`sms_option`). */
  typed: z.string().min(1).optional(),
  /** What a choice filter looks at, by column name. */
  columns: z.record(z.string(), z.string()).optional(),
});
export type Option = z.infer<typeof Option>;
/** More than nine are shown eight at a time. */
export const Options = z.array(Option).min(1).max(500);

/** What questions with options have. */
export const choosing = {
  ...common,
  options: Options,
  /** The name of the list in an XLSForm, where several questions share it. */
  list: z.string().min(1).optional(),
  /** Only the options for which this is true are offered: plain names are their columns. */
  filter: Formula.optional(),
};

export type Value = NonNullable<Answer['v']>;

/** What can come besides words. */
export type Beside = Exclude<Media['kind'], 'sticker'> | 'place';

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
  /** Nothing is answered: `told` is said before what comes next, `worked-out` is never said. */
  silent?: 'told' | 'worked-out';
  /** The question as it is asked, without its n/total. */
  prompt(question: Question, voice: Voice): string;
  /** How it is asked again; `got` is the number that is not on offer. */
  again(question: Question, voice: Voice, got?: string): string;
  /** What can be tapped in answer. */
  choices(question: Question, voice: Voice): Tappable;
  /** The value is the resident's own words: what is said right behind it belongs to it. */
  words?: true;
  /** Whether this is an answer beside words, or instead of them. */
  takes?(question: Question, what: Beside): boolean;
  /** Where files can come, words alone are answered once with a wish for one; after that they count. */
  wantsFile?: true;
  /** In plain mode: the options that are asked one by one, a yes or no each; none where it is one question. */
  oneByOne?(question: Question, language: string): string[] | undefined;
  /** `now` is YYYY-MM-DDTHH:MM in Paris, for what is said from there ("demain"). */
  parse(question: Question, said: string, language: string, now: string): Reading<Value>;
  /** The answer as formulas see it: an option's id, several apart by spaces, a number, a text, a day. */
  worth(question: Question, answer: Answer): string | number;
  /** The value that formulas see as this; undefined where the question has none such. */
  fromWorth(question: Question, worth: string): Value | undefined;
  /** Whether this value is to be followed by "other: what?". */
  asksOther?(question: Question, value: Value): boolean;
  /** What the value says in words, where it is a code. */
  labels?(question: Question, answer: Answer, language: string): string[];
  /** What the value says in words, where it is the resident's own: "vendredi 24 mai 2024". */
  shown?(answer: Answer, language: string): string;
  columns(question: Question): Column[];
}

export const commentColumn: Column = {
  suffix: '_commentaire',
  coded: false,
  kind: 'text',
  cell: (answer) => answer.c,
};
/** The reply as it came, where it differs from the value, or that it was passed; and the replies that were not understood. */
export const rawColumn: Column = {
  suffix: '_brut',
  coded: false,
  kind: 'text',
  cell: ({ r, d, x }) => r ?? (d ? '0 (par défaut)' : x?.join(' | ')),
};
/** The replies that were not understood, where the value is the resident's own text. */
export const missedColumn: Column = {
  suffix: '_incompris',
  coded: false,
  kind: 'text',
  cell: (answer) => answer.x?.join(' | '),
};

/** What was said to "other: what?", where an option asks it. */
export const otherColumns = (options: Option[]): Column[] =>
  options.some((option) => option.other)
    ? [{ suffix: '_autre_texte', coded: false, kind: 'text', cell: (answer) => answer.o }]
    : [];

/** A column with a text of the answer's own. */
export const textColumn = (suffix: string): Column => ({
  suffix,
  coded: true,
  kind: 'text',
  cell: (answer) => (answer.v === undefined ? undefined : String(answer.v)),
});
