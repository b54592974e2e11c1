/** What a word is heard as before it can be a keyword of anything. */
import { readVisitCommand } from '../visit-command.ts';
import { readCommand } from './commands.ts';
import { isAnswer } from './is-answer.ts';
import { normaliseName } from './normalise.ts';

/** Whoever speaks `language` commands or answers with it; undefined where it is free in all of them. */
export function heardAs(
  word: string,
  languages: readonly string[],
): { as: 'command' | 'answer'; language: string } | undefined {
  const command = languages.find((each) => readCommand(word, each) || readVisitCommand(word, each));
  if (command !== undefined) return { as: 'command', language: command };
  const answer = languages.find((each) => isAnswer(normaliseName(word), each));
  return answer === undefined ? undefined : { as: 'answer', language: answer };
}
