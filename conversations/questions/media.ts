/**
 * A photo, a recording or a document, where the channel carries it; by SMS words answer, or WHATSAPP leads on. Stored:
 * the words, or what stands for the file; how many files came is `f`.
 */
import * as z from 'zod';
import { local } from '../phrase.ts';
import { readWords } from './text.ts';
import { type Beside, common, type QuestionType, textColumn } from './type.ts';
import { defaultHint, passing, together, zero } from './zero.ts';

const schema = z.strictObject({
  ...common,
  type: z.literal('media'),
  accepts: z.enum(['photo', 'voice', 'file']),
});
type MediaQuestion = z.infer<typeof schema>;

/** A film shows what a photo would; a photo of a document is the document. */
const TAKES: Record<MediaQuestion['accepts'], Beside[]> = {
  photo: ['photo', 'video'],
  voice: ['voice', 'video'],
  file: ['document', 'photo', 'voice', 'video'],
};

const known = { fromWorth: (_question: MediaQuestion, worth: string) => worth };

export const media = {
  ...known,
  schema,
  prompt: (question, voice) =>
    together(
      local(question.text, voice.language),
      voice.rich
        ? voice.phrase(`question.${question.accepts}TapHint`)
        : voice.phrase(`question.${question.accepts}Hint`),
      voice.whatsapp && !voice.rich && !voice.plain
        ? voice.phrase(`question.${question.accepts}Away`)
        : undefined,
      defaultHint(question, voice, known),
    ),
  again: (question, voice) =>
    together(
      voice.rich ? voice.phrase(`question.${question.accepts}TapHint`) : undefined,
      voice.rich ? voice.phrase('question.orWords') : voice.phrase('question.againText'),
      zero(question, voice, known),
    ),
  takes: ({ accepts }, what) => TAKES[accepts].includes(what),
  words: true,
  wantsFile: true,
  choices: (question, voice) => ({
    hint: together(voice.phrase(`question.${question.accepts}TapHint`), defaultHint(question, voice, known)),
    choices: passing(question, voice),
  }),
  parse: (_question, said, language) => readWords(said, language),
  worth: (_question, answer) => String(answer.v),
  columns: () => [
    textColumn('_texte'),
    { suffix: '_fichiers', coded: false, kind: 'number', cell: (answer) => answer.f },
    // Words that came where a file was wished for.
    { suffix: '_description', coded: false, kind: 'text', cell: (answer) => answer.x?.join(' | ') },
  ],
} satisfies QuestionType<MediaQuestion> & { schema: typeof schema };
