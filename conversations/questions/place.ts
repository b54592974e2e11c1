/** A place: an address in words, or one shared on WhatsApp. Stored: the words; where it is on the map stands in `p`. */
import * as z from 'zod';
import { local } from '../phrase.ts';
import { text } from './text.ts';
import { common, type QuestionType, textColumn } from './type.ts';

const schema = z.strictObject({ ...common, type: z.literal('place') });
type PlaceQuestion = z.infer<typeof schema>;

export const place = {
  schema,
  prompt: (question, voice) =>
    `${local(question.text, voice.language)} ${voice.phrase('question.placeHint')}`,
  again: (_question, voice) => voice.phrase('question.againText'),
  open: true,
  choices: (_question, voice) => ({
    hint: voice.phrase('question.placeTapHint'),
    choices: [{ token: '0', label: voice.phrase('tap.skip') }],
  }),
  parse: (question, said, language) => text.parse({ ...question, type: 'text' }, said, language),
  worth: (_question, answer) => String(answer.v),
  columns: () => [
    textColumn('_texte'),
    { suffix: '_latitude', coded: false, kind: 'number', cell: (answer) => answer.p?.latitude },
    { suffix: '_longitude', coded: false, kind: 'number', cell: (answer) => answer.p?.longitude },
  ],
} satisfies QuestionType<PlaceQuestion> & { schema: typeof schema };
