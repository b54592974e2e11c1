/**
 * A place: an address in words, or one shared on WhatsApp. Stored: the words, or what the shared place is called; where
 * it is on the map stands in `p`.
 */
import * as z from 'zod';
import { local } from '../phrase.ts';
import { readWords } from './text.ts';
import { common, missedColumn, type QuestionType, textColumn } from './type.ts';
import { defaultHint, passing, together, zero } from './zero.ts';

const schema = z.strictObject({ ...common, type: z.literal('place') });
type PlaceQuestion = z.infer<typeof schema>;

const known = { fromWorth: (_question: PlaceQuestion, worth: string) => worth };

export const place = {
  ...known,
  schema,
  prompt: (question, voice) =>
    together(
      local(question.text, voice.language),
      voice.phrase('question.placeHint'),
      defaultHint(question, voice, known),
    ),
  again: (question, voice) =>
    together(
      voice.phrase(voice.plain ? 'plain.question.placeHint' : 'question.againText'),
      zero(question, voice, known),
    ),
  takes: (_question, what) => what === 'place',
  words: true,
  choices: (question, voice) => ({
    hint: together(voice.phrase('question.placeTapHint'), defaultHint(question, voice, known)),
    choices: passing(question, voice),
  }),
  parse: (_question, said, language) => readWords(said, language),
  worth: (_question, answer) => String(answer.v),
  columns: () => [
    textColumn('_texte'),
    { suffix: '_latitude', coded: false, kind: 'number', cell: (answer) => answer.p?.latitude },
    { suffix: '_longitude', coded: false, kind: 'number', cell: (answer) => answer.p?.longitude },
    missedColumn,
  ],
} satisfies QuestionType<PlaceQuestion> & { schema: typeof schema };
