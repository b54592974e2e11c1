/** An open question. Stored: the text as it came. */
import * as z from 'zod';
import { local } from '../phrase.ts';
import { lexicon } from '../understand/lexicon.ts';
import { fold, normalise } from '../understand/normalise.ts';
import { passes, type Reading, SKIP, UNCLEAR } from '../understand/reading.ts';
import { common, missedColumn, type QuestionType } from './type.ts';
import { canPass, defaultHint, passing, together, zero } from './zero.ts';

const schema = z.strictObject({ ...common, type: z.literal('text') });
type Text = z.infer<typeof schema>;

const saysNo = (plain: string, language: string): boolean => {
  const { no, noAlone, none } = lexicon(language);
  return no.has(plain) || noAlone.has(plain) || none.has(plain);
};

/** Any words, as they came; passing and a bare no are no words. */
export function readWords(said: string, language: string): Reading<string> {
  const plain = normalise(said);
  // An emoji alone is an answer here; only nothing at all is not.
  if (!plain) return fold(said).trim() ? { kind: 'value', value: said.trim() } : UNCLEAR;
  if (passes(plain, language) || saysNo(plain, language)) return SKIP;
  return { kind: 'value', value: said.trim() };
}

const known = { fromWorth: (_question: Text, worth: string) => worth };

export const text = {
  ...known,
  schema,
  prompt(question, voice) {
    const asked = local(question.text, voice.language);
    if (!voice.plain) return together(asked, zero(question, voice, known, voice.phrase('question.textHint')));
    const hint = canPass(question) ? 'question.textHint' : 'plain.question.words';
    return together(asked, voice.phrase(hint), defaultHint(question, voice, known));
  },
  again: (question, voice) =>
    voice.plain && !canPass(question)
      ? voice.phrase('plain.question.words')
      : together(voice.phrase('question.againText'), zero(question, voice, known)),
  takes: () => true,
  words: true,
  choices: (question, voice) => ({
    hint: together(voice.phrase('tap.text'), defaultHint(question, voice, known)),
    choices: passing(question, voice, { label: 'tap.nothing' }),
  }),
  parse: (_question, said, language) => readWords(said, language),
  worth: (_question, answer) => String(answer.v),
  columns: () => [
    {
      suffix: '_texte',
      coded: true,
      kind: 'text',
      cell: (answer) => (answer.v === undefined ? undefined : String(answer.v)),
    },
    {
      suffix: '_langue_origine',
      coded: false,
      kind: 'text',
      cell: (answer) => (answer.v === undefined ? undefined : answer.l),
    },
    // Filled by a person later; the column stands now so that staff's own sheets keep their shape.
    { suffix: '_traduction', coded: false, kind: 'text', cell: () => undefined },
    missedColumn,
  ],
} satisfies QuestionType<Text> & { schema: typeof schema };
