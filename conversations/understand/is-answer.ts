/** A word that cannot be taken for anything else: people say it to whatever they are asked. */
import { lexicon, politeness } from './lexicon.ts';

/** Figures, yes, no, thanks, later, hello: what people reply to whatever they are asked. */
export function isAnswer(plain: string, language: string): boolean {
  const { yes, no, skip, later, dontKnow, none, all, filler } = lexicon(language);
  const said = [yes, no, skip, later, dontKnow, none, all, filler, politeness];
  return /^\d+$/.test(plain) || said.some((words) => words.has(plain));
}
