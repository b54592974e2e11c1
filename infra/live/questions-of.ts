/** The questions of a live: as they were asked, as staff have looked at them, and how many want them. */
import type { Live } from '../../conversations/live.ts';
import {
  type Board,
  groupOf,
  headOf,
  type Moderated,
  onBoard,
  tally,
} from '../../conversations/live-board.ts';
import type { AskedQuestion } from '../../functions/store/live-rows.ts';
import type { SavedLives } from './saved.ts';

export interface Question {
  number: number;
  /** Undefined where its asker was erased, or it was kept long enough. */
  asked?: AskedQuestion;
  /** As it stood under the live on Facebook: there is nobody to be told. */
  comment?: string;
  /** Undefined where nobody has looked at it. */
  moderated?: Moderated;
  /** For it and those grouped with it; who asked wants it too. */
  votes: number;
}

export async function questionsOf(
  { lives, rows, comments, now }: SavedLives,
  { number }: Live,
): Promise<{ board: Board; version: number; questions: Question[] }> {
  const { board, version } = await lives.board(number);
  const asked = await rows.questions(number, now);
  const votes: { question: number; voter: string }[] = asked.map((each) => ({
    question: each.number,
    voter: each.hash,
  }));
  for await (const vote of rows.votes(number)) votes.push(vote);
  const written = new Map<number, string>();
  for await (const { id, number: one, text } of comments.all(number, now)) {
    written.set(one, text);
    votes.push({ question: one, voter: `comment ${id}` });
  }
  const counted = tally(board, votes);
  const byNumber = new Map(asked.map((each) => [each.number, each]));
  const numbers = new Set([
    ...byNumber.keys(),
    ...written.keys(),
    ...board.questions.map((each) => each.number),
  ]);
  const questions = [...numbers]
    .sort((a, b) => a - b)
    .map((each): Question => {
      const question = byNumber.get(each);
      const moderated = onBoard(board, each);
      const comment = written.get(each);
      return {
        number: each,
        ...(question && { asked: question }),
        ...(comment !== undefined && { comment }),
        ...(moderated && { moderated }),
        votes: counted.get(headOf(board, each)) ?? 0,
      };
    });
  return { board, version, questions };
}

/** Those that stand for a group and are in one of these states, the most wanted first. */
export const ranked = (questions: readonly Question[], states: Moderated['state'][]): Question[] =>
  questions
    .filter(({ moderated }) => moderated && moderated.into === undefined && states.includes(moderated.state))
    .sort((a, b) => b.votes - a.votes || a.number - b.number);

/** What staff have not seen stays off the screen: anything can be written for a first name. */
export const nameOf = ({ asked, moderated }: Question): string | undefined =>
  asked?.namedAt !== undefined &&
  moderated?.seen !== undefined &&
  !moderated.nameless &&
  Date.parse(asked.namedAt) <= Date.parse(moderated.seen)
    ? asked.name
    : undefined;

/** First names that may be said with a question, and how many asked it without one. */
export function askersOf(
  board: Board,
  questions: readonly Question[],
  number: number,
): { names: string[]; others: number } {
  const members = new Set(groupOf(board, number));
  const asked = questions.filter(
    (each) => members.has(each.number) && (each.asked || each.comment !== undefined),
  );
  const names = asked.map(nameOf);
  const said = [...new Set(names.filter((name) => name !== undefined))];
  return { names: said, others: names.filter((name) => name === undefined).length };
}
