/** An open question. Stored: the text as it came. */
import * as z from 'zod';
import { local } from '../phrase.ts';
import { lexicon } from '../understand/lexicon.ts';
import { fold, normalise } from '../understand/normalise.ts';
import { passes, SKIP, UNCLEAR } from '../understand/reading.ts';
import { common, type QuestionType } from './type.ts';

const schema = z.strictObject({ ...common, type: z.literal('text') });
type Text = z.infer<typeof schema>;

const saysNo = (plain: string, language: string): boolean => {
  const { no, noAlone, none } = lexicon(language);
  return no.has(plain) || noAlone.has(plain) || none.has(plain);
};

export const text = {
  schema,
  prompt: (question, voice) => `${local(question.text, voice.language)} ${voice.phrase('question.textHint')}`,
  again: (_question, voice) => voice.phrase('question.againText'),
  open: true,
  choices: (_question, voice) => ({
    hint: voice.phrase('tap.text'),
    choices: [{ token: '0', label: voice.phrase('tap.nothing') }],
  }),
  parse: (_question, said, language) => {
    const plain = normalise(said);
    // An emoji alone is an answer here; only nothing at all is not.
    if (!plain) return fold(said).trim() ? { kind: 'value', value: said.trim() } : UNCLEAR;
    if (passes(plain, language) || saysNo(plain, language)) return SKIP;
    return { kind: 'value', value: said.trim() };
  },
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
    { suffix: '_incompris', coded: false, kind: 'text', cell: (answer) => answer.x?.join(' | ') },
  ],
} satisfies QuestionType<Text> & { schema: typeof schema };
