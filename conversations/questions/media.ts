/** A photo, a recording or a document, where the channel carries it; by SMS words, or the link to WhatsApp. */
import * as z from 'zod';
import { local } from '../phrase.ts';
import { text } from './text.ts';
import { common, type QuestionType, textColumn } from './type.ts';

const schema = z.strictObject({
  ...common,
  type: z.literal('media'),
  accepts: z.enum(['photo', 'voice', 'file']),
});
type MediaQuestion = z.infer<typeof schema>;

export const media = {
  schema,
  prompt: (question, voice) =>
    `${local(question.text, voice.language)} ${voice.phrase(`question.${question.accepts}Hint`)}`,
  again: (_question, voice) => voice.phrase('question.againText'),
  open: true,
  choices: (question, voice) => ({
    hint: voice.phrase(`question.${question.accepts}TapHint`),
    choices: [{ token: '0', label: voice.phrase('tap.skip') }],
  }),
  parse: (question, said, language) => {
    const { accepts: _, ...rest } = question;
    return text.parse({ ...rest, type: 'text' }, said, language);
  },
  worth: (_question, answer) => String(answer.v),
  columns: () => [
    textColumn('_texte'),
    { suffix: '_fichiers', coded: false, kind: 'number', cell: (answer) => answer.f },
  ],
} satisfies QuestionType<MediaQuestion> & { schema: typeof schema };
